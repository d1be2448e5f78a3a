"""The last day of what is to be done before a day: "before 1 March" ends with 28 February.

with_last_days(specification)

"By", "on or before" and "until" a day let it be done on that day as well. So does 3月1日前 or 之前,
as usage has it (a tax that is due 15日前 is in time on the 15th): the failure is told of the day
after.
"""

from __future__ import annotations

import re
from datetime import date

from assay.authoring.language.dates import later
from assay.authoring.model import Condition, Obligation, Specification

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_BEFORE = re.compile(
    r"(?<!or )(?<!than )\bbefore\s+(?:the\s+)?(?P<day>[^.;\n]{1,40})", re.IGNORECASE
)
_EXCLUDED = re.compile(r"前?[((](?:不含|不包括)(?:当日|当天|本日|该日)[))]|(?:早于)")


def with_last_days(specification: Specification) -> Specification:
    """The same, with the last day on which each thing may be done as its deadline."""
    obligations = tuple(_dated(specification, one) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _dated(specification: Specification, one: Obligation) -> Obligation:
    update = {
        "deadline": one.deadline,
        "conditions": tuple(_condition(specification, each) for each in one.conditions),
        "otherwise": one.otherwise and _dated(specification, one.otherwise),
    }
    if _is_day(one.deadline) and _is_before(specification, one.span, str(one.deadline)):
        update["deadline"] = _day_before(str(one.deadline))
    return one.model_copy(update=update)


def _condition(specification: Specification, one: Condition) -> Condition:
    """A failure to do it in time, and that it was done in time, by its last day."""
    if one.kind not in ("breach", "event") or one.comparator != "<" or not _is_day(one.value):
        return one
    last = str(one.value)
    if specification.language == "en" or _EXCLUDED.search(one.text):
        last = _day_before(last)
    return one.model_copy(update={"comparator": "<=", "value": last})


def _is_before(specification: Specification, span: tuple[int, int], day: str) -> bool:
    """Whether the words of the sentence say that the day itself is too late."""
    start = max(specification.text.rfind(mark, 0, span[0]) for mark in ("\n", ". ", ";", "。")) + 1
    if specification.language == "zh":
        return _EXCLUDED.search(specification.text, start, span[1]) is not None
    behind = re.compile(r"[.;\n]").search(specification.text, span[1])
    sentence = specification.text[start : behind.start() if behind else len(specification.text)]
    return any(
        _names(found["day"], date.fromisoformat(day)) for found in _BEFORE.finditer(sentence)
    )


def _names(words: str, day: date) -> bool:
    """Whether words begin with a day, in figures or with the name of its month."""
    told = words.casefold()
    if told.startswith(day.isoformat()):
        return True
    month = rf"{_MONTHS[day.month - 1][:3]}[a-z]*\.?"
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    spelt = rf"(?:{number}\s+(?:day\s+)?(?:of\s+)?{month}|{month}\s+(?:the\s+)?{number})\b"
    return re.match(spelt, told) is not None


def _is_day(text: str | None) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text or "") is not None


def _day_before(day: str) -> str:
    return later(day, 0, "D", days=-1) or day
