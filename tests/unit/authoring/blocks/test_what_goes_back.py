"""What goes back, when, and out of whose money: a right begins on its day, nobody is given back
what is theirs, and no part takes what others have earned."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.model import Specification
from assay.authoring.understanding import understand
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

DESK = (
    "The tenant shall deposit 500 USDC with the contract by 1 May 2027. If the inspector confirms "
    "a leak, the landlord shall refund the tenant 125 USDC. On 1 June 2028 the contract returns "
    "the deposit to the tenant."
)
GARDEN = (
    "Kim deposits 900 USDC with the contract by 1 May 2027. If the gardener confirms a drought, "
    "Lee shall return 80 USDC to Kim. On 1 June 2028 the contract returns the deposit to Kim."
)
LEAK = (
    "租客应在2027年5月1日前将500 USDC押金存入合约。房东确认漏水的,房东应退还租客125 USDC。"
    "2028年6月1日合约将押金退还租客。"
)
CLUB = (
    "The club shall deposit 1,000 USDC with the contract by 1 May 2027. When the referee confirms "
    "the season, the contract shall pay 700 USDC to the coach. On 1 May 2029 the club may withdraw "
    "the rest."
)
PRIZE = (
    "The sponsor shall deposit 1,000 USDC with the contract by 1 May 2027. When the jury confirms "
    "the design, the contract shall pay 400 USDC to the designer. At noon UTC on 1 May 2029 the "
    "sponsor may withdraw the rest."
)
SEASON = (
    "甲方应在2027年5月1日前将1000 USDC存入合约。裁判确认赛季后,合约应向乙方支付700 USDC。"
    "2029年5月1日,甲方可以取回余款。"
)
ORDER = (
    "The buyer shall deposit 5,000 USDC with the contract by 1 May 2027. If the buyer cancels the "
    "order, the contract shall refund the buyer 2,000 USDC. When the buyer confirms delivery, the "
    "contract shall pay 5,000 USDC to the seller. On 1 June 2028 the contract returns what is left "
    "to the buyer."
)
LOAN = (
    "The Borrower shall deposit 12 ETH as collateral into the contract by 3 February 2027. The "
    "Lender shall lend the Borrower 20,000 USDC by 5 February 2027, if the Borrower has deposited "
    "the collateral. The Borrower shall repay the Lender 20,000 USDC in 10 equal monthly "
    "instalments, the first on 1 March 2027. If an instalment is more than 30 days late, the "
    "contract shall transfer the collateral to the Lender. When all instalments have been paid, "
    "the contract shall return the collateral to the Borrower."
)
BY_TIME = (
    "Ann shall deposit 5,000 USDC with the contract by 1 May 2027. After 1 June 2027 Ann may "
    "withdraw 2,000 USDC. When the inspector accepts the goods, the contract shall pay 5,000 USDC "
    "to Bob."
)
BY_HALF = (
    "Ann shall deposit 5,000 USDC with the contract by 1 May 2027. On 1 June 2027 the contract "
    "shall refund 50% of the deposit to Ann. When the judge confirms the win, the contract shall "
    "pay 3,000 USDC to Bob."
)
BY_DAY = (
    "甲方应在2027年5月1日前将5000 USDC存入合约。2027年6月1日后,甲方可以取回2000 USDC。"
    "乙方交货后,合约应向乙方支付5000 USDC。"
)


def _understood(text: str, **answers: str) -> Specification:
    answers = {
        one.id: answers.get(one.kind, one.suggestions[0]) for one in understand(text).questions
    }
    return answer(understand(text), answers)


@pytest.fixture(scope="module")
def written() -> dict[str, Written]:
    return write_all(
        {
            "Desk": lambda: _understood(DESK),
            "Club": lambda: _understood(CLUB),
            "Season": lambda: _understood(SEASON),
            "Order": lambda: _understood(ORDER),
            "Loan": lambda: _understood(LOAN),
        }
    )


@pytest.mark.parametrize("name", ["Desk", "Club", "Season", "Order"])
def test_every_clause_is_kept(written: dict[str, Written], name: str) -> None:
    assert_kept(written[name])


@pytest.mark.parametrize("text", [DESK, GARDEN, LEAK])
def test_who_pays_what_a_party_gives_back_to_a_depositor_is_asked(text: str) -> None:
    (asked,) = [one for one in understand(text).questions if one.kind == "paid_from"]

    assert asked.suggestions == ("itself", "deposit")
    assert _understood(text).obligations[1].action == "pay"
    assert _understood(text, paid_from="deposit").obligations[1].actor == "contract"


@pytest.mark.parametrize(
    "words", ["refund the tenant 125 USDC of the deposit", "refund the tenant 500 USDC"]
)
def test_what_is_said_to_be_the_deposit_is_not_asked(words: str) -> None:
    asked = understand(DESK.replace("refund the tenant 125 USDC", words)).questions

    assert "paid_from" not in {one.kind for one in asked}


def test_a_party_gives_back_by_its_own_means(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Desk"],
        [
            ("2027-04-01", "tenant", "tenantDeposit"),
            ("2027-06-01", "inspector", "inspectorConfirmLeak"),
            ("2027-06-02", "landlord", "landlordPayToTenant"),
            ("2028-06-01", "tenant", "returnToTenant"),
        ],
    )

    assert ended == ["", "", "", ""]
    assert (gained["tenant"], gained["landlord"]) == (125, -125)


@pytest.mark.parametrize(("text", "begins"), [
    (CLUB, "2029-05-01"), (PRIZE, "2029-05-01T12:00:00+00:00"), (SEASON, "2029-05-01"),
])  # fmt: skip
def test_a_right_begins_on_its_day(text: str, begins: str) -> None:
    right = understand(text).obligations[2]

    assert (right.modality, right.deadline) == ("may", None)
    assert [(one.kind, one.comparator, one.value) for one in right.conditions] == [
        ("time", "=", begins)
    ]


def test_a_duty_has_until_its_day() -> None:
    told = understand("On 1 May 2029 Kim may withdraw 5 ETH and shall notify Lee.").obligations

    assert [one.deadline for one in told] == [None, "2029-05-01"]


def test_what_is_left_waits_for_its_day_and_for_what_was_earned(
    written: dict[str, Written],
) -> None:
    ended, gained = play(
        written["Club"],
        [
            ("2027-04-01", "club", "clubDeposit"),
            ("2027-05-01", "club", "clubWithdraw"),
            ("2027-06-01", "referee", "refereeConfirmSeason"),
            ("2029-05-01", "club", "clubWithdraw"),
            ("2029-05-01", "coach", "payToCoach"),
            ("2029-05-01", "club", "clubWithdraw"),
        ],
    )

    assert ended == ["", "TooEarly", "", "OtherDue", "", ""]
    assert (gained["club"], gained["coach"]) == (-700, 700)


def test_a_part_does_not_go_back_out_of_what_was_earned(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Order"],
        [
            ("2027-04-01", "buyer", "buyerDeposit"),
            ("2027-04-02", "buyer", "buyerConfirmDelivery"),
            ("2027-04-03", "buyer", "buyerCancelOrder"),
            ("2027-04-03", "buyer", "refundToBuyer"),
            ("2027-04-04", "seller", "payToSeller"),
        ],
    )

    assert ended == ["", "", "", "OtherDue", ""]
    assert gained["seller"] == 5000


@pytest.mark.parametrize("text", [BY_TIME, BY_HALF, BY_DAY])
def test_a_part_that_time_alone_lets_back_is_refused_where_others_may_need_it(text: str) -> None:
    with pytest.raises(NotBuildable, match="which comes first is not said"):
        compose(_understood(text), BLOCKS, name="Both")


def test_parts_that_fit_beside_each_other_are_built() -> None:
    assert compose(_understood(BY_TIME.replace("pay 5,000", "pay 3,000")), BLOCKS, name="Both")


@pytest.mark.parametrize(
    "words",
    [
        "the first on 1 March",
        "with the first instalment on 1 March",
        "the first being due on 1 March",
    ],
)
def test_the_first_instalment_is_due_on_its_day(words: str) -> None:
    text = LOAN.replace("the first on 1 March", words)
    program = compose(_understood(text), BLOCKS, name="Loan").program

    assert "BORROWER_RETURN_TO_LENDER_DUE" in repr(program).upper()


def test_a_pledge_is_taken_thirty_days_after_the_first_day(written: dict[str, Written]) -> None:
    ended, gained = play(
        written["Loan"],
        [
            ("2027-02-01", "borrower", "borrowerDeposit"),
            ("2027-02-02", "lender", "lenderPayToBorrower"),
            ("2027-03-31", "lender", "transferToLender"),
            ("2027-04-02", "lender", "transferToLender"),
        ],
    )

    assert ended == ["", "", "TooEarly", ""]
    assert gained["borrower"] == 20000 - 12
