"""What must hold for a clause to apply."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english import measures
from assay.authoring.english.agreement import agrees, denied_too, goes_apart, neither
from assay.authoring.english.boundaries import duty_follows, goes_on_outside
from assay.authoring.english.breaches import (
    date_passed,
    did_neither,
    is_missed_act,
    judged,
    not_performed,
    overdue,
    timed,
    times,
    undone,
)
from assay.authoring.english.comparisons import bound, comparison_of, holding, measured_at
from assay.authoring.english.complements import content_words
from assay.authoring.english.consents import consent_told
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.either import either, either_missed, joined_by, subjects_joined
from assay.authoring.english.elliptical import elliptical
from assay.authoring.english.facts import happened, is_moved, told_behind, told_fact
from assay.authoring.english.fillers import by_source
from assay.authoring.english.groups import be_at
from assay.authoring.english.handing import Roles
from assay.authoring.english.judged import is_caused, is_contested, is_granted, is_ruled
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.nodes import Line
from assay.authoring.english.phrases import Phrase, phrase_at
from assay.authoring.english.quorums import consented, full_name, quorum_condition
from assay.authoring.english.referents import party_name
from assay.authoring.english.roles import roles_of
from assay.authoring.english.stated import is_carried, lasting_of, state_of
from assay.authoring.english.states import as_demanded, as_state, failure_lasts, is_complete
from assay.authoring.english.verb_groups import Group, verb_group_at
from assay.authoring.model import Comparator, Condition, ConditionKind, Span


def finite_condition(context: Context, index: int, draft: Draft) -> int | None:
    """A condition with a verb of its own: "if the Buyer pays", "unless the goods are defective"."""
    if (conceded := context.text.match_any(index, markers.CONCEDING)) is not None:
        return one_condition(context, conceded[1], Draft(draft.group), "if", index)
    marker = context.text.match_any(index, markers.FINITE)
    if marker is None:
        return _inverted(context, index, draft)
    kind, start = markers.FINITE[marker[0]], marker[1]
    demanded = as_demanded(context, start, draft, kind, index)
    if demanded is not None:
        return demanded
    if marker[0] in ("on", "upon") and context.text.lower(start) in ("whatever", "what", "which"):
        return None
    if marker[0] == "after" and context.text.lower(start) in ("that", "this"):
        return None
    if marker[0] == "on" and context.text.lower(index - 1) in _ABOUT:
        return None
    if context.text.lower(start) == "of" and marker[0].endswith("event"):
        return None
    if marker[0] in _PROVISOS and _is_duty(context, start):
        return None
    if is_missed_act(context.text, start):
        return None
    held, doubted = len(draft.conditions), len(draft.doubts)
    thing, subject = context.thing, context.subject
    first = one_condition(context, start, draft, kind, index)
    if first is None:
        loose = as_state(context, start, draft, kind, index)
        if loose is None or context.text.lower(loose) not in ("and", "or"):
            return loose
        named, span = draft.conditions[-1].subject or "", context.text.span(start, loose)
        party = context.names.party(named, named) or context.names.role(named)
        party = "other party" if context.text.match(start, "the other party") else party
        who = Phrase(*span, name=named, full=named, head=named.split()[-1], party=party)
        context.condition = Draft(Group(start), subjects=[who])
        return _joined_conditions(context, loose, draft, kind)
    if not is_complete(context, first):
        kept = draft.conditions[:held], draft.doubts[:doubted]
        whole = as_state(context, start, Draft(draft.group), kind, index)
        if whole is not None:
            draft.conditions[:], draft.doubts[:] = kept
            context.thing, context.subject = thing, subject
            return as_state(context, start, draft, kind, index)
    return _joined_conditions(context, first, draft, kind)


def _inverted(context: Context, index: int, draft: Draft) -> int | None:
    """ "should the Buyer fail to pay"."""
    if context.text.lower(index) != "should":
        return None
    context.text.inverted = True
    try:
        first = one_condition(context, index + 1, draft, "if", index)
    finally:
        context.text.inverted = False
    return _joined_conditions(context, first, draft, "if") if first is not None else None


_ABOUT = frozenset({"report", "reports", "statement", "information", "account", "interest", "tax"})
_PROVISOS = frozenset({"save that", "except that", "provided that", "provided",
"provided always that",
                       "and provided that", "providing that", "save where"})  # fmt: skip


def _joined_conditions(context: Context, after: int, draft: Draft, kind: str) -> int:
    """ "and B delivers", "or the goods are lost" behind a condition."""
    text = context.text
    while True:
        at = after + 1 if text.lower(after) == "," else after
        joint = text.lower(at)
        if joint not in ("and", "or", "nor"):
            return after
        again = text.match_any(at + 1, markers.FINITE)
        if again is not None and _is_end(text, again):
            return after
        next_kind = markers.FINITE[again[0]] if again else kind
        start = again[1] if again else text.skip(at + 1, ("that",))
        behind = at > after and draft.group.verb is not None and (
            joint == "and" or (joint == "or" and goes_on_outside(context, start, draft))
        )  # fmt: skip
        if again is None and (_is_duty(context, start) or behind):
            return after
        both = again is None and neither(context.text, start, context.condition)
        found = failure_lasts(context, start, draft, next_kind in ("unless", "until"))
        found = found or _same_subject(context, start, draft, next_kind)
        found = found or one_condition(context, start, draft, next_kind, start)
        if found is None and text.lower(start) not in words.PREPOSITIONS:
            found = as_state(context, start, draft, next_kind, start)
        if found is None:
            return after
        if not both:
            joined_by(draft, joint, next_kind, context.text.span(after, found))
        after = found


def _is_end(text: Line, marker: tuple[str, int]) -> bool:
    """ "until it is reclaimed or until 31 March 2028": a time of the clause, not a condition."""
    return marker[0] in ("until", "till") and text.kind(marker[1]) in ("date", "clock")


def _same_subject(context: Context, index: int, draft: Draft, kind: str) -> int | None:
    """ "if the Buyer pays the price or returns the goods": a further verb of the same subject."""
    before = context.condition
    if before is None or not before.subjects or duty_follows(context, index):
        return None
    been = context.text.lower(index) == "been"  # "has left the flat and been paid"
    shared = denied_too(context.text, index, before)
    group = shared or (verb_group_at(context.text, index) if not been else None)
    group = be_at(context.text, index + 1, Group(index)) if been else group
    if group is None or group.force is not None or group.end <= index:
        return None
    inner = Draft(group, subjects=list(before.subjects), conditional=True)
    if neither(context.text, index, before):
        inner.group = replace(group, negated=True, passive=before.group.passive)
    if context.text.lower(index - 1) == "nor":
        inner.group = replace(group, negated=True)
        inner.deadline, inner.deadline_from = before.deadline, before.deadline_from
        inner.time_comparator = before.time_comparator
    if shared is None and not agrees(context.text, index, before.subjects):
        return None
    after = context.arguments(context, group.end, inner)
    if draft.group.verb is not None and goes_apart(context.text, after):
        return None
    found = conditions_of(inner, context, kind, context.text.span(index, after))
    if shared is not None and context.text.lower(index - 1) == "and":
        either_missed(draft, found, context.text.span(index, after))
    draft.conditions.extend(found)
    draft.doubts.extend(doubt for doubt in inner.doubts if doubt.kind != "vague_time")
    context.condition = inner
    return after


def _is_duty(context: Context, index: int) -> bool:
    """Whether a new clause with a duty of its own begins at an index."""
    found = phrase_at(context.text, index, context.names)
    group = verb_group_at(context.text, found[1]) if found else None
    goes_on = found is not None and context.text.lower(found[1]) in ("continues", "continue")
    return group is not None and group.force is not None and not goes_on


def one_condition(context: Context, index: int, draft: Draft, kind: str, start: int) -> int | None:
    """One condition that begins at an index and whose words begin at `start`."""
    approval = quorum_condition(context, index, draft, kind, start)
    if approval is not None:
        return approval
    passed = date_passed(context, index, draft, kind, start)
    if passed is not None:
        return passed
    fact = told_fact(context, index, draft, kind, start) or (
        did_neither(context, index, draft, start) if kind == "if" else None
    )
    if fact is not None:
        return fact
    held, begin = _inserted(context, index)
    parsed = elliptical(context, begin) or context.clause_at(context, begin, True)
    if parsed is None:
        return None
    inner, after = parsed
    context.condition = inner
    if inner.group.kind == "compare" or inner.compared is not None:
        after = told_behind(context, after, inner)
    if held is not None:
        inner.take(replace(held, group=inner.group))
    if inner.group.force is not None and inner.group.force != "waived" and not inner.group.failed:
        denied = inner.group.negated or (inner.group.force == "must_not" and not inner.group.nobody)
        inner.group = replace(inner.group, force=None, negated=denied)
    span = context.text.span(start, after)
    found = conditions_of(inner, context, kind, span)
    if not found:
        return None
    draft.conditions.extend(found)
    ask_about_rest(inner, draft, span)
    measures.looked_at_each(inner, found, draft)
    draft.doubts.extend(doubt for doubt in inner.doubts if doubt.kind not in ("vague_time",))
    return after


def ask_about_rest(inner: Draft, draft: Draft, span: Span) -> None:
    """A condition has no room for a notice, for what recurs or for a price: these are asked."""
    if inner.notices or inner.recurrence or inner.price is not None:
        draft.doubts.append(
            Doubt("condition_part", "Does all of this belong to the condition?", span, "conditions")
        )


def _inserted(context: Context, index: int) -> tuple[Draft | None, int]:
    """ "if, within fourteen days of delivery, the Buyer": a time before the subject."""
    text = context.text
    if text.lower(index) != ",":
        return None, index
    held = Draft(Group(index), conditional=True)
    after = context.adjunct_at(context, index + 1, held) or by_source(context, index + 1, held)
    if after is None or text.lower(after) != ",":
        return None, index
    return held, after + 1


def _measured(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> list[Condition]:
    """What a source reports, what was gathered, and what somebody holds."""
    group = inner.group
    if inner.told:
        source = party_name(inner.subjects[0], context) if inner.subjects else None
        return [measures.reported(item, source) for item in inner.told]
    public = happened(inner, context, negated, words, span)
    if public is not None:
        return [public, *times(inner, words, span)]
    total = (
        measures.gathered(inner, words)
        or measures.share_that_is(inner, words)
        or measures.turnout(inner, words)
    )
    if total is not None:
        said = {"text": words, "span": span, "negated": negated != total.negated}
        return [total.model_copy(update=said), *times(inner, words, span)]
    owned = inner.objects[0].quantity if inner.objects else None
    if group.verb is not None and group.verb.lemma in ("hold", "own") and owned is not None and (
        owned.limit != "exact" and inner.subjects and not group.passive
    ):  # fmt: skip
        return [Condition(kind="comparison", text=words, span=span,
        negated=negated != group.negated,
                          subject=party_name(inner.subjects[0], context), value=owned.amount,
                          comparator=bound(owned, words), asset=owned.asset),
                *times(inner, words, span)]  # fmt: skip
    return []


def conditions_of(inner: Draft, context: Context, marker: str, span: Span) -> list[Condition]:
    """The conditions that a clause states, with those that stand inside it."""
    found = _of_each(inner, context, marker, span)
    inside = [one for one in inner.conditions if one.kind not in ("time", "approval")]
    return [*found, *(one for one in inside if one not in found)]


def _of_each(inner: Draft, context: Context, marker: str, span: Span) -> list[Condition]:
    """The conditions that a clause states of each of its subjects."""
    subjects, group = inner.subjects, inner.group
    if len(subjects) < 2 or group.kind == "compare" or inner.compared is not None:
        return _told(inner, context, marker, span)
    found: list[Condition] = []
    for subject in subjects:
        inner.subjects = [subject]
        found += [one for one in _told(inner, context, marker, span) if one not in found]
    inner.subjects = subjects
    joint = subjects_joined(context.text, inner)
    if group.negated and joint == "and" and marker not in ("unless", "until"):
        either(inner, span)  # "if the buyer and the seller do not agree"
    elif not group.nobody:
        joined_by(inner, joint, marker, span)
    return found


def _told(inner: Draft, context: Context, marker: str, span: Span) -> list[Condition]:
    """The conditions that a clause states of one subject."""
    negated = marker in ("unless", "until")
    words = context.words(span)
    group = inner.group
    consent = consent_told(inner, context, negated, words, span)
    if consent is not None:
        return [consent, *times(inner, words, span)]
    if marker == "approval" or (group.verb is not None and group.verb.action == "approve"):
        return [*consented(inner, context, negated, words, span), *inner.conditions]
    late = overdue(inner, context, words, span)
    if late is not None:
        return [late]
    if group.kind == "compare" or inner.compared is not None:
        compared = comparison_of(inner, context, negated, words, span)
        until = context.names.until.get(compared.subject or "")
        if until is not None and inner.deadline is None:
            inner.deadline, inner.time_comparator = until, "<="
        return [compared, *times(inner, words, span)]
    if group.verb is not None and group.verb.lemma == "raise" and inner.objects:
        sign: Comparator = "<" if group.negated else ">="
        quantity = inner.objects[0].quantity
        if quantity is not None:
            return [
                Condition(kind="comparison", text=words, span=span, negated=negated,
                subject="raise",
                          comparator=sign, value=quantity.amount, asset=quantity.asset),
                *times(inner, words, span),
            ]  # fmt: skip
    measured = _measured(inner, context, negated, words, span)
    if measured:
        return measured
    if group.verb is not None and group.verb.lemma == "go" and (
        not inner.recipients or (inner.subjects and inner.subjects[0].party)
    ):  # fmt: skip
        subject = full_name(inner.subjects[0]) if inner.subjects else None
        value = content_words(" ".join(words.split()[-2:]))
        return [Condition(kind="state", text=words, span=span, subject=subject, value=value,
                          negated=negated != group.negated)]  # fmt: skip
    stays = lasting_of(inner, context, negated, words, span) or holding(
        inner, context, negated, words, span
    )
    if stays is not None:
        return [stays]
    verdict = judged(inner, negated, words, span, context.goods)
    if verdict is not None:
        return [verdict]
    missed = undone(inner, words, span, context.goods)
    if missed is not None:
        return [timed(missed, inner)]
    if group.failed and group.kind in ("act", "self") and group.verb is not None and (
        group.verb.action in (None, "perform") and group.verb.frame != "receive"
    ):  # fmt: skip
        return [timed(not_performed(inner, context, words, span), inner)]
    demanded = group.passive and group.verb is not None and group.verb.lemma in _DEMANDED
    judged_only = is_granted(inner) or is_contested(inner) or is_ruled(inner)
    judged_only = judged_only or is_caused(inner, context)
    if demanded or judged_only or is_moved(inner) or group.kind in ("be", "self") or (
        group.verb is not None and group.verb.action == "perform" and not is_carried(inner)
    ):  # fmt: skip
        state = state_of(inner, context, negated != group.negated, words, span)
        return [state, *times(inner, words, span)]
    fact = measured_at(inner, context, negated, words, span)
    if fact is not None:
        return [fact, *times(inner, words, span)]
    return _acts_told(inner, context, negated, words, span)


def _acts_told(
    inner: Draft, context: Context, negated: bool, words: str, span: Span
) -> list[Condition]:
    """Acts that were done, or were not done in their time."""
    group, found = inner.group, []
    late = group.late or bool(group.failed)
    for roles in roles_of(inner, context):
        if roles.limit != "exact":
            question = "Is it the total that counts, or each act?"
            inner.doubts.append(Doubt("condition_limit", question, span, "conditions"))
        if group.late and roles.action in _NOT_DUE:
            inner.doubts.append(Doubt("condition_part", "When is this late?", span, "conditions"))
        missed = late and (bool(group.failed) or roles.action not in _NOT_DUE)
        kind: ConditionKind = (
            "breach" if (group.negated and not group.nobody) or missed else "event"
        )
        condition = _event(kind, roles, negated != group.nobody, words, span)
        found.append(timed(condition, inner))
    others = [item for item in inner.conditions if item.kind != "time"]
    by_vote = any(item.kind == "approval" for item in others)
    if by_vote and group.verb is not None and group.verb.action in ("accept", "confirm", "vote"):
        return others
    return [*found, *others]


_NOT_DUE = frozenset({"cancel", "terminate", "withdraw", "reject", "claim", "bid", "buy"})
"""What nobody has to do, so that doing it late breaks no duty."""
_DEMANDED = frozenset({"require", "permit", "prohibit", "oblige", "allow", "forbid"})


def _event(kind: ConditionKind, roles: Roles, negated: bool, words: str, span: Span) -> Condition:
    return Condition(kind=kind, text=words, span=span, negated=negated, actor=roles.actor,
                     action=roles.action, amount=roles.amount, asset=roles.asset,
                     recipient=roles.recipient)  # fmt: skip
