"""Conditions that say again what another of the same clause has said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.authoring.model import Condition


def without_repeated(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Each condition once, without those that only point back to another."""
    kept = tuple(dict.fromkeys(conditions))
    return tuple(one for at, one in enumerate(kept) if not _said_before(one, kept[:at]))


def _said_before(one: Condition, before: Sequence[Condition]) -> bool:
    """Whether "such acceptance" only points to an act that a condition has told already."""
    bare = one.kind == "event" and not (one.negated or one.amount or one.actor or one.value)
    return bare and _POINTING.search(one.text) is not None and any(
        (other.kind, other.action, other.negated) == (one.kind, one.action, False)
        and one.asset in (None, other.asset)
        for other in before
    )  # fmt: skip


_POINTING = re.compile(r"\b(?:such|the|that|this)\b", re.IGNORECASE)
