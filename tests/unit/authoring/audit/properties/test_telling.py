"""Verdicts in the language of the agreement, with what was read beside them."""

from __future__ import annotations

import re

import pytest

from assay.authoring.audit.model import Property
from assay.authoring.audit.properties.in_chinese import in_chinese
from assay.authoring.audit.properties.telling import told
from assay.authoring.audit.reports.document import ReportedProperty
from assay.authoring.use_cases.reading import read_agreement

TOLD = [
    ("it is possible that 承租人 deposits 1 ETH", "可以实现：承租人存入1 ETH"),
    (
        "it is possible that 出租人 confirms 归还 (confirmReturn)",
        "可以实现：出租人确认归还（confirmReturn）",
    ),
    ("it is possible that the contract refunds 押金 to 承租人", "可以实现：合约退款押金给承租人"),
    ("it never happens that 承租人 can transfer 房屋", "绝不会发生：承租人转让房屋"),
    ("less than 1 ETH is not taken for it", "不接受少于1 ETH的付款"),
    ("it is refused unless “within 3 days”", "不满足“在3天之内”时被拒绝"),
    ("not unless “交货后” and “5月前”", "不满足“交货后”且“5月前”时不会发生"),
    ("nobody but 出租人 can call confirmReturn", "只有出租人可以调用confirmReturn"),
    (
        "卖方 gets 5 USDC, neither more nor less, and nobody else does",
        "卖方恰好得到5 USDC，别人得不到",
    ),
    ("it can be had as soon as it is due", "到期即可取得"),
    ("money leaves the contract only to whom the clauses name", "资金只付给条款写明的人"),
    ("承租人 calls payRent, and only 出租人 may", "承租人调用payRent，而只有出租人可以"),
    (
        "承租人 gets 1 ETH, though this does not hold: “归还后”",
        "承租人得到1 ETH，虽然不满足“归还后”",
    ),
    ("only 2 calls were put to the test, and 3 are the least", "只试验了2次调用，至少需要3次"),
    (
        "day 3, hour 2: 甲方 calls pay(5) with 5 ETH -> the contract +5 ETH; 甲方 -5 ETH",
        "第3天2时：甲方调用pay(5)，附带5 ETH -> 合约 +5 ETH; 甲方 -5 ETH",
    ),
    ("day 0: 乙方 calls end() -> no money moves", "第0天：乙方调用end() -> 无资金变动"),
    ("happens (pay)", "能够发生 (pay)"),
    ("4 others are refused", "另4人被拒绝"),
]


@pytest.mark.parametrize(("english", "chinese"), TOLD)
def test_what_is_said_of_a_clause_is_said_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The buyer shall pay the seller 5 USDC.", "buyer must pay 5 USDC to seller"),
        ("买方应向卖方支付5 USDC。", "买方应支付5 USDC给卖方"),
    ],
)
def test_what_was_read_stands_beside_each_verdict(text: str, read: str) -> None:
    agreed = read_agreement(text)
    statement = f"it is possible that {agreed.obligations[0].actor} pays 5 USDC"
    one = Property(None, 0, text, (0, 9), "possible", statement, "holds", 9)
    whole = Property(None, None, "", None, "only_as_agreed", "", "holds", 9)

    found, beside = told(agreed, (one, whole))

    assert found.read == read
    assert bool(re.search("[a-z]{3}", found.statement)) == (agreed.language == "en")
    assert not beside.read
    assert ReportedProperty.model_validate(found.as_json()).read == read
