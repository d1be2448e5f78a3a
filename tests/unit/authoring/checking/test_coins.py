"""What comes in is the token that the words name, whatever they say beside its name."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    "text",
    [
        "Revenue in USDC received by the contract is split 60% to Ann and 40% to Ben.",
        "Royalties in USDC received by the contract are split 60% to Ann and 40% to Ben.",
        "The contract pays Ann 60% and Ben 40% of all revenue in USDC received.",
        "The contract splits the USDC it holds between Ann (60%) and Ben (40%).",
        "80% of the USDC received goes to Ann and 20% of the USDC received to Ben.",
        "The Buyer deposits 500 USDC. The contract pays the Seller out of the USDC it holds.",
        "合约收到的USDC,60%归作者,40%归平台。",
    ],
)
def test_there_is_one_token_with_its_own_decimals(text: str) -> None:
    read = read_agreement(text)

    program = compose(read, BLOCKS, name="Split").program

    assert [(one.symbol, one.decimals) for one in program.assets] == [("USDC", 6)]


def test_two_incomes_of_one_token_are_asked_about() -> None:
    text = (
        "USDC revenue is split 60% to Ann and 40% to Ben. "
        "USDC royalties are split 50% to Ann and 50% to Cid."
    )

    assert {one.kind for one in read_agreement(text).questions} == {"not_buildable"}
