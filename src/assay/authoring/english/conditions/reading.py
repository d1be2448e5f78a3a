"""What must hold for a clause to apply."""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.english.acts.fillers import by_source
from assay.authoring.english.conditions import measures
from assay.authoring.english.conditions.agreement import agrees, denied_too, goes_apart, neither
from assay.authoring.english.conditions.boundaries import duty_follows, goes_on_outside
from assay.authoring.english.conditions.breaches import (
    date_passed,
    did_neither,
    is_missed_act,
)
from assay.authoring.english.conditions.either import (
    either_missed,
    joined_by,
)
from assay.authoring.english.conditions.elliptical import elliptical
from assay.authoring.english.conditions.facts import told_behind, told_fact
from assay.authoring.english.conditions.refusals import voted_against
from assay.authoring.english.conditions.states import (
    as_demanded,
    as_state,
    failure_lasts,
    further_state,
    is_complete,
)
from assay.authoring.english.conditions.told import conditions_of
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexicon import markers, words
from assay.authoring.english.lexing.nodes import Line
from assay.authoring.english.parties.quorums import quorum_condition
from assay.authoring.english.phrases.groups import be_at
from assay.authoring.english.phrases.noun_phrases import Phrase, phrase_at
from assay.authoring.english.phrases.verb_groups import Group, verb_group_at
from assay.authoring.model import Condition, Span


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
    if (refused := voted_against(context, start, draft, kind, index)) is not None:
        return refused
    held, doubted = len(draft.conditions), len(draft.doubts)
    thing, subject = context.thing, context.subject
    first = one_condition(context, start, draft, kind, index)
    if first is None:
        return _state_joined(context, start, draft, kind, index)
    if not is_complete(context, first):
        kept = draft.conditions[:held], draft.doubts[:doubted]
        whole = as_state(context, start, Draft(draft.group), kind, index)
        if whole is not None:
            draft.conditions[:], draft.doubts[:] = kept
            context.thing, context.subject = thing, subject
            return _state_joined(context, start, draft, kind, index)
    return _joined_conditions(context, first, draft, kind)


def _state_joined(context: Context, start: int, draft: Draft, kind: str, index: int) -> int | None:
    """A state in its own words, with what else is so of the same subject."""
    loose = as_state(context, start, draft, kind, index)
    if loose is None or context.text.lower(loose) not in ("and", "or"):
        return loose
    told = next((one for one in reversed(draft.conditions) if one.kind != "time"), None)
    named = (told.subject if told is not None else None) or ""
    if not named:
        return loose
    party = context.names.party(named, named) or context.names.role(named)
    party = "other party" if context.text.match(start, "the other party") else party
    span = context.text.span(start, loose)
    who = Phrase(*span, name=named, full=named, head=named.split()[-1], party=party)
    context.condition = Draft(Group(start), subjects=[who])
    return _joined_conditions(context, loose, draft, kind)


def _inverted(context: Context, index: int, draft: Draft) -> int | None:
    """ "should the Buyer fail to pay"."""
    if context.text.lower(index) != "should":
        return None
    context.text.inverted = True
    try:
        first = one_condition(context, index + 1, draft, "if", index)
        first = first or _state_joined(context, index + 1, draft, "if", index)
        return _joined_conditions(context, first, draft, "if") if first is not None else None
    finally:
        context.text.inverted = False


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
        if joint == "nor" and found is None:
            found = further_state(context, start, draft, next_kind)
        found = found or one_condition(context, start, draft, next_kind, start)
        found = found or further_state(context, start, draft, next_kind)
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
    if context.text.lower(index - 1) == "nor" and len(found) == 1:
        _time_of_both(draft, found[0])
    draft.conditions.extend(found)
    draft.doubts.extend(inner.doubts)
    context.condition = inner
    return after


def _time_of_both(draft: Draft, last: Condition) -> None:
    """ "neither accepts nor rejects it within 15 days": the first act has the time as well."""
    first = draft.conditions[-1] if draft.conditions else None
    if first is None or first.kind != "breach" or last.kind != "breach" or first.value:
        return
    shared = {"value": last.value, "comparator": last.comparator, "subject": last.subject}
    draft.conditions[-1] = first.model_copy(update={**shared, "asset": first.asset or last.asset})


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
    draft.doubts.extend(inner.doubts)
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
