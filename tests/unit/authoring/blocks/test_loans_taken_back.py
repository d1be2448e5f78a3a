"""A loan is taken back once it was lent, and not beside the pledge that was lost for it."""

from __future__ import annotations

import pytest

from tests.unit.authoring.blocks.answered import as_suggested
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

ENGLISH = (
    "The Lender lends the Borrower 6,000 USDC by 10 January 2027. The Borrower deposits 5 ETH in "
    "the contract as a pledge by 9 January 2027. The Borrower shall repay the Lender 6,300 USDC by "
    "10 July 2027. When the loan is repaid, the contract returns the pledge to the Borrower. If "
    "the loan is not repaid by 20 July 2027, the contract pays the pledge to the Lender."
)
CHINESE = (
    "出借人应在2027年1月8日前向借款人出借10000 USDC。"
    "借款人应在2027年1月5日前将5 WETH存入合约作为抵押。"
    "借款人应在2027年7月10日前向出借人偿还10400 USDC。借款人还清后,合约将5 WETH退还借款人。"
    "借款人逾期7日仍未偿还的,合约将5 WETH支付给出借人。"
)
MONTHLY = (
    "The Lender lends the Borrower 6,000 USDC. Before the loan is paid out, the Borrower deposits "
    "5 ETH in the contract as a pledge. The Borrower repays the Lender 1,050 USDC each month for "
    "six months. When all instalments are paid, the contract releases the pledge to the Borrower. "
    "If the Borrower is more than 14 days late with an instalment, the Lender may take the pledge."
)
UNPLEDGED = (
    "The Lender lends the Borrower 6,000 USDC by 10 January 2027. The Borrower shall repay the "
    "Lender 6,300 USDC by 10 July 2027."
)
TEXTS = {"Once": ENGLISH, "OnceChinese": CHINESE, "Monthly": MONTHLY, "Unpledged": UNPLEDGED}
LEND, REPAY = "lenderPayToBorrower", "borrowerReturnToLender"


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all({name: lambda text=text: as_suggested(text) for name, text in TEXTS.items()})


@pytest.mark.parametrize("name", TEXTS)
def test_its_clauses_are_kept_by_both_targets(name: str, written: dict[str, Written]) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize("name", TEXTS)
def test_what_was_never_lent_is_not_taken_back(name: str, written: dict[str, Written]) -> None:
    ended, _ = play(written[name], (("2027-03-01", "borrower", REPAY),))

    assert ended == ["NotDone"]


@pytest.mark.parametrize(("name", "late"), [("Once", "2027-07-21"), ("OnceChinese", "2027-07-18")])
def test_who_has_lost_the_pledge_pays_no_more(
    name: str, late: str, written: dict[str, Written]
) -> None:
    ended, _ = play(
        written[name],
        (
            ("2027-01-04", "borrower", "borrowerDeposit"),
            ("2027-01-06", "lender", LEND),
            (late, "borrower", REPAY),
            (late, "lender", "payToLender"),
            (late, "borrower", REPAY),
        ),
    )

    assert ended == ["", "", "PledgeLost", "", "PledgeLost"]


def test_who_pledged_nothing_may_repay_late(written: dict[str, Written]) -> None:
    lent = ("2027-01-06", "lender", LEND)

    for name in ("Once", "Unpledged"):
        ended, _ = play(written[name], (lent, ("2027-08-01", "borrower", REPAY)))
        assert ended == ["", ""]


def test_an_instalment_is_caught_up_until_the_pledge_is_taken(written: dict[str, Written]) -> None:
    begun = [("2027-01-10", "borrower", "borrowerDeposit"), ("2027-01-11", "lender", LEND)]

    ended, _ = play(
        written["Monthly"],
        (
            *begun,
            ("2027-04-01", "borrower", REPAY),
            ("2027-04-02", "lender", "lenderClaim"),
            ("2027-04-03", "borrower", REPAY),
        ),
    )

    assert ended == ["", "", "", "", "PledgeLost"]
