"""What is paid again and again counts from the first day of the agreement, in another sentence."""

from __future__ import annotations

from functools import partial

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.describing.describing import describe
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

RENT = "The Tenant pays the Landlord 1,000 USDC each month."
LEASE = "The lease runs from 1 March 2027 to 28 February 2028. " + RENT
CHINESE = "租期自2027年3月1日起至2028年2月29日止。月租金1000 USDC,由乙方支付给甲方。"
PAY = "tenantPayToLandlord"


def _terms(text: str) -> tuple[list[str | None], int | None]:
    """From when the only recurring payment is due, and how often."""
    read = read_agreement(text)
    (paid,) = [one for one in read.obligations if one.recurrence]
    assert read.not_understood == ()
    return [one.value for one in paid.conditions], paid.occurrences


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("The lease runs from 1 March 2027 to 28 February 2028.", 12),
        ("The term begins on 1 March 2027 and lasts one year.", 12),
        ("The lease starts on 1 March 2027.", None),
        ("Lease term: 1 March 2027 to 28 February 2028.", 12),
        ("The tenancy is for a fixed term of 6 months beginning on 1 March 2027.", 6),
        ("This Agreement shall commence on 1 March 2027 and continue for two years.", 24),
        ("The start date of the lease is 1 March 2027.", None),
        ("The Landlord lets the flat to the Tenant for one year from 1 March 2027.", 12),
        ("The Tenant rents the flat from 1 March 2027 until 29 February 2028.", 12),
        ("“Commencement Date” means 1 March 2027.", None),
    ],
)
def test_a_payment_counts_from_the_first_day(said: str, times: int | None) -> None:
    assert _terms(f"{said} {RENT}") == (["2027-03-01"], times)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (CHINESE, 12),
        (
            "甲方将房屋出租给乙方,租期自2027年3月1日至2028年2月29日。乙方每月支付租金9 USDC。",
            12,
        ),
        ("租赁期为一年,自2027年3月1日起。乙方每月向甲方支付租金1000 USDC。", 12),
        ("租期自2027年3月1日起。乙方每月向甲方支付租金1000 USDC。", None),
        ("本合同自2027年3月1日起生效,为期两年。客户每季度向服务商支付服务费2000 USDC。", 8),
        ("起租日为2027年3月1日。乙方每月向甲方支付租金1000 USDC。", None),
        ("出租人将公寓租给承租人,租期12个月,从2027年3月1日开始。租金每月800 USDC。", 12),
    ],
)
def test_so_does_one_in_chinese(text: str, times: int | None) -> None:
    assert _terms(text) == (["2027-03-01"], times)


def test_a_payment_with_days_of_its_own_keeps_them() -> None:
    own = "The Tenant pays the Landlord 1,000 USDC each month from 1 May 2027."

    read = read_agreement(f"The lease starts on 1 March 2027. {own}")

    assert [one.value for one in read.obligations[0].conditions] == ["2027-05-01"]


def test_spans_of_other_things_are_not_that_of_the_agreement() -> None:
    text = f"The campaign runs from 1 May 2027 to 30 May 2027. {RENT}"

    (paid,) = [one for one in read_agreement(text).obligations if one.recurrence]

    assert paid.conditions == ()


def test_two_first_days_are_none() -> None:
    text = f"The lease starts on 1 March 2027. The insurance starts on 1 April 2027. {RENT}"

    read = read_agreement(text)

    assert [one.conditions for one in read.obligations] == [()]
    assert len(read.not_understood) == 2


def test_who_pays_rent_to_whom_follows_from_the_two_sides() -> None:
    text = "出租方:李雷。承租方:韩梅梅。租期自2027年3月1日起至2028年2月28日止;月租金1000 USDC。"

    (paid,) = [one for one in read_agreement(text).obligations if one.recurrence]

    assert (paid.actor, paid.recipient) == ("承租方", "出租方")


def test_the_last_day_is_offered_for_the_end_of_the_lease() -> None:
    text = (
        "The Tenant rents the flat from the Landlord from 1 March 2027 until 29 February 2028. "
        f"{RENT} The Tenant deposits 2,000 USDC in the contract. The contract returns the deposit "
        "to the Tenant after the end of the lease."
    )

    (asked,) = [one for one in read_agreement(text).questions if one.kind == "when_ended"]

    assert asked.suggestions[0] == "2028-02-29"


@pytest.fixture(scope="module")
def built() -> dict[str, Written]:
    agreements = {
        "Lease": LEASE,
        "Open": f"The lease starts on 1 March 2027. {RENT}",
        "OpenInChinese": "租期自2027年3月1日起。乙方每月向甲方支付租金1000 USDC。",
        "Plain": RENT,
    }
    return write_all({name: partial(read_agreement, text) for name, text in agreements.items()})


@pytest.mark.parametrize("name", ["Open", "OpenInChinese", "Plain"])
def test_it_is_kept_by_both_targets(built: dict[str, Written], name: str) -> None:
    assert_kept(built[name])


def test_no_rent_is_taken_before_the_lease_and_none_too_often(built: dict[str, Written]) -> None:
    early, first, again, second = "2027-02-28", "2027-03-01", "2027-03-02", "2027-04-02"

    calls = [(day, "tenant", PAY) for day in (early, first, again, second)]
    ended, gained = play(built["Lease"], calls)

    assert ended == ["TooEarly", "", "TooEarly", ""]
    assert gained["landlord"] == 2_000


def test_rent_that_is_late_can_be_paid_after_the_lease(built: dict[str, Written]) -> None:
    calls = [("2028-03-20", "tenant", PAY)] * 13

    ended, gained = play(built["Lease"], tuple(calls))

    assert ended == [""] * 12 + ["PaidAlready"]
    assert gained["landlord"] == 12_000


def test_the_description_says_what_counts_from_deployment(built: dict[str, Written]) -> None:
    told = {name: describe(one.specification, one.composition) for name, one in built.items()}

    assert "counts from the moment at which the contract is deployed" in told["Plain"]
    counted = "the moment (`tenantPayToLandlordCount` times 1 month) after the moment of deployment"
    assert counted in told["Plain"]
    assert "deployed" not in told["Lease"]
    assert "部署" not in told["OpenInChinese"]


def test_so_does_that_of_an_agreement_in_chinese() -> None:
    read = read_agreement("乙方每月向甲方支付租金1000 USDC,共12次。")

    told = describe(read, compose(read, BLOCKS, name="Rent"))

    assert "## 自合约部署之时起算的期限" in told
    assert "合约部署之时之后(" in told
