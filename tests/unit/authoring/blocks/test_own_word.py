"""Whoever is paid by their own word, or silence, is named before and after building."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.clauses.own_word import OwnWord, own_words
from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.describing.describing import describe
from assay.authoring.use_cases.reading import read_agreement
from tests.unit.authoring.blocks.answered import as_suggested

SALE = (
    "The Buyer deposits 500 USDC in the contract. Once the Seller has delivered the goods, the "
    "contract pays the Seller 500 USDC. After 1 May 2027 the deposit goes back to the Buyer."
)
CHINESE = (
    "买方应将500 USDC存入合约。卖方交付货物后，合约向卖方支付500 USDC。"
    "卖方在2027年4月1日前未交付货物的，合约将500 USDC退还买方。"
)
COVER = (
    "The Insurer deposits 500 USDC in the contract. If the rainfall is below 10 mm, the contract "
    "pays the Farmer 500 USDC. After 1 May 2027 the deposit goes back to the Insurer."
)

WORK = (
    "The Client deposits 1,000 USDC in the contract by 1 March 2027. The Freelancer delivers the "
    "website by 1 May 2027. When the Client accepts the website, the contract pays the Freelancer "
    "1,000 USDC. If the website is not delivered by 1 May 2027, the contract refunds the deposit "
    "to the Client."
)
WORK_CHINESE = (
    "客户应在2027年3月1日前将1000 USDC存入合约。设计师应在2027年5月1日前交付网站。"
    "客户验收网站后,合约向设计师支付1000 USDC。"
    "设计师未在2027年5月1日前交付网站的,合约将款项退还客户。"
)


def _asked(text: str) -> str:
    (question,) = [one for one in read_agreement(text).questions if one.kind.startswith("who_")]
    return question.text


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (SALE, "seller would be paid by saying so"),
        (COVER, "farmer would be paid by saying so"),
        (CHINESE, "卖方确认后即可获得款项"),
        (CHINESE, "买方不予确认即可获得款项"),
    ],
)
def test_the_question_says_who_would_gain(text: str, warning: str) -> None:
    assert warning in _asked(text)


@pytest.mark.parametrize(
    ("text", "answer", "told"),
    [
        (SALE, "seller", ("seller is paid if seller says so", False)),
        (COVER, "farmer", ("farmer is paid if farmer says so", False)),
        (CHINESE, "卖方", ("卖方自行确认即可获得款项", False)),
        (CHINESE, "买方", ("只要买方不予确认", True)),
    ],
)
def test_the_description_says_whose_own_word_decides(
    text: str, answer: str, told: tuple[str, bool]
) -> None:
    (asked,) = [one.id for one in read_agreement(text).questions if one.kind.startswith("who_")]

    read = read_agreement(text, answers={asked: answer})

    assert {(one.party, one.by_silence) for one in own_words(read)} == {(answer, told[1])}
    assert told[0] in describe(read, compose(read, BLOCKS, name="Own"))


@pytest.mark.parametrize(
    ("text", "answer", "told"),
    [
        (WORK, "freelancer", "client is not paid for this any more once freelancer says"),
        (WORK_CHINESE, "设计师", "设计师一旦自行确认其工作已完成，客户即不再因此获得款项"),
    ],
)
def test_who_ends_a_refund_by_a_word_about_their_own_work_is_named(
    text: str, answer: str, told: str
) -> None:
    asked = [one for one in read_agreement(text).questions if one.kind == "who_confirms"]

    read = as_suggested(text, who_confirms=answer)

    assert answer in asked[0].text
    assert told in describe(read, compose(read, BLOCKS, name="Own"))


def test_a_right_to_object_bars_nothing_by_an_own_word() -> None:
    read = as_suggested(
        "Ben deposits 300 USDC. When Ben confirms the bike, the contract pays Anna 300 USDC. "
        "If Ben does not confirm the bike within 14 days, the money goes back to Ben."
    )

    assert not any(one.over for one in own_words(read))


def test_nobody_is_warned_of_a_neutral_word() -> None:
    (asked,) = [one.id for one in read_agreement(SALE).questions if one.kind.startswith("who_")]

    read = read_agreement(SALE, answers={asked: "buyer"})

    assert own_words(read) == ()
    assert "own word" not in describe(read, compose(read, BLOCKS, name="Own"))


def test_a_right_is_no_fact_that_somebody_tells() -> None:
    read = read_agreement(
        "The Buyer deposits 500 USDC in the contract. If the Buyer cancels by 1 April 2027, the "
        "deposit goes back to the Buyer. After 1 May 2027 the contract pays the Seller 500 USDC."
    )

    assert OwnWord not in map(type, own_words(read))
