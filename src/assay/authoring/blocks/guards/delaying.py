"""When what is due is late: how long a failure lasts, and whether a series falls due at once."""

from __future__ import annotations

from assay.authoring.blocks.moments import is_duration
from assay.authoring.model import Condition, Obligation

_DUE = frozenset({"due date", "due", "payment date", "到期日", "到期", "应付日", "付款日"})


def is_delay(condition: Condition) -> bool:
    """Whether it is a delay of more than so long, and not a time to do something by."""
    lasting = condition.kind == "breach" and is_duration(condition.value or "")
    longer = condition.comparator in (">", ">=") and condition.subject in (None, *_DUE)
    # "Not paid within 5 days of the due date" is paid more than 5 days late.
    overdue = condition.comparator in ("<", "<=") and condition.subject in _DUE
    return lasting and (longer or overdue)


_FALLS_DUE = ("due", "payable", "到期", "应付")
_FIRST = ("the first", "with the first", "first ", "首期", "首笔", "第一期", "第一笔")
"""How a day is named on which the first of them is paid, and not where its period begins."""


def falls_due_at_once(duty: Obligation) -> bool:
    """Whether each of a series is due on the day on which its period begins.

    "In monthly instalments, the first of which falls due on 1 May", "the first on 1 May"; "starting
    on 1 May" leaves the period to pay in.
    """
    return duty.deadline is None and any(
        one.kind == "time"
        and one.comparator == ">="
        and not is_duration(one.value or "P")
        and (
            any(word in one.text.casefold() for word in _FALLS_DUE)
            or one.text.casefold().startswith(_FIRST)
        )
        for one in duty.conditions
    )
