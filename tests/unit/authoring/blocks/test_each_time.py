"""What is due again and again, and what is recorded once."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    "text",
    [
        "Every time Ben delivers milk, Ann pays Ben 5 USDC.",
        "Whenever Ben delivers milk, Ann pays Ben 5 USDC.",
        "For every print sold, the shop pays the artist 2 USDC.",
        "小王每次交付牛奶,小李向小王支付5 USDC。",
        "每售出一张照片,店主向摄影师支付2 USDC。",
    ],
)
def test_a_payment_that_is_due_each_time_is_not_made_one_for_all(text: str) -> None:
    specification = read_agreement(text).model_copy(update={"questions": ()})

    with pytest.raises(NotBuildable, match="due again each time"):
        compose(specification, BLOCKS, name="Milk")
