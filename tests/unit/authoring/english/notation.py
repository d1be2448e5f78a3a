"""Obligations on one line, so that a table of sentences stays readable.

`buyer must pay 5000 USDC -> seller; by P30D; if event deliver; else ...`: parts that are empty are
left out, and `_` stands for an actor or action that nobody names.
"""

from assay.authoring.model import Condition, Obligation


def written(obligation: Obligation) -> str:
    """An obligation in the notation."""
    one = obligation
    modal = {"must": "must", "may": "may", "must_not": "must not"}[one.modality]
    bound = {"exact": "", "most": "<=", "least": ">="}[one.limit]
    what = f"{bound}{one.amount or ''} {one.asset or ''}".strip()
    parts = [f"{one.actor or '_'} {modal} {one.action or '_'} {what}".strip()]
    parts[0] += f" of {one.share_of}" if one.share_of else ""
    parts[0] += f" -> {one.recipient}" if one.recipient else ""
    if one.deadline:
        parts.append(
            f"by {one.deadline}" + (f" from {one.deadline_from}" if one.deadline_from else "")
        )
    if one.recurrence:
        parts.append(
            f"every {one.recurrence}" + (f" x{one.occurrences}" if one.occurrences else "")
        )
    if one.spread:
        parts.append("spread")
    parts += [f"if {_condition(condition)}" for condition in one.conditions]
    if one.otherwise is not None:
        parts.append(f"else {written(one.otherwise)}")
    return "; ".join(parts)


def _condition(condition: Condition) -> str:
    one = condition
    words = [
        "not" if one.negated else "",
        one.kind,
        one.actor or "",
        one.action or "",
        one.amount or "",
        one.subject or "",
        one.comparator or "",
        one.value or "",
        f"of {one.total}" if one.total else "",
        one.asset or "",
        f"-> {one.recipient}" if one.recipient else "",
    ]
    return " ".join(word for word in words if word)
