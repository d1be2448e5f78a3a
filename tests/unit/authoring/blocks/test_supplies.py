"""A machine that is supplied: what is kept back waits for an acceptance that nobody can hold up."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.errors import REFUSED
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

ENGLISH = (
    "1. The Supplier shall deliver the press to the Buyer by 1 June 2027. 2. The Buyer deposits "
    "50,000 USDC in the contract by 1 April 2027. 3. When the press is delivered, the contract "
    "pays the Supplier 40,000 USDC. 4. The Supervisor accepts the press. If the Supervisor does "
    "not reject the press within 14 days of delivery, the press is deemed accepted. 5. 12 months "
    "after acceptance the contract pays the Supplier 10,000 USDC."
)
VAGUE = (
    "买方应在2027年4月1日前将50,000 USDC存入合约。供应商应在2027年6月1日前交付设备。"
    "设备交付后,合约向供应商支付40,000 USDC。监理应在设备交付后14日内验收设备;"
    "监理逾期未提出书面异议的,视为验收合格。"
    "验收合格满12个月后,合约向供应商支付质保金10,000 USDC。"
)
SHARE = (
    "买方应在2027年4月1日前将50,000 USDC存入合约。供应商应在2027年6月1日前交付设备。"
    "设备交付后,合约向供应商支付80%。余款20%作为质保金,验收合格满12个月后支付给供应商。"
    "买方拒收设备的,合约将款项退还买方。"
)
PAY_IN = ("2027-03-20", "buyer", "buyerDeposit")


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all({"Press": lambda: as_suggested(ENGLISH)})


def test_its_clauses_are_kept_by_both_targets(written: dict[str, Written]) -> None:
    assert_kept(written["Press"])


def test_nothing_is_accepted_before_it_is_delivered(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["Press"],
        (
            PAY_IN,
            ("2027-04-02", "supervisor", "supervisorAcceptPress"),
            ("2027-05-02", "buyer", "supplierDeliverPress"),
            ("2027-05-03", "supervisor", "supervisorAcceptPress"),
        ),
    )

    assert ended == ["", "NotDone", "", ""]


def test_the_retention_does_not_wait_for_who_keeps_silent(written: dict[str, Written]) -> None:
    deem = next(
        one.name
        for one in written["Press"].composition.program.functions
        if one.name.startswith("deem")
    )

    ended, gained = play(
        written["Press"],
        (
            PAY_IN,
            ("2027-05-02", "buyer", "supplierDeliverPress"),
            ("2027-05-03", "supplier", "payToSupplier"),
            ("2027-05-20", "supplier", deem),
            ("2028-05-25", "supplier", "payToSupplier2"),
        ),
    )

    assert ended == [""] * 5
    assert gained["supplier"] == 50_000


def test_a_silence_that_a_retention_counts_from_is_not_left_out() -> None:
    left = [one for one in read_agreement(VAGUE).questions if one.kind == REFUSED]

    assert [(one.obligation, one.suggestions) for one in left] == [(4, ())]


def test_a_share_of_the_deposit_that_is_due_later_is_asked_to_be_paid_out_of_it() -> None:
    asked = [one for one in read_agreement(SHARE).questions if one.kind == "paid_from"]

    assert [one.suggestions[0] for one in asked] == ["deposit"]


def test_a_penalty_beside_shares_that_make_the_whole_is_not_asked_about() -> None:
    whole = SHARE.replace("余款20%作为质保金,验收合格满12个月后支付给供应商", "买方验收后释放20%")
    penalty = "买方拒收验收合格的设备的,应向供应商支付合同总价的5%作为违约金。"

    asked = [one for one in read_agreement(whole + penalty).questions if one.kind == "paid_from"]

    assert asked == []
