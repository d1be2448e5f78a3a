"""Who does what to whom: a verb's frame filled from the words around it."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.handing import LOSING, TURNING, Roles, turned
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import money
from assay.authoring.english.lexicon.verbs import (
    BY_CONTRACT,
    CARRIERS,
    FOLLOWING_OBJECT,
    LIGHT,
    NOUNS,
    VERBS,
)
from assay.authoring.english.lexicon.words import singular
from assay.authoring.english.parties.givers import (
    OF_GOODS,
    action_for,
    by_contract,
    counted_goods,
    goods_meant,
    ordered,
    unit_meant,
)
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.phrases.noun_phrases import Phrase
from assay.authoring.language.quantities import Quantity


def _thing(phrase: Phrase, context: Context) -> Phrase:
    """What a pronoun for a thing stands for, and what a defined term is worth."""
    if phrase.pronoun in ("it", "them", "they"):
        last = context.meant(phrase.pronoun)
        before = last if last is not None and last.start < phrase.start else None
        return phrase.means_thing or before or phrase
    if phrase.quantity is None:
        value = context.names.value(phrase.name)
        if value is None and phrase.of is not None:
            value = context.names.value(f"{phrase.name} of {phrase.of.name}")
        if isinstance(value, Quantity):
            return replace(phrase, quantity=value)
    return phrase


def _is_receiver(phrase: Phrase, followed: bool) -> bool:
    if phrase.quantity is not None:
        return False
    if phrase.party is not None:
        return phrase.party != "contract" or followed
    if phrase.pronoun is not None:
        return phrase.pronoun != "it" or followed
    return followed and phrase.head not in money.MONEY_NOUNS


def _split_objects(draft: Draft) -> tuple[list[Phrase], list[Phrase]]:
    """Receivers without a preposition, and things."""
    verb, objects = draft.group.verb, draft.objects
    assert verb is not None
    if verb.lemma in ("charge", "bill") and len(objects) == 1 and objects[0].party:
        return [], []
    asked = objects[0].quantity is None and objects[0].head not in NOUNS if objects else False
    if verb.action == "claim" and len(objects) > 1 and asked:
        return objects[:1], objects[1:]
    if not objects or verb.frame in ("do", "take", "self"):
        return [], objects
    costs = verb.action == "pay" and singular(objects[0].head) in money.MONEY_NOUNS
    if verb.frame == "inform" and objects[0].quantity is None and not costs:
        return [objects[0]], objects[1:]
    receivers: list[Phrase] = []
    for index, phrase in enumerate(objects):
        beside = index + 1 < len(objects) and objects[index + 1].start - phrase.end <= 2
        followed = beside and phrase.quantity is None
        if draft.recipients or not _is_receiver(phrase, followed) or index != len(receivers):
            break
        repaid = verb.lemma == "pay back" and phrase.pronoun not in ("it", "them", "they")
        handed = verb.action in ("pay", "refund") or repaid
        if phrase.pronoun is not None and not followed and not handed:
            break
        receivers.append(phrase)
    if verb.frame == "receive":
        receivers = []
    return receivers, objects[len(receivers) :]


def _measure(phrase: Phrase, draft: Draft, context: Context) -> Roles:
    """The amount and the asset of a thing, with the questions that they raise."""
    thing = unit_meant(phrase, goods_meant(draft, phrase, _thing(phrase, context), context))
    quantity = thing.quantity
    if phrase.quantity is None and quantity is not None and quantity.recurrence is not None:
        draft.recurrence = draft.recurrence or quantity.recurrence
    if quantity is None and phrase.vague:
        draft.doubts.append(
            Doubt("amount_vague", "How much exactly?", (phrase.start, phrase.end), "amount")
        )
    if quantity is None:
        name = thing.name or None
        return Roles(asset=name if name not in ("it", "", "thing") else None)
    if phrase.quantity is None and draft.group.force == "may" and quantity.limit == "exact":
        nodes = context.text.nodes
        partly = " in part" in context.source[nodes[0].start : nodes[-1].end]
        quantity = replace(quantity, limit="most" if partly else "exact")
    if quantity.problem is not None:
        draft.doubts.append(
            Doubt(f"amount_{quantity.problem}", _PROBLEMS[quantity.problem],
                  (phrase.start, phrase.end), "amount")
        )  # fmt: skip
    if phrase.vague:
        draft.doubts.append(
            Doubt("amount_vague", "How much exactly?", (phrase.start, phrase.end), "amount")
        )
    amount = None if phrase.vague else quantity.amount
    asset = quantity.asset or thing.name or counted_goods(draft, context)
    share_of = quantity.share_of
    source = draft.source
    if asset == "%" and share_of is None and source is not None and source.party is None and (
        source.head in money.WHOLES
    ):  # fmt: skip
        share_of = source.full
    return Roles(amount=amount, asset=asset, share_of=share_of, limit=quantity.limit)


_PROBLEMS = {
    "range": "Which amount in this range is due?",
    "contradiction": "The figures and the words name different amounts: which one counts?",
    "point": "Is the point in this number a decimal point, or does it part the thousands?",
    "fraction": "This share has no exact decimal: to how many digits is it rounded?",
}


def _received(actor: str | None, roles: Roles, draft: Draft, context: Context) -> Roles:
    """ "The Investor shall receive 100 tokens from the Issuer": the giver's duty."""
    giver = party_name(draft.source, context, actor) if draft.source is not None else None
    if draft.group.force == "may" and giver is None and not draft.cap:
        return replace(roles, actor=actor, action="claim", recipient=None)
    if giver is None and (draft.group.duty or draft.cap):
        giver = "contract"
    action = action_for(roles.asset)
    if roles.asset in ("refund", "reimbursement") and roles.amount is None:
        return replace(roles, actor=giver, action="refund", asset=None, recipient=actor)
    if draft.group.verb is not None and draft.group.verb.lemma in _BACK:
        refunded = roles.asset in ("money", "cash", "contribution", "payment", "price")
        action = "refund" if refunded else "return"
    return replace(roles, actor=giver, action=action, recipient=actor)


