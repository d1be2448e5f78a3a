"""Shares of those who decide: "two thirds of the votes" stands as 2 of 3, but of no three people.

Where their number is known, what the share comes to is counted, and the comparator is "=".
"""

from __future__ import annotations

import re

from assay.authoring.model import Condition

COUNTED = "="
_FRACTION = re.compile(
    r"\b(?:one|two|three|four|five)[\s-]+(?:third|quarter|fourth|fifth|sixth)s?\b"
    r"|\b[1-9]\s?/\s?[2-9]\b|分之",
    re.IGNORECASE,
)


def is_fraction(condition: Condition) -> bool:
    """Whether an approval asks for a share of however many there are.

    >>> two = dict(kind="approval", value="2", total=3, subject="member")
    >>> is_fraction(Condition(text="if two thirds of the members approve", **two))
    True
    >>> is_fraction(Condition(text="if two of the three members approve", **two))
    False
    """
    share = condition.total is not None and (condition.value or "").isdecimal()
    open_ = condition.comparator != COUNTED
    return share and open_ and _FRACTION.search(condition.text) is not None


def counted(condition: Condition, members: int) -> Condition:
    """The same for a known number of members: two thirds of 10 are 7, more than half of 4 are 3."""
    value = (condition.value or "").removesuffix("%")
    whole = 100 if (condition.value or "").endswith("%") else condition.total or 1
    over = condition.comparator == ">"
    needed = int(value) * members // whole + 1 if over else -(-int(value) * members // whole)
    update = {"value": str(needed), "total": members, "comparator": COUNTED}
    return condition.model_copy(update=update)
