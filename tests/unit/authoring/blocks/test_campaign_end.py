"""Money that is to be taken "when the campaign ends" stays until then, the goal reached or not."""

from __future__ import annotations

from functools import partial

import pytest

from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.built import Written, assert_kept, write_all
from tests.unit.authoring.blocks.played import play

GIVE = "Backers may contribute USDC until 30 June 2027. "
CAMPAIGNS = {
    "After": f"{GIVE}The goal is 40 USDC. If the goal is reached, Lena may withdraw the money "
    "after the campaign ends. Otherwise backers get their money back.",
    "When": f"{GIVE}If the goal of 40 USDC is reached when the campaign ends, Lena may withdraw "
    "the money. Otherwise backers are refunded.",
    "Sent": "Backers may contribute USDC. The campaign ends on 30 June 2027. If the goal of 40 "
    "USDC is reached, the contract pays Lena the money after the campaign. If not, backers may "
    "take back what they gave.",
    "Chinese": "支持者可以在2027年6月30日前出资USDC。目标金额为40 USDC。众筹结束后,达到目标的,"
    "发起人可以提取资金;未达到目标的,退还支持者。",
    "AtOnce": f"{GIVE}If the goal of 40 USDC is reached by the deadline, Lena may withdraw the "
    "money. Otherwise backers are refunded.",
}


@pytest.fixture(scope="module")
def built() -> dict[str, Written]:
    return write_all({name: partial(read_agreement, text) for name, text in CAMPAIGNS.items()})


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_it_is_kept_by_both_targets(built: dict[str, Written], name: str) -> None:
    assert_kept(built[name])


@pytest.mark.parametrize("name", ["After", "When", "AtOnce"])
def test_the_goal_alone_is_enough_only_where_nothing_else_is_said(
    built: dict[str, Written], name: str
) -> None:
    calls = (
        ("2027-06-01", "lena", "contribute", 50_000_000),
        ("2027-06-30", "lena", "takeFunds"),
        ("2027-07-01", "lena", "takeFunds"),
    )

    ended, _ = play(built[name], calls)

    at_once = ["", "", "NothingToTake"]
    assert ended == (at_once if name == "AtOnce" else ["", "CampaignStillRuns", ""])
