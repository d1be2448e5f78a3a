"""Who does what to whom: a verb's frame filled from the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import money
from assay.authoring.english.lexicon.words import GROUPS
from assay.authoring.english.phrases import Phrase
from assay.authoring.language.quantities import Limit, Quantity


@dataclass(frozen=True, slots=True)
class Roles:
    """The fields of an act; an obligation has all of them, a condition the first five."""

    actor: str | None = None
    action: str | None = None
    amount: str | None = None
    asset: str | None = None
    recipient: str | None = None
    share_of: str | None = None
    limit: Limit = "exact"


def party_name(phrase: Phrase, context: Context, actor: str | None = None) -> str | None:
    """The canonical name of who a phrase is; None where it points at nobody known."""
    if phrase.pronoun is not None:
        return _referent(phrase, context, actor)
    if phrase.name in ("party", "parties") and phrase.party in ("party", "parties"):
        return "parties"
    if phrase.party is not None:
        return GROUPS.get(phrase.party, phrase.party)
    if phrase.owner is not None and phrase.head in (
        "account",
        "wallet",
        "address",
        "satisfaction",
        "name",
        "order",
        "representative",
        "benefit",
    ):
        return phrase.owner
    return phrase.name or None


def _referent(phrase: Phrase, context: Context, actor: str | None) -> str | None:
    word = phrase.pronoun
    others = [party for party in context.mentioned if party not in (actor, "parties")]
    if word in ("the other party", "the other", "each other", "one another"):
        known = [party for party in context.names.spans if party not in (actor, "parties")]
        only = others or known
        return only[-1] if len(set(only)) == 1 and actor not in (None, "parties") else "other party"
    if word in ("the latter", "such party", "that party"):
        return context.mentioned[-1] if context.mentioned else None
    if word == "the former":
        return context.mentioned[-2] if len(context.mentioned) > 1 else None
    if actor is None:
        return context.subject or (context.mentioned[-1] if context.mentioned else None)
    return others[-1] if others else None


def _thing(phrase: Phrase, context: Context) -> Phrase:
    """What a pronoun for a thing stands for, and what a defined term is worth."""
    if phrase.pronoun in ("it", "them", "they") and context.thing is not None:
        return context.thing
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
    if not objects or verb.frame in ("do", "take", "self"):
        return [], objects
    if verb.frame == "inform":
        return [objects[0]], objects[1:]
    receivers: list[Phrase] = []
    for index, phrase in enumerate(objects):
        followed = index + 1 < len(objects)
        if draft.recipients or not _is_receiver(phrase, followed) or index != len(receivers):
            break
        receivers.append(phrase)
    if verb.frame == "receive":
        receivers = []
    return receivers, objects[len(receivers) :]


def _measure(phrase: Phrase, draft: Draft, context: Context) -> Roles:
    """The amount and the asset of a thing, with the questions that they raise."""
    thing = _thing(phrase, context)
    quantity = thing.quantity
    if quantity is None:
        name = thing.name or None
        return Roles(asset=name if name not in ("it", "") else None)
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
    asset = quantity.asset or thing.name or None
    share_of = quantity.share_of if quantity.asset == "%" else None
    return Roles(amount=amount, asset=asset, share_of=share_of, limit=quantity.limit)


_PROBLEMS = {
    "range": "Which amount in this range is due?",
    "contradiction": "The figures and the words name different amounts: which one counts?",
    "fraction": "This share has no exact decimal: to how many digits is it rounded?",
}


def _received(actor: str | None, roles: Roles, draft: Draft, context: Context) -> Roles:
    """ "The Investor shall receive 100 tokens from the Issuer": the giver's duty."""
    giver = party_name(draft.source, context, actor) if draft.source is not None else None
    if draft.group.force == "may" and giver is None:
        return replace(roles, actor=actor, action="claim", recipient=None)
    asset = roles.asset or ""
    if (
        asset in money.FIAT_CODES
        or asset == "%"
        or asset.split()[-1:]
        and (asset.split()[-1] in money.MONEY_NOUNS or asset in money.KNOWN_TOKENS)
    ):
        action = "pay"
    else:
        action = "issue" if asset.endswith(("token", "share", "certificate", "nft")) else "deliver"
    return replace(roles, actor=giver, action=action, recipient=actor)


def roles_of(draft: Draft, context: Context) -> list[Roles]:
    """The acts that a clause speaks of: one for each actor, thing and receiver that it joins."""
    verb = draft.group.verb
    if verb is None:
        return []
    if draft.group.passive or verb.frame == "self":
        return _passive(draft, context)
    found = []
    for actor in _actors(draft, context):
        receivers, things = _split_objects(draft)
        receivers = receivers + draft.recipients
        for receiver in receivers or [None]:
            name = party_name(receiver, context, actor or "") if receiver is not None else None
            for thing in things or [None]:
                roles = _measure(thing, draft, context) if thing is not None else Roles()
                roles = replace(roles, actor=actor, action=verb.action, recipient=name)
                if verb.frame == "receive":
                    roles = _received(actor, roles, draft, context)
                found.append(roles)
    _remember(found, things, context)
    return found


def _actors(draft: Draft, context: Context) -> list[str | None]:
    if draft.imperative:
        return ["contract"]
    if not draft.subjects:
        return [None]
    return [party_name(phrase, context) for phrase in draft.subjects]


def _remember(found: list[Roles], things: list[Phrase], context: Context) -> None:
    for phrase in things:
        if phrase.pronoun is None and (phrase.name or phrase.quantity):
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
    if actor is None and draft.group.automatic:
        actor = "contract"
    found, kept = [], []
    receivers = [party_name(phrase, context, actor or "") for phrase in draft.recipients] or [None]
    for subject in draft.subjects:
        named = _is_receiver(subject, followed=True) and subject.party is not None
        if named and (draft.objects or verb.frame == "inform"):
            for thing in draft.objects or [None]:
                roles = _measure(thing, draft, context) if thing is not None else Roles()
                name = party_name(subject, context, actor or "")
                found.append(replace(roles, actor=actor, action=verb.action, recipient=name))
            continue
        kept.append(subject)
        for receiver in receivers:
            roles = _measure(draft.objects[0] if _amount_only(draft) else subject, draft, context)
            found.append(replace(roles, actor=actor, action=verb.action, recipient=receiver))
    if not draft.subjects:
        found = [Roles(actor=actor, action=verb.action, recipient=name) for name in receivers]
    _remember(found, kept, context)
    return found


def _amount_only(draft: Draft) -> bool:
    return bool(draft.objects) and draft.objects[0].quantity is not None
