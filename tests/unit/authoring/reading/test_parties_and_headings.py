"""Who takes part, named on one line; headings that could be verbs; times that are no time."""

from __future__ import annotations

import pytest

from assay.authoring.understanding import understand


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        (
            "Seller: Anna. Buyer: Ben. Inspector: Cora.",
            ["Seller: Anna", "Buyer: Ben", "Inspector: Cora"],
        ),
        ("Seller: Anna; Buyer: Ben.", ["Seller: Anna", "Buyer: Ben"]),
        ("Landlord: Lena Fox, Tenant: Tom", ["Landlord: Lena Fox", "Tenant: Tom"]),
        ("甲方(出租方):李雷,乙方(承租方):韩梅梅。", ["甲方(出租方):李雷", "乙方(承租方):韩梅梅"]),
    ],
)
def test_parties_of_one_line_have_words_of_their_own(line: str, parties: list[str]) -> None:
    english = line.isascii()
    read = understand(
        f"{line}\n\n" + ("Ben pays Anna 5 USDC." if english else "乙方向甲方付5 USDC。")
    )

    assert [one.text for one in read.parties][: len(parties)] == parties
    assert read.not_understood == ()


def test_the_names_and_roles_of_one_line_mean_the_parties() -> None:
    english = understand("Seller: Anna. Buyer: Ben.\n\nBen pays Anna 5 USDC.").obligations[0]
    chinese = understand(
        "甲方(出租方):李雷,乙方(承租方):韩梅梅。\n承租方向出租方支付5 USDC。"
    ).obligations[0]

    assert (english.actor, english.recipient) == ("buyer", "seller")
    assert (chinese.actor, chinese.recipient) == ("乙方", "甲方")


@pytest.mark.parametrize("heading", ["Change of control", "Release of funds", "Return of goods"])
def test_a_noun_before_of_is_a_heading(heading: str) -> None:
    read = understand(f"1. {heading}. The Buyer pays the Seller 5 USDC.\n2. Ben pays Anna 5 USDC.")

    assert read.not_understood == ()


def test_later_is_a_breach_or_a_day_or_asked_in_plain_words() -> None:
    breach = understand("If the Seller delivers the goods later, the Seller pays the Buyer 5 USDC.")
    day = understand("The Buyer pays the Seller 100 USDC on 1 May 2027 or later.")
    asked = understand("The Buyer pays the Seller 200 USDC later.")

    assert breach.obligations[0].conditions[0].kind == "breach"
    assert [(one.comparator, one.value) for one in day.obligations[0].conditions] == [
        (">=", "2027-05-01")
    ]
    assert day.questions == ()
    assert [one.text.partition("?")[0] for one in asked.questions] == ["By when is 'later'"]
