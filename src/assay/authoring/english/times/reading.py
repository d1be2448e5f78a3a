"""When: dates, deadlines, durations and what recurs.

Every rule looks at an index and gives the index after what it read, or None.
"""

from __future__ import annotations

from assay.authoring.english.drafts import Context, Doubt, Draft
from assay.authoring.english.lexing.calendar import Clock
from assay.authoring.english.lexing.durations import WEEKDAYS
from assay.authoring.english.lexing.nodes import Node
from assay.authoring.english.lexing.number_words import ordinal_at
from assay.authoring.english.lexing.tokens import Token
from assay.authoring.language.dates import Moment, with_clock
from assay.authoring.language.durations import Duration, calendar_days
from assay.authoring.model import Comparator, Span

BY = ("by no later than", "no later than", "not later than", "by the latest on", "by",
"on or before",
      "at or before", "before or on", "latest by", "at the latest by", "at the latest on", "due by",
      "due on", "no later than by", "not after", "by or before", "prior to or on", "on or prior to",
      "not later than on", "at latest by", "prior to", "before", "until", "till", "up to",
      "up until", "up to and including", "until and including", "through")  # fmt: skip
ON = ("on", "at", "as at", "dated", "exactly on",
"exactly at",
      "precisely at")  # fmt: skip
FROM_NAMED = ("from", "with effect from", "from and after", "as from", "commencing on", "as of",
              "starting on", "beginning on", "starting from", "on and from", "effective from",
              "commencing from", "on and after")  # fmt: skip
"""What begins a time that has only a name: "from the Completion Date"."""

FROM = ("for the first time on", "first on", "the first on", "from", "starting", "starting on",
        "starting from", "starting in", "beginning", "beginning on", "beginning in", "since",
        "commencing on", "commencing in", "commencing", "from and after", "from and including",
        "as of", "effective", "effective as of", "effective from", "effective on", "on and from",
        "on or after", "not before",
        "no earlier than", "not earlier than", "with effect from", "as from", "beginning from",
        "on and after", "commencing from", "not sooner than", "no sooner than")  # fmt: skip
_ENDS = ("expiry of", "expiration of", "lapse of")
AFTER = ("after", "following", "later than", "past", "subsequent to",
         *(f"{lead} {the}{end}" for lead in ("after", "upon", "on", "following", "at", "from")
           for the in ("", "the ") for end in _ENDS))  # fmt: skip
WITHIN = ("within a period of", "within", "in", "no later than", "not later than",
"by no later than",
          "not more than", "no more than", "for no more than", "within at most", "less than",
          "at most", "within no more than", "inside", "up to", "within the first",
          "within the period of", "at the latest within", "latest")  # fmt: skip
FOR = ("for a period of", "for a term of", "for an initial term of", "for a minimum of",
"for at least",
       "for a minimum period of", "for", "over a period of", "over", "during a period of",
       "throughout",
       "for up to", "for the", "for a further period of", "over the course of", "spread over",
       "for another", "for a further", "for the next", "over the next", "during the",
       "during the next", "over the following", "over the subsequent", "during the following",
       "over the ensuing", "over the remaining")  # fmt: skip
LONGER = ("by", "by a further", "by another", "by an additional", "by up to", "by a period of")
ANCHORS = ("after", "from", "of", "following", "upon", "since", "as of", "counting from",
           "starting from", "from and after", "as from", "beginning on", "beginning from",
           "commencing on", "starting on", "starting", "from the date of", "of the date of",
           "after the date of", "following the date of", "from the day of", "on")  # fmt: skip
BEFORE = ("before", "prior to", "in advance of", "ahead of")
SIGNING = ("signing", "signature", "execution", "the signing", "the signature", "the execution",
           "the date of this agreement", "the date of this contract",
           "the date hereof", "date hereof", "the date of signature", "the date of signing",
           "today", "now",
           "signing date", "the signing date", "the date of execution",
           "agreement", "contract")  # fmt: skip


