"""Whether the contract acts so long after an act, or at any time up to then.

"60 days after delivery" and "within 60 days after delivery" have one deadline and one event; for a
party both say by when it must act. The contract acts at that time, and not before: only where the
words give it the time up to then may it act at once.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.moments import is_duration
from assay.authoring.language.dates import later
from assay.authoring.model import Condition, Obligation, Specification

_AFTER = re.compile(
    r"(?P<lead>\b(?:within|in|by|up\s+to|at\s+most|inside|during|for|before|until|latest"
    r"|less\s+than|fewer\s+than|(?:no|not)\s+(?:later|more)\s+than)\s+"
    r"(?:the\s+|a\s+(?:period|maximum)\s+of\s+)?)?"
    r"\b[\w-]+(?:\s*\(\w+\))?\s+(?:full\s+|calendar\s+|business\s+|working\s+)?"
    r"(?:hours?|days?|weeks?|months?|years?)['’]?\s+(?:after|following|from|since|of)\b",
    re.IGNORECASE,
)
_WITHIN_CHINESE = re.compile(r"(?:日|天|周|月|年|小时|星期|季度)之?(?:内|以内)")
_AFTER_CHINESE = re.compile(
    r"[满第][\d一二三四五六七八九十百两半]+\s*个?(?:日|天|周|月|年|小时|星期)"
    r"|[\d一二三四五六七八九十百两半]\s*个?(?:自然)?(?:日|天|周|月|年|小时|星期)(?:之|以)?后"
)
_SENTENCE_ENDS = ".;。;\n"


def waits_out(specification: Specification, duty: Obligation) -> bool:
    """Whether the contract has to wait until the end of a time that counts from an act."""
    counts = any(one.kind in ("event", "oracle") or _is_over(one) for one in duty.conditions)
    if duty.deadline is None or not is_duration(duty.deadline) or not counts:
        return False
    words = _sentence(specification, duty)
    if specification.language == "zh":
        return not _WITHIN_CHINESE.search(words) and bool(_AFTER_CHINESE.search(words))
    found = list(_AFTER.finditer(words))
    latest = "at the latest" in words.casefold()
    return bool(found) and not latest and all(one["lead"] is None for one in found)


def from_the_time(specification: Specification, duty: Obligation) -> Obligation:
    """So long after a date, and not after the contract began: "30 days after the lease ends"."""
    dates = [one for one in duty.conditions if _is_over(one)]
    counted = duty.deadline is not None and duty.deadline_from is None and len(dates) == 1
    if (
        duty.actor != "contract"
        or not counted
        or any(one.kind == "event" for one in duty.conditions)
    ):
        return duty
    length = _LENGTH.fullmatch(str(duty.deadline))
    if length is None:
        return duty
    (date,) = dates
    after = later(str(date.value), int(length[1]), length[2])
    if not waits_out(specification, duty) or after is None:
        return duty.model_copy(update={"deadline": None})
    moved = date.model_copy(update={"value": after})
    conditions = tuple(moved if one is date else one for one in duty.conditions)
    return duty.model_copy(update={"conditions": conditions, "deadline": None})


_LENGTH = re.compile(r"P(\d+)([YMWD])")


def _is_over(one: Condition) -> bool:
    """Whether it is that a day is past."""
    past = one.kind == "time" and one.comparator in (">", ">=") and not one.negated
    return past and re.fullmatch(r"\d{4}-\d\d-\d\d", one.value or "") is not None


def _sentence(specification: Specification, duty: Obligation) -> str:
    """The words of a duty, with what stands before it in its sentence."""
    text, (start, end) = specification.text, duty.span
    begun = max(text.rfind(sign, 0, start) for sign in _SENTENCE_ENDS) + 1
    return text[begun:end]
