"""What a lawyer's short agreement means where one clause points back at another."""

from __future__ import annotations

import re

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.program.solidity import write_solidity
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested

ESCROW = (
    "The Purchaser shall deposit the Purchase Price of 48,000 USDC with the Escrow within five "
    "days of the signing of this Agreement. Upon the Purchaser's written confirmation that the "
    "Equipment has been received in good order, the Escrow shall release the Purchase Price to "
    "the Vendor. Should the Purchaser neither confirm nor reject the Equipment within 21 days of "
    "the deposit, the Purchase Price shall be released to the Vendor. If the Purchaser rejects "
    "the Equipment within that period, the Purchase Price shall be refunded to the Purchaser.\n"
)
INSTALMENTS = (
    "The Buyer shall pay the Seller the purchase price of 60,000 USDC in twelve equal monthly "
    "instalments, the first of which shall fall due on 1 February 2027. If any instalment "
    "remains unpaid for more than ten days after its due date, the Buyer shall pay a late fee of "
    "150 USDC.\n"
)
PERFORMANCE = (
    "The Contractor shall lodge with the contract a performance deposit of 10,000 USDC within "
    "seven days of signing. The Contractor shall complete the Works by 30 September 2027. For "
    "each day of delay the Contractor shall forfeit 250 USDC of the performance deposit to the "
    "Employer, up to a maximum of 5,000 USDC. Upon the Employer's confirmation of completion, "
    "the remaining deposit shall be returned to the Contractor.\n"
)
VALVES = (
    "The Purchaser shall deposit the price of 35,000 USDC with the contract before delivery. The "
    "Supplier shall deliver 10,000 valves to the Purchaser. If the valves pass inspection, the "
    "price shall be released to the Supplier; if they fail inspection, the price shall be "
    "refunded to the Purchaser.\n"
)


def built_from(text: str) -> str:
    composition = compose(as_suggested(text), BLOCKS, name="Agreement")
    return write_solidity(composition.program)


def test_that_period_is_the_time_in_which_somebody_could_have_spoken() -> None:
    read = read_agreement(ESCROW)

    refund = next(one for one in read.obligations if one.action == "refund")

    assert [one.value for one in refund.conditions] == ["P21D"]


def test_a_thing_and_a_fact_about_it_are_confirmed_by_one_function() -> None:
    composition = compose(as_suggested(ESCROW), BLOCKS, name="Agreement")

    names = [one.name for one in composition.program.functions]

    assert len([one for one in names if "Confirm" in one]) == 1


def test_instalments_that_fall_due_are_late_after_the_days_that_the_fee_leaves() -> None:
    source = built_from(INSTALMENTS)

    assert "10 days" in source
    assert re.search(r"\b(?:1 days|86_?400)\b", source)


def test_what_is_forfeited_of_a_deposit_comes_out_of_it() -> None:
    composition = compose(as_suggested(PERFORMANCE), BLOCKS, name="Agreement")

    (fee,) = (one for one in composition.program.functions if one.name == "payToEmployer")

    assert not fee.callers
    assert "forfeit 250 USDC" in fee.text


def test_things_fail_inspection_and_their_price_does_not() -> None:
    read = read_agreement(VALVES)

    refund = next(one for one in read.obligations if one.action == "refund")

    assert [(one.action, one.asset) for one in refund.conditions] == [("reject", "valve")]


def test_a_clause_is_left_to_the_parties_after_what_else_was_asked_of_it() -> None:
    text = "Omar deposits 400 USDC. When Lucy confirms the return, Omar gets the deposit back."

    read = read_agreement(text, answers={"no_way_out.1": "P90D", "by_hand.1": "yes"})

    assert read.obligations[0].by_hand
