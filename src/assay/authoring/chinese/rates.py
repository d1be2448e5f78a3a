"""Rates of interest, and the time that their names say they are for: 年利率8%, 月息1%.

>>> period_of_rate("借款年利率")
'P1Y'
"""

from __future__ import annotations

RATES = ("利率", "年息", "月息", "日息", "年化", "年化收益率", "罚息率")
_PERIODS = {"年": "P1Y", "月": "P1M", "日": "P1D"}


def period_of_rate(name: str) -> str | None:
    """A year for 年利率 and 借款年利率; None where the name is no rate's, or says no time."""
    if not name.endswith(RATES):
        return None
    said = [iso for word, iso in _PERIODS.items() if word in name]
    return said[0] if len(said) == 1 else None
