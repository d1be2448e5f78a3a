"""What `author read` shows of a clause: goals, cliffs and dates from its fields, not its words."""

from __future__ import annotations

import pytest

from assay.authoring.describing.readings import in_words
from assay.authoring.use_cases.reading import read_agreement

GOAL = "If the goal of 40,000 USDC is reached, Lena may withdraw the money."
CLIFF = "4,800 tokens vest to the Employee monthly over four years, with a cliff of a year."
CONSENT = "If the Inspector approves the bike by 10 May 2027, the contract pays the Seller 8 USDC."
RAIN = (
    "If the rainfall reported by the Station for 3 May 2027 is below 9.6 mm, the contract pays the "
    "Farmer 5 USDC."
)
LATE = "If the Seller has not delivered the goods by 1 May 2027, it pays the Buyer 5 USDC."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOAL, ["lena may withdraw money", "if goal is at least 40000 USDC"]),
        (CLIFF, ["from the end of a cliff of 1 year", "every 1 month, 48 times", "in equal parts"]),
        (CONSENT, ["if inspector consents", "up to 2027-05-10"]),
        (RAIN, ["if rainfall is less than 9.6 mm, reported by station", "on 2027-05-03"]),
        (LATE, ["if not done: seller deliver goods, up to 2027-05-01"]),
    ],
)
def test_what_was_read_is_told_from_the_fields(text: str, told: list[str]) -> None:
    parts = in_words(read_agreement(text).obligations[0], "en").split("; ")

    assert [one for one in told if one not in parts] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "买方应在收到货物后10天内向卖方支付总价的30%。",
            ["买方应支付总价的30 %给卖方", "条件：已交付货物给买方", "期限：10天内"],
        ),
        ("出租方不得在2027年5月1日前转让房屋。", ["出租方不得转让房屋", "2027-05-01之前"]),
        (
            "2027年5月1日起,乙方每月向甲方支付100 USDC,共12期。",
            ["自2027-05-01起", "每1个月一次，共12次"],
        ),
        ("除非仲裁人同意,合约应立即将5 USDC退还给买方。", ["除非：仲裁人同意", "期限：立即"]),
    ],
)
def test_a_chinese_clause_is_told_in_chinese(text: str, told: list[str]) -> None:
    parts = in_words(read_agreement(text).obligations[0], "zh").split("；")

    assert [one for one in told if one not in parts] == [], parts
