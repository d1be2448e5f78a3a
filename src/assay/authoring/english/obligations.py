"""Clauses that were read to obligations, with what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assay.authoring.english.acts.handing import Roles
from assay.authoring.english.acts.roles import roles_of
from assay.authoring.english.attaching.priced import holds_for_price
from assay.authoring.english.conditions.either_side import on_each_side
from assay.authoring.english.conditions.repeated import without_repeated
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon.forms import lemma_of
from assay.authoring.english.lexicon.money import MONEY_NOUNS
from assay.authoring.english.lexicon.verbs import NOUNS, VERBS, verb_named
from assay.authoring.english.lexing.durations import times_in
from assay.authoring.english.parties.givers import given_back, lent_by
from assay.authoring.english.parties.referents import party_name
from assay.authoring.english.parties.several import doubts_about_several
from assay.authoring.english.phrases.verb_groups import Group
from assay.authoring.english.plausible import counts_units, doubts_about
from assay.authoring.english.sentences import Sentence
from assay.authoring.model import Condition, Modality, Obligation, Span

_WHOLE = frozenset({"agreement", "contract", "lease", "licence", "license", "subscription", "term",
                    "tenancy", "membership", "policy", "warranty"})  # fmt: skip
_ENDS = dict.fromkeys(("expire", "close", "conclude", "lapse", "end", "terminate"), "terminate")
_ENDS |= {"renew": "renew", "extend": "extend"}


@dataclass
class Built:
    """Obligations of a sentence with their questions, and spans that mean nothing to it.

    Attributes:
        doubts: pairs of a question and the index of the obligation it is about.
        refused: spans with the reason why nothing was read from them.
        facts: how much of it was read that is no obligation.
        terms: where a term is given its amount, the term, and the amount.
    """

    obligations: list[Obligation] = field(default_factory=list)
    doubts: list[tuple[Doubt, int | None]] = field(default_factory=list)
    refused: list[tuple[Span, str]] = field(default_factory=list)
    facts: int = 0
    terms: list[tuple[Span, str, str]] = field(default_factory=list)


def build(sentence: Sentence, context: Context, number: str | None) -> Built:
    """The obligations of a sentence."""
    built = Built()
    made: list[list[Obligation]] = [[] for _ in sentence.drafts]
    targets = set(sentence.alternatives.values())
    for index in range(len(sentence.drafts)):
        draft = sentence.drafts[index]
        if draft.delayed is not None and index not in targets and not sentence.points_back:
            _add_delay(draft, context)
        made[index] = _obligations(draft, context, number, built)
        draft.doubts.extend(doubts_about_several(draft, made[index], context))
        if index not in sentence.alternatives:
            made[index] = on_each_side(draft, made[index])
    for index, following in sorted(sentence.alternatives.items(), reverse=True):
        if made[index] and made[following]:
            last = made[index][-1]
            made[index][-1] = last.model_copy(update={"otherwise": made[following][0]})
            if len(made[following]) > 1:
                span = made[following][1].span
                built.refused.append((span, "only one obligation can follow a failure"))
        if made[index]:
            _also_follows(sentence, following, made, made[index][-1], context)
    for index, draft in enumerate(sentence.drafts):
        made[index] = [item for item in made[index] if not _said(item, made[:index])]
        first = len(built.obligations)
        if index not in targets or not _has_base(sentence, index, made):
            built.obligations.extend(made[index])
        at = first if len(built.obligations) > first else max(0, first - 1)
        known = at if built.obligations else None
        built.doubts.extend((doubt, known) for doubt in draft.doubts)
    built.obligations = given_back(built.obligations)
    return built


def _also_follows(sentence: Sentence, first: int, made: list[list[Obligation]], base: Obligation,
                  context: Context) -> None:  # fmt: skip
    """ "otherwise the Buyer may cancel and get a refund": the second act waits for the breach."""
    for step in range(first + 1, len(sentence.drafts)):
        if not sentence.drafts[step].continued or base.modality != "must":
            return
        made[step] = [after_breach(item, base, context) for item in made[step]]


def after_breach(item: Obligation, base: Obligation, context: Context) -> Obligation:
    """An obligation for where another was not kept."""
    breach = Condition(
        kind="breach", text=context.words(base.span), span=base.span, actor=base.actor,
        action=base.action, amount=base.amount, asset=base.asset, recipient=base.recipient,
    )  # fmt: skip
    return item.model_copy(update={"conditions": (breach, *item.conditions)})


def _add_delay(draft: Draft, context: Context) -> None:
    """ "for each day of delay": a state, unless a condition says already what is late."""
    told = any(
        item.kind == "breach"
        or (item.negated and item.kind in ("event", "state") and item.subject != "delay")
        or (item.kind == "state" and item.subject and "delay" in f"{item.subject} {item.value}")
        for item in draft.conditions
    )
    if draft.delayed is not None and not told:
        draft.conditions.append(
            Condition(kind="state", text=context.words(draft.delayed), span=draft.delayed,
                      value="delay")
        )  # fmt: skip


def _said(item: Obligation, before: list[list[Obligation]]) -> bool:
    """Whether words like "allot and issue" say the same twice, or only count what was paid for."""
    earlier = (other for group in before for other in group)
    return any(counts_units(item, one) or _bare(item) == _bare(one) for one in earlier)


def _bare(item: Obligation) -> Obligation:
    """What it says, wherever it and its times stand."""
    apart = {"text": "", "span": None}
    said = (one.model_copy(update=apart) if one.kind == "time" else one for one in item.conditions)
    return item.model_copy(update={"span": (0, 0), "conditions": tuple(said)})


def _has_base(sentence: Sentence, index: int, made: list[list[Obligation]]) -> bool:
    return any(made[base] for base, after in sentence.alternatives.items() if after == index)


def _obligations(
    draft: Draft, context: Context, number: str | None, built: Built
) -> list[Obligation]:
    group = draft.group
    span = (draft.start, max(draft.end, draft.start))
    if draft.end < draft.start:  # its words were read in another order than they stand in
        span = context.text.span(0, len(context.text))
    if group.force == "waived":
        draft.doubts.append(Doubt("waived_duty", "Which clause does this take a duty from?", span))
        return []
    ending = _of_itself(draft, context)
    if ending is None and group.kind == "self" and group.force is not None and group.modal:
        known = VERBS.get(group.verb.lemma) if group.verb is not None else None
        if known is not None and known.action == "perform":
            group = draft.group = replace(group, kind="act", verb=known)
    if ending is not None:
        after = next((item for item in draft.conditions if item.kind == "time"), None)
        if after is not None and draft.deadline is None and after.comparator in (">", ">="):
            draft.deadline, draft.deadline_from = after.value, after.subject
            draft.conditions.remove(after)
        return [_obligation(draft, ending, number, span)]
    if group.kind in ("be", "compare", "self") or group.verb is None or group.force is None:
        return _statement(draft, context, span, built, number)
    ruled = _ruled(draft)
    if ruled is not None:
        return [_obligation(draft, ruled, number, span)]
    found = []
    conditions = [*draft.conditions, *_notices(draft, context), *_qualified(draft, context)]
    for roles in _acting(draft, context):
        if roles.action is None:
            words = context.words(span)[:60]
            reason = f"no action of the list fits {group.verb.lemma!r}: {words!r}"
            built.refused.append((span, reason))
            continue
        _ask(draft, roles, span)
        draft.doubts.extend(doubts_about(draft, roles, context, span))
        found.append(_obligation(draft, roles, number, span, conditions))
        paid = _price(draft, roles, context)
        if paid is not None:
            due = [one for one in conditions if holds_for_price(one, roles)]
            due += draft.price_terms.conditions if draft.price_terms is not None else []
            bought = _obligation(draft, paid, number, span, due)
            found.append(bought.model_copy(update={"modality": "must", **_price_times(draft)}))
    return found


def _acting(draft: Draft, context: Context) -> list[Roles]:
    """Who does what; what only counts as done is done by the contract."""
    found = roles_of(draft, context)
    lent = lent_by(draft, context)
    if lent is not None:
        draft.doubts = [doubt for doubt in draft.doubts if doubt.kind != "pronoun"]
        return [replace(one, actor=lent[0], recipient=lent[1]) for one in found]
    if not (draft.group.deemed and draft.group.passive):
        return found
    return [replace(one, actor=one.actor or "contract") for one in found]


_RULED: dict[str, Modality] = {"prohibit": "must_not", "forbid": "must_not", "permit": "may",
                               "allow": "may", "require": "must"}  # fmt: skip


def _ruled(draft: Draft) -> Roles | None:
    """ "Sublicensing is prohibited": an act by its name that is allowed or banned."""
    verb = draft.group.verb
    if verb is None or not draft.group.passive or verb.lemma not in _RULED or not draft.subjects:
        return None
    head = draft.subjects[0].head
    lemma = lemma_of(head, "gerund") or NOUNS.get(head)
    thing = None
    if lemma is None and draft.group.force is not None and not draft.objects and (
        draft.subjects[0].party is None and draft.subjects[0].pronoun is None
    ):  # fmt: skip
        lemma, thing = "perform", draft.subjects[0].name
    if lemma is None:
        return None
    allowed = draft.subjects[0].negative or draft.group.force == "must_not"
    force = _RULED[verb.lemma]
    if allowed:
        force = "must_not" if force != "must_not" else "may"
    draft.group = replace(draft.group, force=force)
    inner = draft.subjects[0].of
    question = f"For whom is {lemma!r} {verb.lemma}ed?"
    draft.doubts.append(Doubt("missing_actor", question, (draft.start, draft.end), "actor"))
    if thing is None and inner is not None:
        thing = inner.name
    return Roles(action=verb_named(lemma).action, asset=thing)


def _notices(draft: Draft, context: Context) -> list[Condition]:
    """ "on 30 days' notice": the actor has given it."""
    who_acts = draft.agent if draft.group.passive else next(iter(draft.subjects), None)
    actor = party_name(who_acts, context) if who_acts is not None else None
    return [
        Condition(kind="event", text=context.words(span), span=span, actor=actor, action="notify",
                  value=value, negated=negated,
                  recipient=party_name(who, context, actor) if who is not None else None)
        for span, value, who, negated in draft.notices
    ]  # fmt: skip


def _qualified(draft: Draft, context: Context) -> list[Condition]:
    """ "addresses on the allow list may": what singles the actor out is a state."""
    holder = draft.subjects[0] if draft.subjects else None
    if holder is not None and holder.head in ("holder", "owner") and holder.quantity is not None:
        at = (holder.start, holder.end)
        return [
            Condition(kind="state", text=context.words(at), span=at, subject=holder.head,
                      value=context.words(at).partition(" of ")[2])
        ]  # fmt: skip
    if draft.qualifier is None or not draft.subjects:
        return []
    first, after, value = draft.qualifier
    span = context.text.span(first, after)
    return [
        Condition(kind="state", text=context.words(span), span=span,
                  subject=party_name(draft.subjects[0], context), value=value)
    ]  # fmt: skip


def _price(draft: Draft, roles: Roles, context: Context) -> Roles | None:
    """What is paid for what is bought or sold."""
    quantity = draft.price.quantity if draft.price is not None else None
    if quantity is None:
        return None
    lemma = draft.group.verb.lemma if draft.group.verb is not None else ""
    mints = lemma == "exercise" or (roles.action == "issue" and roles.recipient is None)
    buys = mints or roles.action in ("buy", "claim", "use", "occupy", "subscribe")
    seller = party_name(draft.source, context, roles.actor) if draft.source is not None else None
    return Roles(actor=roles.actor if buys else roles.recipient, action="pay",
                 amount=quantity.amount,
                 asset=quantity.asset, recipient=seller if buys else roles.actor,
                 share_of=quantity.share_of, limit=quantity.limit)  # fmt: skip


def _price_times(draft: Draft) -> dict[str, object]:
    """When a price is due: a time that what is bought lasts is none of its own."""
    terms = draft.price_terms
    if terms is not None:
        return {"deadline": terms.deadline, "deadline_from": terms.deadline_from,
                "recurrence": terms.recurrence, "occurrences": terms.occurrences,
                "spread": terms.spread}  # fmt: skip
    if not draft.lasts and draft.price_every is None:
        return {}
    often = times_in(draft.deadline, draft.price_every) if draft.lasts else None
    return {"deadline": None, "recurrence": draft.price_every, "occurrences": often}


def _ask(draft: Draft, roles: Roles, span: Span) -> None:
    # Whoever wants to can bid.
    if roles.actor is None and roles.action != "bid":
        draft.doubts.append(Doubt("missing_actor", f"Who has to {roles.action}?", span, "actor"))
    lemma = draft.group.verb.lemma if draft.group.verb is not None else ""
    pauses = lemma == "stop" and roles.action == "perform"
    if lemma and (draft.group.unlisted or pauses):
        question = (
            f"No action of the list is {lemma!r}: is it a work or duty without a narrower verb?"
        )
        draft.doubts.append(Doubt("unlisted_verb", question, span, "action", ("perform",)))
    if draft.group.vague:
        draft.doubts.append(
            Doubt("vague_time", "Within what time?", span, "deadline", ("P7D", "P30D"))
        )
    if draft.group.soft:
        draft.doubts.append(
            Doubt("soft_duty", "An effort cannot be told from none: is the act itself due?", span)
        )


def _of_itself(draft: Draft, context: Context) -> Roles | None:
    """ "The lease renews automatically", "this Agreement terminates on": the contract acts."""
    verb = draft.group.verb
    if verb is None or draft.objects or not draft.subjects or draft.group.negated:
        return None
    subject = draft.subjects[0]
    meant = (subject.means_thing or context.thing) if subject.pronoun == "it" else None
    subject = meant if meant is not None and meant.head in _WHOLE else subject
    action = _ENDS.get(verb.lemma)
    is_whole = subject.head in _WHOLE or subject.party in (None, "contract")
    if action is None or not is_whole or draft.group.passive or subject.pronoun is not None:
        return None
    return Roles(actor="contract", action=action, asset=subject.name or "contract")


def _owed(draft: Draft) -> Group:
    """The group of a payment that a statement of its amount makes due."""
    return replace(draft.group, kind="act", verb=VERBS["pay"], passive=True, force="must")


def _statement(
    draft: Draft, context: Context, span: Span, built: Built, number: str | None
) -> list[Obligation]:
    """ "The price is 5,000 USDC" gives a term its value; any other statement is not understood."""
    quantity = draft.compared.quantity if draft.compared is not None else None
    named = draft.subjects[0] if draft.subjects else None
    due = quantity is not None and (draft.recurrence or draft.agent or draft.recipients)
    if due and named is not None and named.head in MONEY_NOUNS and draft.group.comparator == "=":
        draft.subjects = [replace(named, quantity=quantity)]
        roles = roles_of(replace(draft, group=_owed(draft)), context)[0]
        _ask(replace(draft, group=_owed(draft)), roles, span)
        draft.group = _owed(draft)
        return [_obligation(draft, roles, number, span)]
    equal = draft.group.kind == "compare" and draft.group.comparator == "=" and not draft.conditions
    if equal and named is not None and quantity is not None and named.name and quantity.amount:
        context.names.values[named.name] = quantity
        if draft.deadline is not None:
            context.names.until[named.name] = draft.deadline
        built.facts += 1
        built.terms.append((span, named.head, quantity.amount))
        return []
    built.refused.append(
        (span, "it states something, but no duty, right or ban could be read from it")
    )
    return []


def _obligation(draft: Draft, roles: Roles, number: str | None, span: Span,
                conditions: list[Condition] | None = None) -> Obligation:  # fmt: skip
    group = draft.group
    force: Modality = group.force if group.force in ("must", "may", "must_not") else "must"
    if force == "must_not" and roles.limit != "exact":
        most = roles.limit == "least"
        force, roles = (
            ("may" if most else "must"),
            replace(roles, limit="most" if most else "least"),
        )
    held = list(draft.conditions if conditions is None else conditions)
    if any(item.subject == "cliff" for item in held):
        held = [
            item
            for item in held
            if item.subject == "cliff" or item.kind != "time" or item.value != draft.deadline
        ]
    deadline = draft.deadline or ("P0D" if group.at_once and force != "must_not" else None)
    since, occurrences = draft.deadline_from, draft.occurrences
    spread = draft.spread
    if force == "must_not" and deadline is not None:
        held.append(Condition(kind="time", text=group.verb.lemma if group.verb else "",
        comparator="<",
                              value=deadline, subject=since))  # fmt: skip
        deadline, since = None, None
    often = times_in(deadline, draft.recurrence)
    if (draft.over or draft.lasts) and often is not None and occurrences is None:
        occurrences, deadline, spread = often, None, spread or (draft.over and not draft.lasts)
    elif draft.over and group.verb is not None and group.verb.action in ("vest", "release"):
        spread = True
    return Obligation(
        actor=roles.actor, modality=force, action=roles.action,
        amount=roles.amount, asset=roles.asset, recipient=roles.recipient,
        share_of=roles.share_of, limit=roles.limit, conditions=without_repeated(held),
        deadline=deadline,
        deadline_from=since, recurrence=draft.recurrence, occurrences=occurrences, spread=spread,
        span=span, clause=number,
    )  # fmt: skip