def beginning_at(context: Context, index: int) -> str | None:
    """The first day of a whole month at an index: "from March 2027"."""
    value = context.text.nodes[index].value if context.text.kind(index) == "date" else None
    return value.begins if isinstance(value, Moment) else None


def moment_at(context: Context, index: int, draft: Draft | None) -> tuple[str | None, int] | None:
    """A date, a date-time or a defined date at an index; its ISO spelling (None where the words
    leave it open, with a question), and the index after it."""
    text = context.text
    if text.kind(index) == "clock":
        return _clock_first(context, index, draft)
    at = index + 1 if text.kind(index) != "date" and text.lower(index) == "the" else index
    if text.kind(at) == "date":
        moment, after = text.nodes[at].value, at + 1
    else:
        defined = _defined_date(context, index)
        if defined is None:
            return None
        moment, after = defined
    assert isinstance(moment, Moment)
    clock_index = after
    while text.lower(clock_index) in ("at", ",", "by", "before", "latest", "around"):
        clock_index += 1
    if text.kind(clock_index) == "clock":
        clock = text.nodes[clock_index].value
        assert isinstance(clock, Clock)
        return _joined(context, moment, clock, (index, clock_index + 1), draft), clock_index + 1
    return _resolved(context, moment, (index, after), draft), after


def _clock_first(
    context: Context, index: int, draft: Draft | None
) -> tuple[str | None, int] | None:
    """ "5 p.m. on 1 May 2027", "17:00 UTC, 31 December 2026", "6pm"."""
    text = context.text
    clock = text.nodes[index].value
    assert isinstance(clock, Clock)
    after = text.skip(index + 1, ("on", ",", "of", "the", "sharp"))
    if text.kind(after) == "date":
        moment = text.nodes[after].value
        assert isinstance(moment, Moment)
        return _joined(context, moment, clock, (index, after + 1), draft), after + 1
    ask(context, draft, "date", "On which day?", text.span(index, index + 1))
    return None if draft is None else (None, index + 1)


def _defined_date(context: Context, index: int) -> tuple[Moment, int] | None:
    text = context.text
    at = index + 1 if text.lower(index) == "the" else index
    for count in (3, 2, 1):
        term = " ".join(text.lower(at + step) for step in range(count))
        value = context.names.value(term)
        if isinstance(value, Moment):
            return value, at + count
    return None


def ask(context: Context, draft: Draft | None, kind: str, question: str, span: Span,
        suggestions: tuple[str, ...] = (), field: str | None = "deadline") -> None:  # fmt: skip
    """Adds a question to the clause, or to the sentence where no clause began yet."""
    doubt = Doubt(kind, question, span, field, suggestions)
    (draft.doubts if draft is not None else context.doubts).append(doubt)


_OPEN = {
    "order": ("date_order", "Which of the two numbers is the month?"),
    "year": ("date_year", "Of which year is this date?"),
    "week": ("date", "Which date is this?"),
    "zone": ("time_zone", "In which time zone is this time?"),
}


def _resolved(context: Context, moment: Moment, at: Span, draft: Draft | None) -> str | None:
    if moment.missing is not None:
        kind, question = _OPEN[moment.missing]
        ask(context, draft, kind, question, context.text.span(*at), moment.suggestions)
    return moment.iso


def _joined(
    context: Context, moment: Moment, clock: Clock, at: Span, draft: Draft | None
) -> str | None:
    iso = _resolved(context, moment, at, draft)
    if not clock.offset:
        kind, question = _OPEN["zone"]
        ask(context, draft, kind, question, context.text.span(*at), ("+00:00",))
    return with_clock(iso, clock.time, clock.offset) if iso else None


