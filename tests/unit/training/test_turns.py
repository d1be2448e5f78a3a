"""A certificate is brought in time, also if all who can be faulty come first and hold it back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assay.training.use_cases.duty import turn_s


@given(
    st.integers(1, 30 * 86_400),
    st.just(0.0) | st.floats(1e-9, 1),
    st.integers(min_value=0, max_value=10),
)
def test_the_first_that_can_not_be_faulty_has_half_of_the_time_left(
    certify_s: int, part_left: float, faults: int
) -> None:
    left_s = part_left * certify_s

    each_s = turn_s(certify_s, left_s, faults)

    assert faults * each_s <= left_s / 2 * (1 + 1e-9)
    assert each_s <= certify_s / 8
