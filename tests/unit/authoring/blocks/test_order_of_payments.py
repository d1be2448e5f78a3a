"""Who is paid first out of what is held, and when an objection comes too late."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.program.model import Function, Require
from assay.authoring.understanding import understand


def functions(text: str, answers: dict[str, str]) -> dict[str, Function]:
    composition = compose(answer(understand(text), answers), BLOCKS, name="Held")
    return {one.name: one for one in composition.program.functions}


def refusals(function: Function) -> list[str]:
    return [one.error for one in function.body if isinstance(one, Require)]


@pytest.mark.parametrize(
    "text",
    [
        "2,000 USDC to Lee; the rest is refunded to Kim.",
        "2,000 USDC to Lee, and the rest is refunded to Kim.",
    ],
)
def test_a_rest_goes_back_with_the_part_and_never_before_it(text: str) -> None:
    agreement = "Kim deposits 3,000 USDC. Once Lee confirms delivery, the contract pays " + text
    made = functions(agreement, {"no_way_out.1": "P90D"})

    assert {"NotDone", "OtherDue"} <= set(refusals(made["refundToKim"]))


def test_who_was_not_objected_to_is_paid_once_the_time_is_over() -> None:
    text = (
        "Dan deposits 1,000 USDC. Unless Eva objects within 7 days, the contract pays the 1,000 "
        "USDC to Finn. If Eva objects, Dan gets the 1,000 USDC back."
    )

    made = functions(text, {"who_states.2.1": "eva", "no_way_out.1": "P90D"})

    assert {"TooEarly", "DoneInTime"} <= set(refusals(made["payToFinn"]))
    assert "TooLate" not in refusals(made["payToFinn"])


def test_otherwise_follows_an_act_that_was_not_done_within_its_time_from_the_deposit() -> None:
    text = (
        "The buyer deposits 500 USDC into escrow. If the buyer confirms delivery within 14 days, "
        "the seller receives the 500 USDC. Otherwise the 500 USDC is refunded to the buyer."
    )

    made = functions(text, {})

    assert "DoneTooLate" in refusals(made["payToSeller"])
    assert {"TooEarly", "DoneInTime"} <= set(refusals(made["refundToBuyer"]))


def test_what_is_owed_is_seen_by_the_contract_and_asked_of_nobody() -> None:
    specification = understand(
        "Omar deposits 4 WETH as collateral. Omar repays 5,300 USDC to Lena within ten months. If "
        "Omar does not repay in time, Lena gets the 4 WETH; once Omar has repaid, the 4 WETH go "
        "back to Omar."
    )

    assert specification.questions == ()


def test_a_rest_waits_for_the_part_beside_it_where_its_time_counts_from_the_deposit() -> None:
    text = (
        "Kim deposits 3,000 USDC. If Lee confirms delivery within 14 days, the contract pays 2,000 "
        "USDC to Lee; the rest is refunded to Kim."
    )

    made = functions(text, {"no_way_out.1": "P90D"})

    assert {"DoneTooLate", "OtherDue"} <= set(refusals(made["refundToKim"]))


MILESTONES = (
    "The client deposits 9,000 USDC. The contractor receives 3,000 USDC when the client approves "
    "the design and 3,000 USDC when the client approves the prototype. {last} If a milestone is "
    "not approved by 30 June 2027, the remaining money goes back to the client."
)


def test_what_no_milestone_earned_goes_back_after_the_date_and_what_is_due_goes_first() -> None:
    last = "The contractor receives 3,000 USDC when the client approves the final version."

    made = functions(MILESTONES.format(last=last), {})

    assert {"TooEarly", "OtherDue"} <= set(refusals(made["returnToClient"]))


def test_a_retention_that_waits_for_no_milestone_is_not_taken_back_with_them() -> None:
    last = "The contractor receives 3,000 USDC after 1 December 2027."
    told = understand(MILESTONES.format(last=last))

    (asked,) = (one for one in told.questions if one.kind == "who_confirms")

    assert "approve milestone" in asked.text


def test_a_claim_back_is_owed_once_the_advance_was_paid_and_only_then() -> None:
    text = (
        "The Client pays the Designer an advance of 500 USDC within 3 days of signing. The "
        "Designer delivers the draft by 1 March 2027. If the Designer has not delivered the draft "
        "by then, the Client may claim the advance back."
    )
    made = functions(text, {"who_confirms.3.deliver": "client"})

    back = made["designerPayToClient"]
    assert back.callers == ("designer",)
    assert refusals(back) == ["PaidAlready", "TooEarly", "DoneInTime", "NotDone"]


def test_what_was_reported_is_paid_before_the_lack_of_a_statement_gives_it_back() -> None:
    text = (
        "The Insurer deposits 900 USDC in the contract. If the rainfall reported by the Station is "
        "below 10 mm, the contract pays the Farmer 900 USDC. If the Farmer has not confirmed the "
        "drought by 30 September 2027, the deposit goes back to the Insurer."
    )
    made = functions(text, {"no_way_out.1": "P365D"})

    back = next(one for name, one in made.items() if name.endswith("ToInsurer"))
    assert "OtherDue" in refusals(back)
