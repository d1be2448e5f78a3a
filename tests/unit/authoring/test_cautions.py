"""A description warns of money that would reach the contract without being counted."""

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.describing.describing import describe
from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ben deposits 900 USDC. On 1 May 2027 the 900 USDC are released to Carla.",
            "USDC is paid in through `benDeposit` alone",
        ),
        ("小王应存入900 USDC。2027年5月1日,900 USDC支付给小李。", "直接转到合约地址的款项不会计入"),
    ],
)
def test_tokens_that_are_sent_straight_are_warned_of(text: str, told: str) -> None:
    read = read_agreement(text)

    assert told in describe(read, compose(read, BLOCKS, name="Held"))


def test_coins_of_the_chain_cannot_be_sent_straight() -> None:
    read = read_agreement("Ben deposits 9 ETH. On 1 May 2027 the 9 ETH are released to Carla.")

    assert "straight" not in describe(read, compose(read, BLOCKS, name="Held"))


@pytest.mark.parametrize(
    ("limit", "warned"), [("-5", True), ("-4.5", False)], ids=["whole", "with decimals"]
)
def test_a_value_without_decimals_is_warned_of(limit: str, warned: bool) -> None:
    read = read_agreement(
        f"Ben deposits 900 USDC. If the temperature reported by the station is below {limit} "
        "degrees, the contract pays Carla 900 USDC. On 1 May 2027 the 900 USDC go back to Ben."
    )

    told = describe(read, compose(read, BLOCKS, name="Frost"))
    assert ("temperature is reported in whole numbers" in told) == warned
