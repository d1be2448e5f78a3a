"""By when and from when: the rules that fill a clause's deadline, and conditions on time."""

from __future__ import annotations

from assay.authoring.english.attaching.anchors import (
    anchored,
    gives_notice,
    longest_match,
    signing_at,
    time_condition,
)
from assay.authoring.english.attaching.lead_times import NEARER, ahead_of
from assay.authoring.english.attaching.named_times import during
from assay.authoring.english.attaching.periods import (
    anniversary,
    begins_after,
    sooner,
    thereafter,
)
from assay.authoring.english.conditions.boundaries import verb_follows
from assay.authoring.english.conditions.causes import cause, reason
from assay.authoring.english.conditions.each_time import each_time
from assay.authoring.english.conditions.nominal import (
    nominal_condition,
)
from assay.authoring.english.conditions.reading import finite_condition
from assay.authoring.english.conditions.terms import short_condition
from assay.authoring.english.drafts import Context, Draft
from assay.authoring.english.parties.quorums import certified, full_name, majority
from assay.authoring.english.phrases.noun_phrases import phrase_at
from assay.authoring.english.times import reading as times
from assay.authoring.english.times.notices import ahead, notice
from assay.authoring.english.times.vague import vague_time
from assay.authoring.language.dates import Moment
from assay.authoring.language.quantities import Quantity
from assay.authoring.model import Comparator, Condition


def within(context: Context, index: int, draft: Draft) -> int | None:
    """ "within 30 days of delivery", "no later than 5 business days after the auction ends"."""
    for after in longest_match(context, index, times.WITHIN):
        lasting = times.duration_value(context, after, draft)
        if lasting is not None and longest_match(context, lasting[1], times.BEFORE):
            return None
        if lasting is not None:
            draft.deadline = lasting[0]
            draft.time_comparator = "<="
            return anchored(context, lasting[1], draft)
    return None


def within_at(context: Context, index: int, draft: Draft) -> int:
    """A duration at an index that is the deadline, with what it counts from."""
    lasting = times.duration_value(context, index, draft)
    if lasting is None:
        return index
    draft.deadline, draft.time_comparator = lasting[0], "<="
    return anchored(context, lasting[1], draft)


def after_duration(context: Context, index: int, draft: Draft) -> int | None:
    """ "30 days after delivery", "14 days before the end", "after 12 months"."""
    text = context.text
    for after in longest_match(context, index, (*times.AFTER, *times.FROM)):
        lasting = times.duration_value(context, after, draft)
        ahead = longest_match(context, lasting[1], times.BEFORE) if lasting is not None else ()
        if lasting is not None and ahead and text.lower(index) in ("not", "no"):
            return ahead_of(context, index, draft, lasting[0], ahead[0])
        if lasting is not None:
            over = verb_follows(context, lasting[1])
            lemma = over.verb.lemma if over is not None and over.verb is not None else ""
            passed = over.end if over is not None and lemma in ("pass", "elapse") else lasting[1]
            told = text.lower(passed) == "on" and text.kind(passed + 1) == "duration"
            from_what = _from_what(context, passed) if not told else None  # "on 30 days' notice"
            subject, end = from_what or (None, passed)
            early = text.lower(index) in ("not", "no", "from", "starting")
            comparator: Comparator = ">=" if early else ">"
            time_condition(context, draft, (index, end), comparator, lasting[0], subject)
            return end
    at = text.match_any(index, ("at least", "not less than", "no less than", "exactly", "by",
                                "upon", "not later than", "no later than", "at", "up to", "until",
                                "as late as", "up until", "not less", "no less", "within",
                                "less than", "fewer than", "more than", "inside", "not more than",
                                "no more than", "at most"))  # fmt: skip
    start = at[1] if at else index
    if text.kind(start) != "duration":
        return None
    lasting = times.duration_value(context, start, draft)
    if lasting is None:
        return None
    before = longest_match(context, lasting[1], times.BEFORE)
    if not before and at is not None and at[0] in NEARER:
        return None
    if before:
        return ahead_of(context, index, draft, lasting[0], before[0])
    if draft.group.force == "may":
        from_what = _from_what(context, lasting[1])
        if from_what is None:
            return None
        time_condition(context, draft, (index, from_what[1]), ">=", lasting[0], from_what[0])
        return from_what[1]
    end = anchored(context, lasting[1], draft)
    if end == lasting[1]:
        return None
    draft.deadline = lasting[0]
    return end


