"""A pledge for a loan: free once all is repaid, forfeit for arrears, back if nothing was lent."""

from __future__ import annotations

import pytest

from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

LOAN = (
    "The Lender lends the Borrower 6,000 USDC. Before the loan is paid out, the Borrower deposits "
    "5 ETH in the contract as a pledge. The Borrower repays the Lender 1,050 USDC each month for "
    "six months. When all instalments are paid, the contract releases the pledge to the Borrower. "
    "If the Borrower is more than 14 days late with an instalment, the Lender may take the pledge."
)
CHINESE = (
    "借款人应在放款前将8 ETH存入合约作为质押。出借人应向借款人支付10000 USDC。借款人应每月向出借人"
    "偿还1050 USDC，共10期。借款人还清全部借款后，合约将8 ETH退还借款人。"
    "借款人逾期30日未还款的，出借人可以取走8 ETH。"
)
UNLENT = {"no_way_out.2": "P90D"}
ONCE = (
    "出借人:陈强。借款人:刘洋。借款人应在2027年1月5日前将5 WETH存入合约作为抵押。"
    "出借人应在2027年1月8日前向借款人出借10000 USDC。"
    "借款人应于2027年7月10日前向出借人偿还10400 USDC。借款人还清后,合约将5 WETH退还借款人。"
    "借款人未在2027年7月17日前偿还10400 USDC的,合约将5 WETH支付给出借人。"
    "出借人未在2027年1月8日前出借的,合约将5 WETH退还借款人。"
)
TEXTS = {
    "Loan": (LOAN, UNLENT),
    "LoanChinese": (CHINESE, {"no_way_out.1": "P90D"}),
    "LoanRepaidOnce": (ONCE, {}),
}
PLEDGE, LEND = ("2027-01-10", "borrower", "borrowerDeposit"), "lenderPayToBorrower"
REPAY, FREE, TAKE = "borrowerReturnToLender", "releaseToBorrower", "lenderClaim"
BACK = "refundToBorrower"


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            name: lambda text=text, answers=answers: read_agreement(text, answers=answers)
            for name, (text, answers) in TEXTS.items()
        }
    )


@pytest.mark.parametrize("name", TEXTS)
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


def test_a_lender_who_never_lent_never_gets_the_pledge(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["Loan"],
        (
            PLEDGE,
            ("2027-03-30", "lender", TAKE),
            ("2027-03-30", "borrower", BACK),
            ("2027-04-12", "borrower", BACK),
            ("2027-04-13", "lender", TAKE),
        ),
    )

    assert ended == ["", "NotDone", "TooEarly", "", "NothingHeld"]


def test_nor_where_the_loan_is_repaid_in_one_sum(written: dict[str, Written]) -> None:
    ended, _ = play(
        written["LoanRepaidOnce"],
        (
            ("2027-01-05", "borrower", "borrowerDeposit"),
            ("2027-07-20", "lender", "payToLender"),
            ("2027-07-20", "borrower", "refundToBorrower2"),
        ),
    )

    assert ended == ["", "NotDone", ""]


def test_a_borrower_who_owes_never_gets_the_pledge_back_by_waiting(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Loan"],
        (
            PLEDGE,
            ("2027-01-11", "lender", LEND),
            ("2027-01-20", "borrower", REPAY),
            ("2027-03-20", "borrower", FREE),
            ("2027-12-20", "borrower", BACK),
            ("2027-12-20", "lender", TAKE),
            ("2027-12-21", "lender", TAKE),
        ),
    )

    assert ended == ["", "", "", "NotAllPaid", "DoneAlready", "", "NothingHeld"]
    assert gained["lender"] == 5 - 6_000 + 1_050


def test_who_repaid_all_gets_the_pledge_and_nobody_else(written: dict[str, Written]) -> None:
    paid = [(f"2027-{month:02}-25", "borrower", REPAY) for month in range(1, 7)]

    ended, gained = play(
        written["Loan"],
        (
            PLEDGE,
            ("2027-01-11", "lender", LEND),
            *paid,
            ("2027-12-20", "lender", TAKE),
            ("2027-12-20", "lender", FREE),
        ),
    )

    assert ended[-2:] == ["AllPaid", ""]
    assert gained == {"borrower": 6_000 - 6 * 1_050, "lender": 6 * 1_050 - 6_000}
