"""A lease with a term: how often rent is due, and when the security goes back."""

from __future__ import annotations

import pytest

from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

LEASE = (
    "The lease runs for 12 months from 1 April 2027. The tenant deposits 2,000 USDC in the "
    "contract by 1 April 2027. The tenant pays the landlord 1,000 USDC each month. The tenant may "
    "terminate the lease by giving 60 days' notice. "
)
WITHIN = "Within 30 days after the end of the lease the contract returns the deposit to the tenant."
AFTER = "The contract returns the deposit to the tenant 30 days after the end of the lease."
BACK, PUT = "returnToTenant", ("2027-03-20", "tenant", "tenantDeposit")


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Within": lambda: as_suggested(LEASE + WITHIN),
            "After": lambda: as_suggested(LEASE + AFTER),
        }
    )


@pytest.mark.parametrize("name", ["Within", "After"])
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    # That the term ends has no function of its own.
    assert_kept(written[name], frozenset({0}))


def test_so_long_after_the_end_counts_from_the_end(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["After"],
        (PUT, ("2028-04-29", "tenant", BACK), ("2028-05-01", "tenant", BACK)),
    )

    assert ended == ["", "TooEarly", ""]


def test_within_so_long_the_security_goes_back_from_the_end_on(
    written: dict[str, Written],
) -> None:
    ended, _ = play(
        written["Within"],
        (PUT, ("2028-03-30", "tenant", BACK), ("2028-04-01", "tenant", BACK)),
    )

    assert ended == ["", "TooEarly", ""]


def test_a_notice_moves_the_day_of_the_security(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["After"],
        (
            PUT,
            ("2027-06-01", "tenant", "tenantGiveNotice"),
            ("2027-08-01", "tenant", BACK),
            ("2027-09-01", "tenant", BACK),
        ),
    )

    assert ended == ["", "", "TooEarly", ""]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("租期12个月。承租人每月向出租人支付1000 USDC。", 12),
        ("租期2年。承租人每季度向出租人支付1000 USDC。", 8),
        ("The tenant pays the landlord 100 USDC each month within 10 days.", None),
    ],
)
def test_a_length_of_several_periods_is_how_often_it_is_paid(text: str, times: int | None) -> None:
    (rent,) = read_agreement(text).obligations

    assert rent.occurrences == times
    assert (rent.deadline is None) == (times is not None)
