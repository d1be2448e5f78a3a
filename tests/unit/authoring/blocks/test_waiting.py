"""Whether the contract waits until a time after an act, or may act up to then."""

import pytest

from assay.authoring.blocks.clauses.defined import as_defined
from assay.authoring.blocks.clauses.waiting import waits_out
from assay.authoring.understanding import understand

WAITING = (
    ("The contract releases 500 USDC to the seller 60 days after delivery.", True),
    ("Sixty (60) days after delivery, 500 USDC is released to the seller.", True),
    ("500 USDC is released to the seller three days after the buyer confirms receipt.", True),
    ("The contract releases 500 USDC to the seller within 60 days after delivery.", False),
    ("500 USDC is released to the seller no later than 60 days after delivery.", False),
    ("500 USDC is released to the seller 60 days after delivery at the latest.", False),
    ("500 USDC is released to the seller during the 60 days after delivery.", False),
    ("交货60天后,合约向卖方释放500 USDC。", True),
    ("交货后60日内,合约向卖方支付500 USDC。", False),
)


@pytest.mark.parametrize(("text", "waits"), WAITING)
def test_only_words_that_give_the_time_up_to_then_let_the_contract_act_at_once(
    text: str, waits: bool
) -> None:
    told = understand(text)

    assert [waits_out(told, one) for one in told.obligations if one.deadline] == [waits]


def test_what_a_clause_gives_a_name_to_goes_by_that_name() -> None:
    told = understand(
        'The Supplier shall deliver two gearbox units (the "Equipment"). '
        "The Buyer shall inspect the Equipment within 5 days."
    )

    assert [as_defined(told, one).asset for one in told.obligations] == ["equipment"] * 2
