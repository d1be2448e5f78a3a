"""Rewordings keep what is expected, or change it with the words."""

from __future__ import annotations

from bench.clauses.corpus import Item
from bench.clauses.english_names import renamed
from bench.clauses.english_order import condition_last, passive
from bench.clauses.english_values import other_dates


def _item(text: str, **fields: object) -> Item:
    return Item("x", "english", text, "simple", "services", (fields,), ())


def test_a_condition_moves_behind_its_sentence_where_no_pronoun_stands() -> None:
    assert condition_last("If Ann pays, the seller ships the bike.") == (
        "The seller ships the bike if Ann pays."
    )
    assert condition_last("If Ann pays, it is shipped.") is None


def test_a_payment_is_said_in_the_passive() -> None:
    said = passive("The Buyer shall pay 5 ETH to the Seller on 1 May 2027.")

    assert said == "5 ETH shall be paid by the Buyer to the Seller on 1 May 2027."


def test_another_name_is_expected_where_it_is_written() -> None:
    item = _item("The buyer pays.", actor="buyer", action="pay", modality="must")

    reworded = renamed(("Glazier",)).apply(item)

    assert reworded is not None
    assert reworded.text == "The glazier pays."
    assert reworded.obligations[0]["actor"] == "glazier"


def test_another_date_is_expected_where_it_is_written() -> None:
    item = _item("Pay by 1 May 2027.", action="pay", modality="must", deadline="2027-05-01")

    reworded = other_dates(item)

    assert reworded is not None
    assert reworded.text == "Pay by 4 September 2028."
    assert reworded.obligations[0]["deadline"] == "2028-09-04"
