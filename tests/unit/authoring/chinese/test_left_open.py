"""What two duties, or the words of a condition, leave open is asked."""

import pytest

from assay.authoring.understanding import understand


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("承租人应于2027年5月1日前向房东支付3 USDC,或于2027年6月1日前支付4 USDC。", "alternative"),
        ("买方应向卖方支付10 USDC与6 USDC中的较高者。", "alternative"),
        ("买方应在收货时支付卖方30 USDC，扣除运费1 USDC。", "deduction"),
        ("员工主动离职的,合约将10 USDC退还公司。", "condition_part"),
        ("员工被动离职的,合约将10 USDC退还公司。", "condition_part"),
    ],
)
def test_what_is_left_open_is_asked(text: str, asked: str) -> None:
    assert asked in {question.kind for question in understand(text, "zh").questions}


@pytest.mark.parametrize(
    "text",
    [
        "买方应向卖方支付300 USDC,并于2027年6月1日前支付350 USDC。",
        "下雨的,保险公司向农户支付300 USDC,或下雪的,支付350 USDC。",
        "员工离职的,合约将10 USDC退还公司。",
    ],
)
def test_what_is_said_is_not_asked(text: str) -> None:
    asked = {question.kind for question in understand(text, "zh").questions}

    assert not asked & {"alternative", "deduction", "condition_part"}
