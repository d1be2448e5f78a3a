"""That a draft passes is said by somebody; what a vote carries the contract counts by itself."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement

DRAFT = (
    "甲方向合约存入2000 USDC。设计稿通过后，合约向乙方支付2000 USDC。"
    "2027年6月1日后，剩余款项退还甲方。"
)
PARTS = (
    "甲方委托乙方设计网站。甲方向合约存入5000 USDC。设计稿通过后支付2000 USDC，"
    "网站上线后支付3000 USDC。2027年12月31日后剩余款项退还甲方。"
)


def test_who_says_that_a_draft_passes_is_asked_and_built() -> None:
    read = read_agreement(DRAFT)
    (question,) = read.questions

    assert question.kind == "who_states"
    assert question.suggestions[0] == "甲方"
    agreed = read_agreement(DRAFT, answers={question.id: "甲方"})
    functions = {one.name for one in compose(agreed, BLOCKS, name="Draft").program.functions}
    assert functions == {"partyADeposit", "partyAConfirm", "payToPartyB", "refundToPartyA"}


def test_who_pays_somebody_unnamed_is_suggested_first() -> None:
    asked = [one for one in read_agreement(PARTS).questions if one.kind == "who_states"]

    assert asked
    assert all(one.suggestions[0] == "甲方" for one in asked)


@pytest.mark.parametrize("what", ["未支付的款项", "剩余款项", "余款"])
def test_what_is_left_comes_out_of_the_contract(what: str) -> None:
    read = read_agreement(DRAFT.replace("剩余款项", what))

    back = read.obligations[-1]
    assert (back.actor, back.recipient) == ("contract", "甲方")