def duration_value(
    context: Context, index: int, draft: Draft | None
) -> tuple[str | None, int] | None:
    """A duration at an index, with the question that business days raise."""
    text = context.text
    index = text.skip(index, ("the", "a", "an", "period", "of", "first", "next", "further"))
    if text.kind(index) == "open_duration":
        ask(context, draft, "duration_range", "How long exactly?", text.span(index, index + 1))
        return None, index + 1
    if text.kind(index) != "duration":
        defined = _defined_duration(context, index)
        if defined is None:
            return None
        duration, after = defined
    else:
        value = text.nodes[index].value
        assert isinstance(value, Duration)
        duration, after = value, index + 1
    if duration.business:
        ask(context, draft, "business_days", _CALENDAR, text.span(index, after),
            calendar_days(duration.iso))  # fmt: skip
    if text.lower(after) in ("period", "term", "window"):
        after += 1
    return duration.iso, after


def _defined_duration(context: Context, index: int) -> tuple[Duration, int] | None:
    text = context.text
    for count in (3, 2, 1):
        value = context.names.value(" ".join(text.lower(index + step) for step in range(count)))
        if isinstance(value, Duration):
            return value, index + count
    return None


WINDOWS = tuple(
    f"{lead} {each}{unit}"
    for lead in ("in", "during", "over", "within")
    for each in (
        "a calendar ",
        "any calendar ",
        "any ",
        "any one ",
        "any given ",
        "the same calendar ",
        "any one calendar ",
        "any policy ",
        "any contract ",
        "any financial ",
        "each policy ",
        "each contract ",
    )
    for unit in ("month", "year", "quarter", "week", "day")
)


def window(context: Context, index: int, draft: Draft) -> int | None:
    """ "for more than an hour in any calendar month": what is added up over a while."""
    text = context.text
    found = text.match_any(index, WINDOWS)
    one = text.lower(index) == "in" and text.kind(index + 1) == "duration" and (
        text.nodes[index + 1].lower.startswith("a ") and draft.conditional
    )  # fmt: skip
    after = found[1] if found is not None else index + 2 if one else None
    if after is None:
        return None
    said = context.words(text.span(index, after))
    ask(context, draft, "window", f"Is it what adds up {said!r} that counts?",
        text.span(index, after), field="conditions")  # fmt: skip
    return after


def recurring(context: Context, index: int, draft: Draft) -> int | None:
    """ "monthly", "per week", "on the first day of each month", "every Monday"."""
    text = context.text
    at = text.skip(index, ("on", "by", "no", "not", "later", "than", "or", "before", "at", "the"))
    if at > index or text.kind(at) == "ordinal":
        after = _day_of_each(context, at, draft)
        if after is not None:
            return after
    for lead in _BEFORE_UNIT.get(text.lower(index), ()):
        start = text.match(index, lead)
        if start is not None and text.kind(start) == "recurrence":
            after = _recurrence_node(context, start, draft)
            if "end of" in lead:
                draft.deadline = draft.recurrence
                draft.deadline_from = unit_name(text.nodes[start])
            return text.match(after, "basis") or after
    return _recurrence_node(context, index, draft) if text.kind(index) == "recurrence" else None


_CALENDAR = "A contract counts all days, holidays too: how many may pass at most?"
_BEFORE_UNIT = {
    "on": ("on a", "on"),
    "at": ("at the end of", "at the start of", "at the beginning of", "at"),
    "by": ("by the end of", "by the start of"),
    "in": ("in",),
    "for": ("for",),
    "once": ("once", "once in"),
}


def unit_name(node: Node) -> str:
    """The unit in words like "each calendar month"."""
    last = node.lower.split()[-1]
    if last in WEEKDAYS:
        return "week"
    return _ADVERB_UNITS.get(last, last.removesuffix("s"))


_ADVERB_UNITS = {"monthly": "month", "weekly": "week", "quarterly": "quarter", "yearly": "year",
                 "annually": "year", "daily": "day"}  # fmt: skip


