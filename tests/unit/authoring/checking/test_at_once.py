"""Money that waits for nothing, beside an act that nothing waits for, is asked about."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.use_cases.reading import read_agreement

APPROVED = (
    "The client deposits 5,000 USDC in the contract. Two of the three directors must approve the "
    "payment by 1 June 2027; then the contract pays the agency 5,000 USDC. If the payment is not "
    "approved by 1 June 2027, the contract refunds the client."
)
DELIVERED = (
    "The client deposits 5,000 USDC in the contract. The agency delivers the film by 1 June 2027. "
    "The contract pays the agency 5,000 USDC."
)
CHINESE = (
    "客户应在2027年5月1日前将5000 USDC存入合约。设计师应在2027年6月1日前交付网站。"
    "合约向设计师支付5000 USDC。"
)


def _asked(text: str, **answers: str) -> list[str]:
    read = read_agreement(text, answers=answers)
    return [one.id for one in read.questions if one.kind == "when_paid_out"]


@pytest.mark.parametrize("text", [APPROVED, DELIVERED, CHINESE])
def test_when_it_is_paid_is_asked(text: str) -> None:
    assert _asked(text) == ["when_paid_out.3"]


@pytest.mark.parametrize(
    "text",
    [
        "Ben deposits 900 USDC. The contract pays Carla 900 USDC.",
        (
            "Ben deposits 900 USDC. Carla delivers the lamp by 1 May 2027. When the lamp is "
            "delivered, the contract pays Carla 900 USDC."
        ),
        (
            "Ben deposits 900 USDC. Carla delivers the lamp. On 1 May 2027 the contract pays Carla "
            "900 USDC."
        ),
        "Ben deposits 900 USDC. Carla delivers the lamp. The contract returns the 900 USDC to Ben.",
    ],
)
def test_what_says_when_or_goes_with_no_act_raises_no_question(text: str) -> None:
    assert _asked(text) == []


@pytest.mark.parametrize(
    ("text", "answer", "deadline"),
    [
        (DELIVERED, "2027-07-01", "2027-07-01"),
        (DELIVERED, "at once", None),
        (CHINESE, "立即", None),
    ],
)
def test_an_answer_is_a_time_or_at_once(text: str, answer: str, deadline: str | None) -> None:
    read = read_agreement(text, answers={"when_paid_out.3": answer})

    assert read.obligations[2].deadline == deadline
    assert not [one for one in read.questions if one.kind == "when_paid_out"]


def test_anything_else_is_no_answer() -> None:
    with pytest.raises(AnswerUnfit, match="say a date"):
        read_agreement(DELIVERED, answers={"when_paid_out.3": "soon"})


def test_one_of_several_does_not_record_their_approval_alone() -> None:
    read = read_agreement(APPROVED, answers={"when_paid_out.3": "at once"})
    told = read.model_copy(update={"questions": ()})

    with pytest.raises(NotBuildable, match="more than one of director has to do so"):
        compose(told, BLOCKS, name="Approved")
