"""Whether a time beside a failure is how long it lasts, and not by when the act was to be done."""

from __future__ import annotations

from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition

_DUE = frozenset({"due date", "due", "payment date", "到期日", "到期", "应付日", "付款日"})


def is_delay(condition: Condition) -> bool:
    """Whether it is a delay of more than so long, and not a time to do something by."""
    lasting = condition.kind == "breach" and is_duration(condition.value or "")
    longer = condition.comparator in (">", ">=") and condition.subject is None
    # "Not paid within 5 days of the due date" is paid more than 5 days late.
    overdue = condition.comparator in ("<", "<=") and condition.subject in _DUE
    return lasting and (longer or overdue)