def _from_what(context: Context, index: int) -> tuple[str | None, int] | None:
    for after in longest_match(context, index, times.ANCHORS):
        signing = signing_at(context, after)
        if signing is not None:
            return None, signing
        found = phrase_at(context.text, after, context.names)
        if found is not None and found[0].quantity is None and not gives_notice(
            context.text, after
        ):  # fmt: skip
            return full_name(found[0]), found[1]
    return None


def by_date(context: Context, index: int, draft: Draft) -> int | None:
    """ "by 31 December 2026", "no later than 5 p.m. UTC on 1 May 2027", "until 1 May 2027"."""
    for after in longest_match(context, index, times.BY):
        moment = times.moment_at(context, after, draft)
        if moment is None:
            continue
        draft.deadline = moment[0]
        before = context.text.lower(index) in ("before", "prior")
        draft.time_comparator = "<" if before else "<="
        return moment[1]
    return None


def ends_recurrence(context: Context, index: int, after: int, draft: Draft, late: Draft) -> bool:
    """ "every Friday until the end of 2027": what recurs on a day has an end of its own."""
    dated = late.deadline is not None and late.deadline[:1].isdigit()
    sign = late.time_comparator
    if draft.recurrence is None or not dated or sign not in ("<", "<="):
        return False
    time_condition(context, draft, (index, after), sign, late.deadline)
    return True


_DATED: tuple[tuple[tuple[str, ...], Comparator], ...] = (
    (times.FROM, ">="),
    (times.AFTER, ">"),
    (times.ON, "="),
)


def on_date(context: Context, index: int, draft: Draft) -> int | None:
    """ "on 1 May 2027", "after 1 May 2027", "from 1 May 2027", "tomorrow", "Friday"."""
    text = context.text
    for phrases, comparator in _DATED:
        for after in longest_match(context, index, phrases):
            moment = times.moment_at(context, after, draft)
            if moment is None:
                continue
            if comparator == "=" and draft.group.force not in ("may", "must_not"):
                draft.deadline, draft.time_comparator = moment[0], "="
                span = text.span(index, moment[1])
                draft.day = Condition(kind="time", text=context.words(span), span=span,
                                      comparator="=", value=moment[0])  # fmt: skip
            else:
                begins = times.beginning_at(context, after) if comparator == ">=" else None
                when = begins or moment[0]
                time_condition(context, draft, (index, moment[1]), comparator, when)
            return moment[1]
    if text.kind(index) in ("date", "clock"):
        moment = times.moment_at(context, index, draft)
        if moment is not None:
            draft.deadline = moment[0]
            return moment[1]
    if text.lower(index) == "today" and draft.deadline is None:
        draft.deadline = "P0D"
        return index + 1
    if text.lower(index) in ("tomorrow", "tonight"):
        times.ask(context, draft, "date", "Which date is this?", text.span(index, index + 1))
        return index + 1
    return None


def between_dates(context: Context, index: int, draft: Draft) -> int | None:
    """ "between 1 May 2027 and 31 May 2027", "from 1 May 2027 to 31 May 2027"."""
    text = context.text
    if text.lower(index) not in ("between", "from"):
        return None
    first = (
        times.moment_at(context, index + 1, draft) if times.is_time(context, index + 1) else None
    )
    day = text.nodes[index + 1].value if text.kind(index + 1) == "amount" else None
    until = times.moment_at(context, index + 3, draft) if text.kind(index + 3) == "date" else None
    if isinstance(day, Quantity) and day.asset is None and until is not None and until[0] and (
        text.lower(index + 2) in ("and", "to") and 0 < int(float(day.amount or 0)) < 32
    ):  # fmt: skip
        start = f"{until[0][:8]}{int(float(day.amount or 0)):02d}"
        time_condition(context, draft, (index, index + 2), ">=", start)
        time_condition(context, draft, (index + 2, until[1]), "<=", until[0])
        return until[1]
    if first is None or text.lower(first[1]) not in ("and", "to", "until", "through"):
        return None
    second = times.moment_at(context, first[1] + 1, draft)
    if second is None:
        return None
    begins = times.beginning_at(context, index + 1) or first[0]
    time_condition(context, draft, (index, first[1]), ">=", begins)
    time_condition(context, draft, (first[1], second[1]), "<=", second[0])
    return second[1]