def _day_of_each(context: Context, index: int, draft: Draft) -> int | None:
    """ "first (business) day of each month", "1st of every month", "last day of each quarter"."""
    text = context.text
    token = Token("ordinal" if text.kind(index) == "ordinal" else "word", text.lower(index),
                  text.lower(index), 0, 0)  # fmt: skip
    ordinal = ordinal_at([token], 0)
    if ordinal is None or index >= len(text):
        return None
    after = index + 1
    if text.lower(after) == "(":
        after += 3
    business = text.lower(after) in ("business", "working", "banking")
    after = text.skip(after, ("business", "working", "banking", "calendar"))
    after = text.skip(after, ("day",))
    ended = text.match_any(after, ("after the end of", "following the end of", "of", "after"))
    if ended is not None and ended[0].endswith("end of") and text.kind(ended[1]) == "recurrence":
        draft.recurrence = str(text.nodes[ended[1]].value)
        draft.deadline = f"P{max(ordinal[0], 1)}D"
        draft.deadline_from = f"{unit_name(text.nodes[ended[1]])} end"
        return ended[1] + 1
    if text.match(after, "of the month") is not None and ordinal[0] > 0 and draft.conditional:
        draft.deadline, draft.deadline_from, draft.time_comparator = (
            f"P{ordinal[0]}D",
            "month",
            "<=",
        )
        return text.match(after, "of the month")
    ends = text.match(after, "of the month")
    if ends is not None and not (ordinal[0] < 0 and (draft.conditional or after == index + 1)):
        draft.recurrence, draft.deadline_from = "P1M", "month"
        draft.deadline = f"P{ordinal[0]}D" if ordinal[0] > 0 else "P1M"
        return ends
    of = text.match(after, "of") or text.match(after, "in")
    if of is None or text.kind(of) != "recurrence" or not text.nodes[of].value:
        return None
    draft.recurrence = str(text.nodes[of].value)
    draft.deadline = draft.recurrence if ordinal[0] < 0 else f"P{ordinal[0]}D"
    draft.deadline_from = unit_name(text.nodes[of])
    if business:
        ask(context, draft, "business_days", _CALENDAR, text.span(index, after),
            calendar_days(draft.deadline))  # fmt: skip
    return of + 1


_LATER = ("thereafter", "after that", "afterwards", "from then on", "from there")
_WHILE_LATE = ("of delay", "of default", "of lateness", "overdue", "late", "of late payment",
               "that it is late", "of late delivery", "of the delay", "outstanding",
               *_LATER)  # fmt: skip
_PART = tuple(
    f"or {each}part {of}"
    for each in ("", "any ", "a ")
    for of in ("thereof", *(f"of a {unit}" for unit in ("day", "week", "month", "year", "hour")))
)


def _recurrence_node(context: Context, index: int, draft: Draft) -> int:
    node = context.text.nodes[index]
    if node.value is None:
        span = context.text.span(index, index + 1)
        ask(context, draft, "recurrence", "Twice in it, or every two of them?", span,
            ("P2W", "P2M"), "recurrence")  # fmt: skip
    else:
        draft.recurrence = str(node.value)
        last = node.lower.split()[-1]
        if last in WEEKDAYS:
            draft.deadline, draft.deadline_from = f"P{WEEKDAYS.index(last) + 1}D", "week"
    after = index + 1
    part = context.text.match_any(after, _PART)
    if part is not None:
        after = part[1]
    late = context.text.match_any(after, _WHILE_LATE)
    vests = draft.group.verb is not None and draft.group.verb.action in ("vest", "release")
    if late is not None and (late[0] not in _LATER or (vests and draft.cliff)):
        if late[0] not in _LATER:
            draft.delayed = context.text.span(index, late[1])
        return late[1]
    paid = context.text.match_any(after, ("in arrears", "in advance", "in arrear"))
    return paid[1] if paid else after


def is_time(context: Context, index: int) -> bool:
    """Whether a date, a time or a duration stands at an index."""
    at = context.text.skip(index, ("the", "a"))
    return context.text.kind(at) in ("date", "clock", "duration", "open_duration") or (
        _defined_date(context, index) is not None
    )


def side_of(lead: str) -> Comparator:
    """On which side of a named time the words before it put an act."""
    if lead in ("by", "no later than", "not later than", "on or before"):
        return "<="
    if lead in ("before", "until", "prior to"):
        return "<"
    beginning: Comparator = ">=" if lead in FROM_NAMED else "="
    return ">" if lead in ("after", "following") else beginning
