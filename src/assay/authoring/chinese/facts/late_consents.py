"""Consents that were not given by a date: 客户未在6月30日前批准设计的, told as a late act."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.model import Condition, Obligation


def with_late_consents(obligations: Sequence[Obligation]) -> list[Obligation]:
    """The same, where a missing consent and the time it was due by are one condition."""
    return [_late(one) for one in obligations]


def _late(one: Obligation) -> Obligation:
    missing = [it for it in one.conditions if _is_missing(it)]
    limits = [it for it in one.conditions if it.kind == "time" and it.comparator in ("<", "<=")]
    if len(missing) != 1 or len(limits) != 1 or one.modality == "must_not":
        return one
    (consent,), (limit,) = missing, limits
    breach = Condition(
        kind="breach", text=consent.text, span=consent.span, actor=consent.subject,
        action="approve", comparator=limit.comparator, value=limit.value, subject=limit.subject,
    )  # fmt: skip
    conditions = tuple(breach if it is consent else it for it in one.conditions if it is not limit)
    return one.model_copy(update={"conditions": conditions})


def _is_missing(one: Condition) -> bool:
    return one.kind == "approval" and one.negated and one.value is None