def lasting(context: Context, index: int, draft: Draft) -> int | None:
    """ "for 12 months", "over a period of 24 months after signing": how long it goes on."""
    verb = draft.group.verb
    longer = verb is not None and verb.action in ("extend", "renew")
    for after in longest_match(context, index, times.FOR + (times.LONGER if longer else ())):
        more = context.text.match_any(after, ("more than", "longer than", "at least"))
        duration = times.duration_value(context, more[1] if more else after, draft)
        if duration is not None:
            draft.deadline = duration[0]
            if draft.conditional:
                draft.time_comparator = ">" if more else None
            draft.lasts = context.text.lower(index) in ("for", "throughout", "during")
            begins_after(context, index, draft)
            if (
                context.text.lower(after - 1) in ("over", "of")
                or context.text.lower(index) == "over"
            ):
                draft.over = True
            return anchored(context, duration[1], draft)
    return None


def next_day(context: Context, index: int, draft: Draft) -> int | None:
    """ "the day after they land": one day."""
    found = context.text.match_any(index, ("the day", "one day", "the week", "the month"))
    if found is None or context.text.lower(found[1]) not in ("after", "following"):
        return None
    end = anchored(context, found[1], draft)
    if end == found[1]:
        return None
    draft.deadline = {"day": "P1D", "week": "P1W", "month": "P1M"}[found[0].split()[-1]]
    return end


_BACK_THEN = ("before that date", "before that", "before then", "by then", "until then",
              "prior to that", "before such date", "by that date", "by such date", "on that date",
              "until that date", "on that day", "by that day", "before that day",
              "on such date", "on the same day", "on the same date")  # fmt: skip


def back_then(context: Context, index: int, draft: Draft) -> int | None:
    """ "before that", "by then", "until then": the deadline of the clause before."""
    found = context.text.match_any(index, _BACK_THEN)
    if found is None or (context.text.kind(found[1]) == "word" and found[0].endswith("that")):
        return None
    earlier = context.previous
    told = [node for node in context.text.nodes[:index] if node.kind in ("date", "duration")]
    dated = told[-1].value if told else None
    when = earlier.deadline if earlier is not None else None
    if isinstance(dated, Moment) and dated.iso is not None:
        when = dated.iso
    if when is None and context.lasting is not None and not context.lasting[0].startswith("P"):
        when = context.lasting[0]
    when = when or _named_before(context, index) or _turning(context)
    if when is None:
        times.ask(
            context,
            draft,
            "date",
            f"What does {found[0]!r} mean?",
            context.text.span(index, found[1]),
        )
        return found[1]
    draft.deadline, draft.time_comparator = when, "<" if "before" in found[0] else "<="
    return found[1]


def _turning(context: Context) -> str | None:
    """The one date on which the sentence before turns: "can take it out after 1 May"."""
    dates = {one.value for duty in context.done for one in duty.conditions
             if one.kind == "time" and one.value and not one.value.startswith("P")}  # fmt: skip
    return dates.pop() if len(dates) == 1 else None


def _named_before(context: Context, index: int) -> str | None:
    """The one date of the sentence so far: "if she is employed on 1 May, they vest on that day"."""
    dated = [at for at in range(index) if context.text.kind(at) == "date"]
    found = times.moment_at(context, dated[0], None) if len(dated) == 1 else None
    return found[0] if found is not None else None


def at_signing(context: Context, index: int, draft: Draft) -> int | None:
    """ "upon signing", "at signature": at once."""
    lead = context.text.match_any(index, ("upon", "on", "at", "upon the", "on the"))
    after = signing_at(context, lead[1]) if lead is not None else None
    bare = after is not None and lead is not None and after <= lead[1] + 2
    if lead is None or after is None or context.text.lower(after) == "of" or (
        context.text.lower(after - 1) == "date"
    ) or (
        bare and context.text.lower(after - 1) in ("agreement", "contract")
    ):  # fmt: skip
        return None
    draft.deadline, draft.time_comparator = "P0D", "="
    return after


RULES = (sooner, ahead, notice, cause, reason, majority, certified, each_time, next_day, back_then,
         at_signing, anniversary, thereafter, between_dates, times.window, within, after_duration,
         by_date, on_date, vague_time, times.recurring, lasting, during, finite_condition,
         nominal_condition, short_condition)  # fmt: skip
"""Rules for what says when and if, in the order in which they are tried."""


def adjunct_at(context: Context, index: int, draft: Draft) -> int | None:
    """Reads one phrase that says when or under which condition; the index after it, or None."""
    for rule in RULES:
        kept = (len(draft.conditions), len(draft.doubts))
        after = rule(context, index, draft)
        if after is not None and after > index:
            return after
        del draft.conditions[kept[0] :], draft.doubts[kept[1] :]
    return None