_BACK = ("get back", "receive back")
_HOLDING = frozenset({"wallet", "address", "account", "minter"})
"""What tokens are held by: it mints or transfers them, and is not what is minted."""


def roles_of(draft: Draft, context: Context) -> list[Roles]:
    """The acts that a clause speaks of: one for each actor, thing and receiver that it joins."""
    verb = draft.group.verb
    if verb is None:
        return []
    if draft.group.passive or verb.frame == "self":
        return _passive(draft, context)
    alone = draft.subjects[0] if draft.subjects and not draft.objects else None
    by_itself = alone is not None and alone.party is None and alone.pronoun is None
    by_itself = by_itself and alone is not None and alone.head not in _HOLDING
    goes_back = verb.action == "return" and bool(draft.recipients)
    handed = verb.action in BY_CONTRACT or goes_back
    if by_itself and handed and draft.group.duty and not draft.imperative:
        return _passive(draft, context)
    goes_back = verb.lemma in ("go back", "come back", "flow back", "fall back")
    returns = verb.lemma == "return" and by_itself and draft.recipients and not draft.imperative
    if verb.lemma == "go" or goes_back or returns:
        return _goes(draft, context)
    found = []
    for actor in _actors(draft, context):
        receivers, things = _split_objects(draft)
        receivers = receivers + draft.recipients
        if verb.action == "claim" and not receivers and draft.source is not None:
            asked_of = draft.source.party not in (None, "contract")
            receivers = [draft.source] if asked_of else []  # "may claim 500 USDC from the tenant"
        for receiver in _each(receivers):
            name = party_name(receiver, context, actor or "") if receiver is not None else None
            for thing in _each(things):
                roles = _measure(thing, draft, context) if thing is not None else Roles()
                whose = name or _given_back_to(thing, actor, draft)
                roles = replace(roles, actor=actor, action=verb.action, recipient=whose)
                if verb.frame == "receive":
                    roles = _received(actor, roles, draft, context)
                elif verb.lemma == "share" and name and thing and thing.quantity is None and (
                    thing.head not in money.MONEY_NOUNS
                ):  # fmt: skip
                    roles = replace(roles, action="disclose")
                elif verb.lemma in TURNING and not (draft.conditional and verb.lemma in LOSING):
                    roles = turned(verb.lemma, roles, thing.head if thing else None)
                elif name and thing and (carried := _carried(verb.lemma, thing)) is not None:
                    roles = replace(roles, action=carried, asset=None)
                elif verb.lemma in FOLLOWING_OBJECT or _is_money(verb.action, roles):
                    roles = replace(roles, action=action_for(roles.asset))
                found.append(roles)
    _remember(found, [] if verb.lemma in ("pass", "fail") else things, context)
    return found


