"""Conditions that come true again and again, where what happened is recorded once.

    refuse_each_time(specification, duty, condition)

"Every time Ben delivers milk, Ann pays 5 USDC" would be paid once for all deliveries.
"""

from __future__ import annotations

import re

from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.model import Condition, Obligation, Specification

_AGAIN = re.compile(
    r"\W*(?:whenever|(?:every|each) time\b)|[^每]{0,9}每[当逢次]", re.IGNORECASE
)  # fmt: skip
_FOR_EACH = re.compile(
    r"\W*(?:for|on|upon|with|after) (?:every|each)\b|每(?![年月日天周季个])", re.IGNORECASE
)
_BEFORE = 2
"""每当 stands before the words of its condition."""


def refuse_each_time(specification: Specification, duty: Obligation, condition: Condition) -> None:
    """Refuses a duty that is owed again whenever a condition comes true.

    Raises:
        NotBuildable: it is, and nothing says how often.
    """
    if duty.recurrence is not None or condition.negated:
        return
    start, end = condition.span or (0, 0)
    led = specification.text[max(0, start - _BEFORE) : end]
    again = _AGAIN.match(condition.text) or _AGAIN.match(led)
    each = condition.kind == "event" and _FOR_EACH.match(condition.text)
    if condition.kind in ("event", "breach", "oracle") and (again or each):
        raise NotBuildable(
            condition.text,
            "it is due again each time, and what is done is recorded once",
            hint="Write how often and how much in all, or a clause for each time.",
        )
