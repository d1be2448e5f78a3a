import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.amount import format_amount, parse_amount
from assay.errors import InputError


@given(st.integers(0, 2**256 - 1), st.integers(0, 18))
def test_an_amount_is_read_back_as_it_was_written(units: int, decimals: int) -> None:
    assert parse_amount(format_amount(units, decimals=decimals), decimals=decimals) == units


@pytest.mark.parametrize(
    "text", ["", "-1", "1e400", "nan", "inf", "0.0000001", "1,5", "0x10", str(2**256)]
)
def test_what_is_no_amount_of_a_token_with_six_decimals_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_amount(text, decimals=6)
