"""What a campaign, an auction, a grant, a split, a sale, a stake or a vote lacks is asked."""

from __future__ import annotations

from typing import Any

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer, ask_again
from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.checking.whole import questions
from assay.authoring.model import Obligation, Specification
from tests.unit.authoring.blocks import open_agreements as agreements
from tests.unit.authoring.blocks.open_agreements import OPEN_AGREEMENTS


def changed(specification: Specification, index: int, **fields: Any) -> Specification:
    """The specification with other values in one obligation."""
    obligations = list(specification.obligations)
    obligations[index] = Obligation.model_validate({**obligations[index].model_dump(), **fields})
    return specification.model_copy(update={"obligations": tuple(obligations)})


def without(specification: Specification, *indices: int) -> Specification:
    """The specification without some obligations."""
    rest = tuple(one for index, one in enumerate(specification.obligations) if index not in indices)
    return specification.model_copy(update={"obligations": rest})


@pytest.mark.parametrize("name", OPEN_AGREEMENTS)
def test_nothing_is_asked_about_what_is_whole(name: str) -> None:
    assert questions(OPEN_AGREEMENTS[name]()) == ()


@pytest.mark.parametrize(
    ("lacking", "kind", "answered"),
    [
        (changed(agreements.campaign(), 0, deadline=None), "campaign_end", "2027-12-31"),
        (without(agreements.campaign(), 2), "campaign_refund", "refund"),
        (
            changed(without(agreements.campaign(), 2, 3), 1, conditions=()),
            "campaign_goal",
            "100000 USDC",
        ),
        (changed(agreements.auction_of_tokens(), 1, deadline=None), "auction_end", "P7D"),
        (without(agreements.auction_of_tokens(), 2), "bid_increment", "5 %"),
        (without(agreements.auction_of_tokens(), 2), "bid_increment", "none"),
        (without(agreements.auction_of_tokens(), 4), "outbid_refund", "refund"),
        (without(agreements.auction_of_tokens(), 7), "auction_payee", "seller"),
        (
            changed(agreements.stepped_vesting(), 1, deadline_from="授予日"),
            "vesting_start",
            "2027-06-01",
        ),
        (changed(agreements.royalties(), 2, amount="10"), "shares_incomplete", "10.5"),
        (without(agreements.listed_sale(), 3), "token_source", "issued"),
        (
            without(agreements.chinese_stake(), 1),
            "lock_length",
            "P180D",
        ),
        (changed(agreements.vote(), 0, deadline=None), "voting_end", "2027-03-31"),
        (changed(agreements.vote(), 1, otherwise=None), "rejected_payment", "treasury"),
    ],
)
def test_what_is_missing_is_asked_and_the_answer_makes_it_whole(
    lacking: Specification, kind: str, answered: str
) -> None:
    asked = ask_again(lacking, frozenset())
    while asked.questions:
        first = asked.questions[0]
        text = answered if first.kind == kind else first.suggestions[0]
        assert first.kind == kind or first.kind in ("campaign_refund",)
        asked = answer(asked, {first.id: text})

    composition = compose(asked, BLOCKS, name="Answered")

    assert set(composition.kept) == set(range(len(asked.obligations)))


def test_the_token_that_is_divided_is_asked() -> None:
    lacking = agreements.royalties().model_copy(update={"assets": ()})

    asked = ask_again(lacking, frozenset())
    answered = answer(asked, {"split_asset.1": "USDC 6"})

    assert [one.kind for one in asked.questions] == ["split_asset"]
    assert answered.questions == ()
    assert compose(answered, BLOCKS, name="Divided").program.assets[0].decimals == 6


def test_who_funds_a_grant_is_asked() -> None:
    lacking = changed(without(agreements.stepped_vesting(), 0, 2), 0, amount="9", asset="USDC")
    company = agreements.stepped_vesting().parties

    asked = ask_again(lacking.model_copy(update={"parties": company}), frozenset())
    answered = answer(asked, {"grant_funding.1": "公司"})

    assert answered.questions == ()
    assert compose(answered, BLOCKS, name="Funded").claims[0].block == "vesting"


@pytest.mark.parametrize("text", ["nobody", "five", "5", "5 USDC more"])
def test_an_answer_that_is_none_is_refused(text: str) -> None:
    asked = ask_again(without(agreements.auction_of_tokens(), 2, 7), frozenset())
    ids = {one.kind: one.id for one in asked.questions}

    with pytest.raises(AnswerUnfit):
        answer(asked, {ids["bid_increment"]: text})
    with pytest.raises(AnswerUnfit):
        answer(asked, {ids["auction_payee"]: text})
