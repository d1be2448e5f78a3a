"""Who is suggested to say what was done, and how people are called who stand in a line of roles."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.describing.describing import describe
from assay.authoring.use_cases.reading import read_agreement

SALE = (
    "Ben deposits 300 USDC. When Ben confirms the bike, the contract pays Anna 300 USDC. "
    "If Ben does not confirm the bike within 14 days, the money goes back to Ben. "
)


@pytest.mark.parametrize(
    ("clause", "first"),
    [
        ("Anna keeps 10 % of the deposit if Ben cancels before delivery.", "ben"),
        ("Ben gets 20 USDC of the deposit if the bike is not delivered by 1 May 2027.", "anna"),
    ],
)
def test_who_gains_is_not_suggested_first(clause: str, first: str) -> None:
    asked = [one for one in read_agreement(SALE + clause).questions if one.kind == "who_confirms"]

    assert [one.suggestions[0] for one in asked] == [first]
    assert "was done: deliver?" not in asked[0].text


@pytest.mark.parametrize(
    ("cast", "names"),
    [
        ("Seller: Anna. Buyer: Ben. ", ["Seller: Anna", "Buyer: Ben"]),
        ("Seller: Anna; Buyer: Ben Ltd. ", ["Seller: Anna", "Buyer: Ben Ltd"]),
        ("Parties: Anna (seller) and Ben (buyer). ", ["Anna (seller)", "Ben (buyer)"]),
    ],
)
def test_each_of_a_line_of_roles_is_called_by_their_own_words(cast: str, names: list[str]) -> None:
    parties = {one.name: one.text for one in read_agreement(cast + SALE).parties}

    assert [parties["seller"], parties["buyer"]] == names


def test_who_may_call_is_named_as_a_sentence_names_them() -> None:
    agreed = read_agreement("Seller: Anna. Buyer: Ben. " + SALE)
    told = describe(agreed, compose(agreed, BLOCKS, name="Sale"))

    assert "Only Ben (Buyer) can call" in told


def test_a_trader_by_any_noun_is_a_party_where_a_line_says_who_that_is() -> None:
    read = read_agreement(
        "团长：小林。供货商：老周鞋厂。小林在2027年5月1日前向老周鞋厂支付300 USDC。"
    )

    assert [(one.actor, one.recipient) for one in read.obligations] == [("团长", "供货商")]
    assert not read.not_understood


@pytest.mark.parametrize(
    ("before", "after", "thing"),
    [
        ("Once the goods are delivered, Ann pays", "If they are not delivered", "goods"),
        ("Once the report is delivered, Ann pays", "If it is not delivered", "report"),
        ("After the lamps are inspected, Ann pays", "If they are not delivered", "lamp"),
    ],
)
def test_what_is_to_be_delivered_is_no_money(before: str, after: str, thing: str) -> None:
    text = f"{before} Bob 100 USDC. {after} by 1 May 2027, Bob pays Ann 5 USDC."

    assert read_agreement(text).obligations[1].conditions[0].asset == thing


def test_what_was_said_is_told_as_a_record_and_without_a_double_negation() -> None:
    agreed = read_agreement(SALE)
    told = describe(agreed, compose(agreed, BLOCKS, name="Sale"))

    assert "refused unless `benConfirmBikeAt` was recorded" in told
    assert "refused if `benConfirmBikeAt` was recorded" in told


DELIVERY = (
    "The Buyer deposits 900 USDC in the contract. {paid}The Inspector may look at everything. The "
    "Buyer rejects the press within 14 days of delivery, otherwise it is deemed accepted. Once the "
    "press is accepted, the contract pays the Seller 500 USDC. The Seller delivers the press by "
    "1 May 2027."
)


@pytest.mark.parametrize(
    ("paid", "last"),
    [("", False), ("Once the press is delivered, the contract pays the Seller 400 USDC. ", True)],
)
def test_who_is_paid_by_a_delivery_is_suggested_last_to_record_it(paid: str, last: bool) -> None:
    asked = [
        one
        for one in read_agreement(DELIVERY.format(paid=paid)).questions
        if one.kind == "who_confirms"
    ]

    assert [one.suggestions[-1] == "seller" for one in asked] == [last]
