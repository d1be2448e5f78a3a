"""Notice ends an agreement once: what falls due later is not owed, and the security goes back."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.describing.describing import describe
from assay.authoring.model import Specification
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import Turn, play

RENT = (
    "The Tenant shall pay the Landlord 500 USDC on the first day of each month for 12 months, "
    "starting on 1 January 2027. "
)
DEPOSIT = "The Tenant pays a deposit of 1,000 USDC into the contract before 1 January 2027. "
DEDUCTED = "The Landlord may deduct unpaid rent from the deposit. "
EITHER = "Either party may terminate this lease on 30 days' notice. "
BACK_ON = "The contract shall return the deposit to the Tenant on {date}."
LEASE = RENT + DEPOSIT + EITHER + DEDUCTED + BACK_ON.format(date="31 December 2027")
HELD_LONGER = RENT + DEPOSIT + EITHER + DEDUCTED + BACK_ON.format(date="30 January 2028")
OPEN = (
    "The Tenant shall pay the Landlord 900 USDC per month. The Tenant deposits 1,800 USDC in the "
    "contract on signing. Unpaid rent may be deducted from the deposit by the Landlord. The "
    "Landlord or the Tenant may terminate the lease by giving the other at least 60 days' written "
    "notice. After termination of the lease the contract returns the rest of the deposit to the "
    "Tenant."
)
RETAINER = (
    "The Customer pays the Agency 3,000 USDC per month for 24 months, starting on 1 January 2027. "
    "If a payment is late, the Customer pays the Agency 30 USDC for each week of delay. The "
    "Customer may terminate the agreement at any time with 30 days' notice to the Agency. The "
    "Agency may terminate the agreement if a payment is more than 30 days late."
)
LEASE_IN_CHINESE = (
    "租客每月1日前向房东支付租金800 USDC，租期自2027年3月1日起至2028年2月29日止。"
    "租客于2027年3月1日前向合约存入押金1600 USDC。任何一方可提前30日书面通知对方解除本合同。"
    "租客拖欠租金的，房东可从押金中扣除欠缴的租金。租期届满后，合约将剩余押金退还租客。"
)
PAY_IN: Turn = ("2026-12-30", "tenant", "tenantPay")
PAY, TAKE, BACK = "tenantPayToLandlord", "landlordKeep", "returnToTenant"
TENANT_ENDS, LANDLORD_ENDS = "tenantGiveNotice", "landlordGiveNotice"
PAID: tuple[Turn, ...] = (
    PAY_IN,
    ("2027-01-01", "tenant", PAY),
    ("2027-02-01", "tenant", PAY),
)


def chinese_lease() -> Specification:
    read = read_agreement(LEASE_IN_CHINESE)
    (question,) = read.questions
    return answer(read, {question.id: "2028-02-29"})


@pytest.fixture(scope="module")
def built() -> dict[str, Written]:
    return write_all(
        {
            "Lease": lambda: read_agreement(LEASE),
            "Longer": lambda: read_agreement(HELD_LONGER),
            "Open": lambda: read_agreement(OPEN),
            "Retainer": lambda: read_agreement(RETAINER),
            "Zufang": chinese_lease,
        }
    )


@pytest.mark.parametrize("name", ["Lease", "Longer", "Open", "Retainer"])
def test_its_clauses_are_kept_by_both_targets(built: dict[str, Written], name: str) -> None:
    assert_kept(built[name])


def test_a_chinese_lease_is_kept_but_for_the_term_that_time_ends(
    built: dict[str, Written],
) -> None:
    one = built["Zufang"]
    term = len(one.specification.obligations) - 1

    assert_kept(one, frozenset({term}))
    assert {"tenantGiveNotice", "landlordGiveNotice"} <= {
        function.name for function in one.composition.program.functions
    }


def test_what_falls_due_after_the_end_is_neither_owed_nor_taken(
    built: dict[str, Written],
) -> None:
    ended, gained = play(
        built["Lease"],
        (
            *PAID,
            ("2027-03-01", "tenant", PAY),
            ("2027-03-10", "tenant", TENANT_ENDS),
            ("2027-04-01", "tenant", PAY),
            ("2027-04-08", "landlord", BACK),
            ("2027-05-01", "tenant", PAY),
            ("2027-09-01", "landlord", TAKE),
            ("2027-09-01", "landlord", BACK),
        ),
    )

    assert ended == [""] * 6 + ["TooEarly", "Ended", "NothingOwed", ""]
    assert gained == {"tenant": -2_000, "landlord": 2_000}


@pytest.mark.parametrize("first", [TAKE, BACK])
def test_arrears_until_the_end_come_out_of_the_deposit_in_any_order(
    built: dict[str, Written], first: str
) -> None:
    second = BACK if first == TAKE else TAKE
    ended, gained = play(
        built["Lease"],
        (
            *PAID,
            ("2027-03-10", "tenant", TENANT_ENDS),
            ("2027-07-01", "landlord", first),
            ("2027-07-02", "landlord", second),
        ),
    )

    # March and April fell due before the end on 9 April, and take the whole deposit.
    assert ended[:5] == [""] * 5
    assert gained == {"tenant": -2_000, "landlord": 2_000}


def test_a_claim_before_the_notice_and_the_rest_after_it(built: dict[str, Written]) -> None:
    ended, gained = play(
        built["Lease"],
        (
            *PAID,
            ("2027-03-09", "landlord", TAKE),
            ("2027-03-10", "landlord", LANDLORD_ENDS),
            ("2027-04-03", "tenant", PAY),
            ("2027-04-10", "tenant", BACK),
            ("2027-04-10", "landlord", TAKE),
        ),
    )

    assert ended == [""] * 7 + ["NothingOwed"]
    assert gained == {"tenant": -2_000, "landlord": 2_000}


@pytest.mark.parametrize(
    ("when", "who"),
    [("2027-03-11", "tenant"), ("2027-03-12", "landlord"), ("2027-06-01", "landlord")],
)
def test_no_second_notice_moves_the_end(built: dict[str, Written], when: str, who: str) -> None:
    ended, gained = play(
        built["Lease"],
        (
            *PAID,
            ("2027-03-10", "tenant", TENANT_ENDS),
            (when, who, f"{who}GiveNotice"),
            ("2027-06-02", "tenant", BACK),
        ),
    )

    assert ended[-3:] == ["", "EndsByThen", ""]
    assert gained == {"tenant": -2_000, "landlord": 2_000}


@pytest.mark.parametrize("when", ["2027-12-02", "2027-12-31", "2028-02-01"])
def test_a_notice_that_comes_to_nothing_is_refused(built: dict[str, Written], when: str) -> None:
    ended, _ = play(built["Lease"], (PAY_IN, (when, "landlord", LANDLORD_ENDS)))

    assert ended == ["", "EndsByThen"]


def test_nobody_ends_it_for_another(built: dict[str, Written]) -> None:
    ended, _ = play(
        built["Retainer"],
        (
            ("2027-01-02", "agency", "customerGiveNotice"),
            ("2027-01-03", "agency", "agencyTerminateAgreement"),
            ("2027-03-03", "customer", "agencyTerminateAgreement"),
            ("2027-03-04", "agency", "agencyTerminateAgreement"),
            ("2027-03-05", "customer", "customerGiveNotice"),
        ),
    )

    assert ended == ["NotAllowed", "TooEarly", "NotAllowed", "", "EndsByThen"]


def test_late_payments_before_the_end_still_bring_their_fee(built: dict[str, Written]) -> None:
    ended, gained = play(
        built["Retainer"],
        (
            ("2027-01-15", "customer", "customerGiveNotice"),
            # January fell due at its end, and February never does.
            ("2027-02-20", "customer", "customerPayToAgency"),
            ("2027-02-21", "customer", "customerPayToAgency"),
        ),
    )

    assert ended == ["", "", "Ended"]
    assert gained == {"customer": -3_060, "agency": 3_060}


def test_a_security_is_held_as_long_after_the_end_as_was_agreed(
    built: dict[str, Written],
) -> None:
    ended, _ = play(
        built["Longer"],
        (
            *PAID,
            ("2027-03-10", "tenant", TENANT_ENDS),
            ("2027-05-08", "tenant", BACK),
            ("2027-05-10", "tenant", BACK),
        ),
    )

    assert ended[-2:] == ["TooEarly", ""]


def test_a_deposit_that_waits_for_the_end_goes_back_then_and_not_at_the_notice(
    built: dict[str, Written],
) -> None:
    ended, _ = play(
        built["Open"],
        (
            ("2027-01-01", "tenant", "tenantDeposit"),
            ("2027-01-02", "landlord", BACK),
            ("2027-01-03", "landlord", LANDLORD_ENDS),
            ("2027-02-01", "landlord", BACK),
            ("2027-03-05", "landlord", BACK),
        ),
    )

    assert ended == ["", "NotDone", "", "TooEarly", ""]


def test_the_description_says_until_when_it_lasts(built: dict[str, Written]) -> None:
    for name, told in (("Lease", "2028-01-01 00:00:00 UTC"), ("Open", "never, unless somebody")):
        one = built[name]
        assert told in describe(one.specification, one.composition)


@pytest.mark.parametrize(
    "paid",
    [
        "The Borrower repays the Lender 1,000 USDC each month for 10 months. ",
        "The Buyer pays the Seller 12,000 USDC for the car in 12 equal monthly instalments. ",
    ],
)
def test_what_is_owed_whoever_ends_it_stops_with_no_notice(paid: str) -> None:
    text = paid + "Either party may terminate this agreement on 30 days' notice."

    composition = compose(read_agreement(text), BLOCKS, name="Owed")

    assert "ending" not in {claim.block for claim in composition.claims}
    assert len(composition.outside) == 1
