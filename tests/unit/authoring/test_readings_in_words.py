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
        (CLIFF, ["from the end of a cliff of P1Y", "every P1M, 48 times", "in equal parts"]),
        (CONSENT, ["if inspector consents", "up to 2027-05-10"]),
        (RAIN, ["if rainfall is less than 9.6 mm, reported by station", "on 2027-05-03"]),
        (LATE, ["if not done: seller deliver goods, up to 2027-05-01"]),
    ],
)
def test_what_was_read_is_told_from_the_fields(text: str, told: list[str]) -> None:
    parts = in_words(read_agreement(text).obligations[0]).split("; ")

    assert [one for one in told if one not in parts] == []
