"""What is due again and again, and what is recorded once."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.use_cases.reading import read_agreement

COVER = (
    "The insurer deposits 900 USDC into the contract. {when}, the contract pays the grower 100 "
    "USDC. After 31 October 2027 the insurer may withdraw the rest."
)


@pytest.mark.parametrize(
    "text",
    [
        "Every time Ben delivers milk, Ann pays Ben 5 USDC.",
        "Whenever Ben delivers milk, Ann pays Ben 5 USDC.",
        "For every print sold, the shop pays the artist 2 USDC.",
        "小王每次交付牛奶,小李向小王支付5 USDC。",
        "每售出一张照片,店主向摄影师支付2 USDC。",
        "Each time Bob fails to deliver the milk by 1 May 2027, Bob pays Ann 5 USDC.",
        COVER.format(when="Every time the rainfall reported by the station exceeds 50 mm"),
        COVER.format(when="Whenever the station reports rainfall above 50 mm"),
        (
            "保险公司向合约存入900 USDC。每当气象站报告的降雨量超过50毫米，合约向农户支付100 USDC。"
            "2027年10月31日后保险公司可以取回余额。"
        ),
    ],
)
def test_a_payment_that_is_due_each_time_is_not_made_one_for_all(text: str) -> None:
    specification = read_agreement(text).model_copy(update={"questions": ()})

    with pytest.raises(NotBuildable, match="due again each time"):
        compose(specification, BLOCKS, name="Milk")
