"""Fees of replacements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assay.chain.fees import Fees

PRICE = st.integers(0, 10**15)


@given(PRICE, PRICE, PRICE, PRICE)
def test_a_replacement_pays_an_eighth_more_and_no_less_than_the_market(
    maximum: int, priority: int, market_maximum: int, market_priority: int
) -> None:
    raised = Fees(maximum, priority).raised(Fees(market_maximum, market_priority))

    assert 1000 * raised.maximum >= 1125 * maximum
    assert 1000 * raised.priority >= 1125 * priority
    assert raised.maximum >= max(market_maximum, maximum + 1)
    assert raised.priority >= max(market_priority, priority + 1)
