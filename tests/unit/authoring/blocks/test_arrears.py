"""Overdue rent comes out of the deposit: as much as is overdue, once, and the rest goes back."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.program.model import Let
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

RENT = (
    "The Tenant pays the Landlord 800 USDC on the first day of each month from 1 January 2027, for "
    "twelve months. "
)
DEPOSIT = "The Tenant deposits 2,000 USDC in the contract by 1 January 2027. "
DEDUCTED = (
    "The Landlord may deduct unpaid rent from the deposit. After 31 December 2027 the contract "
    "returns the rest of the deposit to the Tenant."
)
PAY_IN, PAY = ("2026-12-30", "tenant", "tenantDeposit"), "tenantPayToLandlord"
TAKE, BACK = "landlordKeep", "returnToTenant"


@pytest.fixture(scope="module")
def lease() -> Written:
    return write_all({"Lease": lambda: read_agreement(RENT + DEPOSIT + DEDUCTED)})["Lease"]


def test_its_clauses_are_kept_by_both_targets(lease: Written) -> None:
    assert_kept(lease)


def test_nothing_is_taken_while_nothing_is_overdue(lease: Written) -> None:
    ended, gained = play(
        lease,
        (
            PAY_IN,
            ("2027-01-01", "tenant", PAY),
            ("2027-01-20", "landlord", TAKE),
            ("2027-02-03", "tenant", TAKE),
            ("2027-02-03", "landlord", BACK),
        ),
    )

    assert ended == ["", "", "NothingOwed", "NotAllowed", "TooEarly"]
    assert gained["landlord"] == 800


def test_what_was_taken_counts_as_paid_and_is_never_owed_again(lease: Written) -> None:
    ended, gained = play(
        lease,
        (
            PAY_IN,
            # Three payments are overdue, of which the deposit covers two and a half.
            ("2027-03-10", "landlord", TAKE),
            ("2027-03-11", "landlord", TAKE),
            ("2027-03-12", "tenant", PAY),
            ("2027-03-13", "tenant", PAY),
        ),
    )

    assert ended == ["", "", "NothingOwed", "", "TooEarly"]
    assert gained == {"tenant": -2_400, "landlord": 2_400}


def test_who_gives_back_first_takes_nothing_from_the_landlord(lease: Written) -> None:
    paid = [(f"2027-{month:02}-03", "tenant", PAY) for month in range(1, 12)]

    ended, gained = play(lease, (PAY_IN, *paid, ("2028-01-02", "tenant", BACK)))

    assert set(ended) == {""}
    assert gained == {"tenant": -9_600, "landlord": 9_600}


def test_all_of_it_goes_back_where_all_was_paid(lease: Written) -> None:
    paid = [(f"2027-{month:02}-03", "tenant", PAY) for month in range(1, 13)]

    ended, gained = play(
        lease,
        (
            PAY_IN,
            *paid,
            ("2028-01-02", "landlord", TAKE),
            ("2028-01-02", "landlord", BACK),
            ("2028-01-03", "landlord", TAKE),
        ),
    )

    assert ended[-3:] == ["NothingOwed", "", "NothingOwed"]
    assert gained == {"tenant": -9_600, "landlord": 9_600}


@pytest.mark.parametrize(
    "text",
    [
        DEPOSIT + DEDUCTED,
        RENT.replace(", for twelve months", " until the lease ends") + DEPOSIT + DEDUCTED,
    ],
)
def test_a_debt_that_no_contract_can_count_is_refused(text: str) -> None:
    read = read_agreement(text)

    with pytest.raises(NotBuildable, match="no series of payments"):
        compose(read.model_copy(update={"questions": ()}), BLOCKS, name="Lease")


@pytest.mark.parametrize("less", [" less any unpaid rent", ", minus unpaid rent"])
def test_a_deduction_of_unpaid_rent_is_counted_and_not_asked(less: str) -> None:
    text = f"After 31 December 2027 the contract returns the deposit to the Tenant{less}."

    read = read_agreement(RENT + DEPOSIT + text)

    assert not read.questions
    program = compose(read, BLOCKS, name="Lease").program
    assert {"overdue", "taken", "back"} <= {
        one.name for one in program.function(BACK).body if isinstance(one, Let)
    }


def test_a_deduction_that_nobody_can_count_is_asked() -> None:
    text = "After 31 December 2027 the contract returns the deposit to the Tenant less any damage."

    read = read_agreement(RENT + DEPOSIT + text)

    asked = {one.kind: one for one in read.questions}["deduction"]
    with pytest.raises(AnswerUnfit, match="write it into the agreement"):
        read_agreement(RENT + DEPOSIT + text, answers={asked.id: "at most 300 USDC"})
    aside = read_agreement(RENT + DEPOSIT + text, answers={asked.id: "no duty"})
    assert "deduction" not in {one.kind for one in aside.questions}