def _carried(lemma: str, thing: Phrase) -> str | None:
    """ "gives the customer a full refund", "gives the owner notice": what a noun says is done."""
    light = LIGHT.get((lemma, thing.head)) if thing.quantity is None else None
    return light[0] if light is not None and light[0] != "provide" else None


def _given_back_to(thing: Phrase | None, actor: str | None, draft: Draft) -> str | None:
    """ "refunds the buyer's deposit": what is given back goes to whose it is."""
    verb = draft.group.verb
    back = verb is not None and verb.action in ("refund", "return") and draft.group.duty
    owner = thing.owner if thing is not None else None
    return owner if back and owner not in (actor, "contract") else None


def _is_money(action: str | None, roles: Roles) -> bool:
    """ "hands 15 % over": what is counted in money is paid, whatever the verb."""
    asset = roles.asset or ""
    counted = asset == "%" or asset != asset.lower()
    return action == "deliver" and roles.amount is not None and counted


def _goes(draft: Draft, context: Context) -> list[Roles]:
    """ "the money goes to Marco": the thing is the subject."""
    found = []
    for subject in draft.subjects:
        for receiver in _each(draft.recipients):
            roles = _measure(subject, draft, context)
            name = party_name(receiver, context, "") if receiver is not None else None
            back = draft.group.verb is not None and draft.group.verb.action == "return"
            action = "return" if back else action_for(roles.asset)
            found.append(replace(roles, actor="contract", action=action, recipient=name))
    return found


def _each(phrases: list[Phrase]) -> list[Phrase | None]:
    """Every phrase, or None once where there is none."""
    return [*phrases] or [None]


def _actors(draft: Draft, context: Context) -> list[str | None]:
    if draft.imperative:
        return [ordered(draft) or ("contract" if by_contract(draft, "") else None)]
    if not draft.subjects:
        return [None]
    return [party_name(phrase, context) for phrase in draft.subjects]


def _remember(found: list[Roles], things: list[Phrase], context: Context) -> None:
    for phrase in things:
        told = phrase.name or phrase.quantity
        if phrase.pronoun is None and told and phrase.head not in ("everything", "something"):
            context.thing = phrase
    for roles in found:
        context.mention(roles.actor)
    for roles in found:
        context.mention(roles.recipient)
    if found and found[-1].actor not in (None, "contract"):
        context.subject = found[-1].actor


