"""Consent by a date: what comes later counts for nothing, and what came in time can be paid."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.clauses.duties import duties
from assay.authoring.program.model import Require
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

TREASURY = (
    "The treasury deposits 9,000 USDC in the contract. If two of the three directors approve {by} "
    "1 June 2027, the contract pays the builder 9,000 USDC. Otherwise the money goes back to the "
    "treasury after 1 June 2027."
)
WAYS = ("by", "on or before", "no later than")


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            f"Treasury{number}": lambda by=by: as_suggested(TREASURY.format(by=by))
            for number, by in enumerate(WAYS)
        }
    )


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_its_clauses_are_kept_by_both_targets(number: int, written: dict[str, Written]) -> None:
    assert_kept(written[f"Treasury{number}"])


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_the_date_ends_the_time_for_consent_and_begins_nothing(
    number: int, written: dict[str, Written]
) -> None:
    program = written[f"Treasury{number}"].composition.program
    pay = next(one for one in program.functions if one.name == "payToBuilder")

    errors = [one.error for one in pay.body if isinstance(one, Require)]
    assert "TooLate" in errors
    assert "TooEarly" not in errors


def test_without_consent_by_then_it_goes_back(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Treasury0"],
        (
            ("2027-05-01", "treasury", "treasuryDeposit"),
            ("2027-06-01", "treasury", "returnToTreasury"),
            ("2027-06-03", "builder", "payToBuilder"),
            ("2027-06-03", "treasury", "returnToTreasury"),
        ),
    )

    assert ended == ["", "TooEarly", "NotApproved", ""]
    assert gained["builder"] == 0


def test_a_date_on_which_it_is_paid_stays_one() -> None:
    read = as_suggested(
        "The treasury deposits 9,000 USDC in the contract. On 1 June 2027 the contract pays the "
        "builder 9,000 USDC if two of the three directors approve."
    )

    (pay,) = [one for _, one in duties(read) if one.action == "pay"]
    assert pay.deadline == "2027-06-01"
