"""Rates of interest, and the time that their names say they are for: 年利率8%, 月息1%.

>>> period_of_rate("借款年利率")
'P1Y'
"""

from __future__ import annotations

from dataclasses import replace

from assay.authoring.chinese.acts.drafts import Draft
from assay.authoring.chinese.conditions.timing import Timing
from assay.authoring.chinese.context import Context

RATES = ("利率", "年息", "月息", "日息", "年化", "年化收益率", "罚息率")
_PERIODS = {"年": "P1Y", "月": "P1M", "日": "P1D"}


def period_of_rate(name: str) -> str | None:
    """A year for 年利率 and 借款年利率; None where the name is no rate's, or says no time."""
    if not name.endswith(RATES):
        return None
    said = [iso for word, iso in _PERIODS.items() if word in name]
    return said[0] if len(said) == 1 else None


def owe_rate(draft: Draft, timing: Timing, context: Context) -> None:
    """支付年利率8%的利息: so much each year; with another rhythm it is refused."""
    quantity = draft.quantity
    name = quantity.share_of if quantity is not None else None
    if quantity is None or quantity.asset != "%" or not (name or "").endswith(RATES):
        return
    if f"{name}的" in context.words(draft.predicate.tokens):
        return
    period = period_of_rate(name or "")
    draft.quantity = replace(quantity, share_of=None)
    if period is not None and timing.recurrence not in {None, period}:
        context.reject(draft.predicate.tokens, "a rate for one time is due at another")
    timing.recurrence = timing.recurrence or period