def _passive(draft: Draft, context: Context) -> list[Roles]:
    verb = draft.group.verb
    assert verb is not None
    actor = party_name(draft.agent, context) if draft.agent is not None else None
    found, kept = [], []
    receivers = [party_name(phrase, context, actor or "") for phrase in draft.recipients] or [None]
    unlocks = verb.action == "vest" or verb.lemma == "unlock"
    if unlocks and not draft.recipients and draft.subjects:
        of = draft.subjects[0].of
        holder = party_name(of, context) if of is not None and of.party is not None else None
        receivers = [draft.subjects[0].owner or holder]
    for subject in _each(draft.subjects):
        if subject is None:
            found += [Roles(actor=actor, recipient=name) for name in receivers]
        elif verb.lemma in ("charge", "bill") and subject.party is not None:
            charged = party_name(subject, context, actor or "")
            for thing in _each(draft.objects):
                roles = _measure(thing, draft, context) if thing is not None else Roles()
                found.append(replace(roles, actor=actor, recipient=charged))
        elif _to_whom(subject, draft):
            name = party_name(subject, context, actor or "")
            for thing in _each(draft.objects):
                roles = _measure(thing, draft, context) if thing is not None else Roles()
                found.append(replace(roles, actor=actor, recipient=name))
        else:
            kept.append(subject)
            if draft.objects and not _amount_only(draft) and draft.objects[0].head != "free":
                extra = draft.objects[0]
                question = f"What does {extra.full or extra.name!r} say here?"
                draft.doubts.append(Doubt("object_of_passive", question, (extra.start, extra.end)))
            measured = _measure(
                draft.objects[0] if _amount_only(draft) else subject, draft, context
            )
            whose = _given_back_to(subject, actor, draft)
            found += [replace(measured, actor=actor, recipient=name or whose) for name in receivers]
    done = [_acted(roles, draft, context) for roles in found]
    _remember(done, kept, context)
    named = [one.name for one in kept if one.pronoun is None and one.quantity is None and one.name]
    if named and verb.action in OF_GOODS:
        context.goods = named[-1]
    return done


def _acted(roles: Roles, draft: Draft, context: Context) -> Roles:
    """The action of a passive, and the contract where it acts."""
    verb = draft.group.verb
    assert verb is not None
    action = verb.action
    carried = NOUNS.get(draft.subjects[0].head) if draft.subjects else None
    held = carried == "deposit" and verb.lemma in FOLLOWING_OBJECT  # "the deposit is sent to Ann"
    if carried is not None and verb.lemma in CARRIERS and not held:
        inner = draft.subjects[0].of
        thing = _measure(inner, draft, context) if inner is not None else Roles()
        if draft.subjects[0].quantity is not None:
            thing = _measure(draft.subjects[0], draft, context)
        return replace(thing, actor=roles.actor, action=VERBS[carried].action,
                       recipient=roles.recipient)  # fmt: skip
    first = draft.subjects[0] if draft.subjects else None
    if first is not None and first.pronoun is not None and first.means_thing is not None:
        first = first.means_thing
    carrying = LIGHT.get((verb.lemma, first.head)) if first is not None else None
    if carrying is not None and roles.amount is None:
        return replace(roles, action=carrying[0], asset=None)
    if verb.frame == "receive":
        actor = party_name(draft.source, context, "") if draft.source is not None else None
        return replace(roles, actor=actor, action=action_for(roles.asset), recipient=roles.actor)
    if verb.lemma in FOLLOWING_OBJECT:
        action = action_for(roles.asset)
        if action == "bid" and roles.recipient is not None:
            action = "pay"  # "the highest bid goes to the seller"
    if verb.lemma == "forfeit":
        return replace(roles, actor=roles.recipient, action=action, recipient=None)
    actor = roles.actor
    if (
        actor is None
        and draft.group.duty
        and not draft.group.nobody
        and by_contract(draft, roles.asset)
    ):
        actor = "contract"
    if actor is None and draft.source is not None and party_name(draft.source, context) == (
        "contract"
    ):  # fmt: skip
        actor = "contract"
    return replace(roles, actor=actor, action=action)


def _to_whom(subject: Phrase, draft: Draft) -> bool:
    """ "the Seller shall be paid 100": the subject of a passive is who receives."""
    verb = draft.group.verb
    assert verb is not None
    if subject.party is None and subject.pronoun is None:
        paid = verb.lemma == "pay" and _amount_only(draft) and subject.quantity is None
        someone = subject.head not in money.MONEY_NOUNS | money.WHOLES
        return paid and not draft.recipients and someone
    told = subject.party is not None or not draft.recipients
    return bool(draft.objects) or verb.frame == "inform" or (
        told and (verb.action in ("pay", "refund") or verb.lemma == "repay")
    )  # fmt: skip


def _amount_only(draft: Draft) -> bool:
    return bool(draft.objects) and draft.objects[0].quantity is not None
