"""What a clause inside a condition tells: acts, states, measures, facts."""

from __future__ import annotations

from assay.authoring.english.acts.handing import Roles
from assay.authoring.english.acts.roles import roles_of
from assay.authoring.english.conditions import measures
from assay.authoring.english.conditions.breaches import (
    judged,
    not_performed,
    overdue,
    timed,
    times,
    undone,
)
from assay.authoring.english.conditions.comparisons import (
    bound,
    comparison_of,
    holding,
    measured_at,
)
from assay.authoring.english.conditions.complements import content_words
from assay.authoring.english.conditions.consents import consent_told
from assay.authoring.english.conditions.either import (
    either,
    joined_by,
    subjects_joined,
)
from assay.authoring.english.conditions.facts import happened, is_moved
from assay.authoring.english.conditions.judged import (
    is_caused,
    is_contested,
    is_granted,
    is_held,
    is_only_due,
    is_ruled,
    not_yet_done,
)
from assay.authoring.english.conditions.stated import is_carried, lasting_of, state_of
from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.parties.quorums import consented, full_name
from assay.authoring.english.parties.referents import party_name
from assay.authoring.model import Comparator, Condition, ConditionKind, Span


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
    if inside and marker in ("unless", "until"):
        return _with_its_time(inner, [one for one in found if one not in inside], inside, span)
    return [*found, *(one for one in inside if one not in found)]


_BEFORE_OR_AFTER: dict[str, Comparator] = {"before": "<", "prior": "<", "after": ">",
                                           "upon": ">=", "following": ">"}  # fmt: skip


def _with_its_time(
    inner: Draft, found: list[Condition], inside: list[Condition], span: Span
) -> list[Condition]:
    """ "unless he gave notice before completion": the time belongs to the act that is denied, and
    denies nothing by itself."""
    first, last = found[0] if found else None, inside[-1]
    sign = _BEFORE_OR_AFTER.get(last.text.lower().split(" ", 1)[0])
    acts = first is not None and first.kind in ("event", "breach") and not first.comparator
    if first is not None and acts and sign is not None and len(inside) == 1 and len(found) == 1:
        when = content_words(last.text.lower().split(" ", 1)[1].removeprefix("to "))
        return [first.model_copy(update={"comparator": sign, "subject": when})]
    question = "Does this tell when the condition holds, or is it a condition of its own?"
    inner.doubts.append(Doubt("condition_part", question, span, "conditions"))
    return [*found, *inside]


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
        return _counted(consented(inner, context, negated, words, span), inner.conditions)
    late = overdue(inner, context, words, span)
    if late is not None:
        return [late]
    open_act = not_yet_done(inner, context, negated, words, span)
    if open_act is not None:
        return [open_act, *times(inner, words, span)]
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
    judged_only = judged_only or is_only_due(inner, context) or is_held(inner)
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


def _counted(found: list[Condition], beside: list[Condition]) -> list[Condition]:
    """ "the assembly approves it by a majority of two thirds": one consent, by how many."""
    first = found[0]
    votes = next((one for one in beside if one.kind == "approval" and one.value
                  and one.subject == first.subject), None)  # fmt: skip
    if votes is None or first.kind != "approval" or first.value is not None:
        return [*found, *beside]
    held = {"value": votes.value, "total": votes.total, "comparator": votes.comparator}
    rest = [one for one in beside if one is not votes]
    return [first.model_copy(update=held), *found[1:], *rest]


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
_DEMANDED = frozenset(
    {"require", "permit", "prohibit", "oblige", "allow", "forbid", "outbid", "add"}
)
"""Verbs whose passive tells what is so of somebody, and no act of his."""


def _event(kind: ConditionKind, roles: Roles, negated: bool, words: str, span: Span) -> Condition:
    return Condition(kind=kind, text=words, span=span, negated=negated, actor=roles.actor,
                     action=roles.action, amount=roles.amount, asset=roles.asset,
                     recipient=roles.recipient)  # fmt: skip
