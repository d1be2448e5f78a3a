"""The examiner of the understanding: its corpus keeps to the model, its comparison can fail."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from bench.clauses.comparison import differences, flattened, matched, same_condition
from bench.clauses.corpus import LANGUAGES, Ambiguous, Item, check, load
from bench.clauses.verdict import Class, Verdict

from assay.authoring.model import NotUnderstood, Obligation, Question, Specification

TEXT = "The Buyer shall pay the Seller 100 USDC within 30 days."
PAY = {
    "actor": "buyer", "modality": "must", "action": "pay", "amount": "100", "asset": "USDC",
    "recipient": "seller", "deadline": "P30D",
}  # fmt: skip
ITEM = Item("one", "english", TEXT, "contract", "escrow", (PAY,), ())
ALL = [item for language in LANGUAGES for half in ("development", "held_out")
       for item in load(language, half)]  # fmt: skip


def read(*obligations: dict[str, Any], **parts: Any) -> Specification:
    read_obligations = tuple(Obligation(**{**one, "span": (0, 54)}) for one in obligations)
    return Specification(language="en", text=TEXT, obligations=read_obligations, **parts)


def words_of(text: str) -> frozenset[str]:
    size = 12 if text.isascii() else 6
    letters = "".join(letter for letter in text.casefold() if letter.isalpha())
    return frozenset(letters[at : at + size] for at in range(len(letters) - size + 1))


def test_every_item_keeps_to_the_model_and_has_its_own_name() -> None:
    for item in ALL:
        check(item)

    assert len({item.id for item in ALL}) == len(ALL)
    assert sum(item.language == "english" for item in ALL) >= 240
    assert sum(item.language == "chinese" for item in ALL) >= 130


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_held_out_item_is_a_development_item_in_other_words(language: str) -> None:
    known = [(item.id, words_of(item.text)) for item in load(language, "development")]
    held_out = [(item.id, words_of(item.text)) for item in load(language, "held_out")]

    near = [
        (one, other)
        for (one, words), (other, others) in product(known, held_out)
        if len(words & others) > 0.5 * min(len(words), len(others))
    ]
    assert near == []


def test_an_item_read_as_expected_is_right_and_exact() -> None:
    verdict = Verdict(ITEM, read(PAY))

    assert verdict.outcome is Class.RIGHT
    assert verdict.exact


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "seller"}, {"modality": "may"}, {"action": "deliver"}, {"amount": "10"},
        {"asset": "USDT"}, {"recipient": None}, {"deadline": "P3D"}, {"recurrence": "P1M"},
        {"limit": "most"}, {"spread": True},
        {"conditions": [{"kind": "event", "text": "", "action": "deliver"}]},
    ],
    ids=str,
)  # fmt: skip
def test_one_wrong_field_without_a_word_is_silent(change: dict[str, Any]) -> None:
    verdict = Verdict(ITEM, read({**PAY, **change}))

    assert verdict.outcome is Class.SILENT


def test_nothing_read_is_silent_unless_words_are_said_not_to_be_understood() -> None:
    unread = NotUnderstood(span=(0, 54), text=TEXT, reason="no rule reads them")

    assert Verdict(ITEM, read()).outcome is Class.SILENT
    assert Verdict(ITEM, read(not_understood=(unread,))).outcome is Class.ASKED


@pytest.mark.parametrize(
    ("kind", "field", "outcome"),
    [
        ("unclear_amount", "amount", Class.ASKED),
        ("unclear_deadline", "deadline", Class.SILENT),
        ("fiat_token", "amount", Class.SILENT),
    ],
)
def test_a_question_excuses_only_the_field_that_it_is_about(
    kind: str, field: str, outcome: Class
) -> None:
    question = Question(id="q", kind=kind, text="?", field=field, obligation=0, span=(31, 34))
    verdict = Verdict(ITEM, read({**PAY, "amount": "10"}, questions=(question,)))

    assert verdict.outcome is outcome


def test_a_penalty_after_otherwise_is_the_same_as_one_for_the_breach() -> None:
    fine = {"actor": "buyer", "modality": "must", "action": "pay", "amount": "5", "asset": "ETH"}
    breach = {"kind": "breach", "actor": "buyer", "action": "pay"}

    nested = flattened([{**PAY, "otherwise": fine}])
    apart = flattened([PAY, {**fine, "conditions": [breach]}])

    assert [differences(*pair) for pair in zip(nested, apart, strict=True)] == [[], []]


def test_conditions_are_the_same_only_if_they_hold_at_the_same_times() -> None:
    reached = {"kind": "comparison", "subject": "goal", "comparator": ">=", "value": "5"}
    missed = {**reached, "comparator": "<"}

    assert same_condition({**reached, "negated": True}, missed)
    assert not same_condition(reached, missed)
    assert not same_condition(reached, {**reached, "value": "6"})


def same(expected: dict[str, Any], actual: dict[str, Any]) -> bool:
    one, other = flattened([expected]), flattened([actual])
    return matched(one, other, lambda wanted, found: not differences(wanted, found))


def test_a_total_in_equal_parts_is_what_each_part_is() -> None:
    parts = {**PAY, "deadline": None, "recurrence": "P1M", "occurrences": 4}

    assert same({**parts, "spread": True}, {**parts, "amount": "25"})
    assert not same({**parts, "spread": True}, parts)
    assert not same({**parts, "spread": True}, {**parts, "amount": "20"})


def test_words_that_single_somebody_out_may_be_a_state() -> None:
    mint = {"actor": "listed address", "modality": "may", "action": "issue"}
    listed = {"kind": "state", "subject": "address", "value": "listed"}

    assert same(mint, {**mint, "actor": "address", "conditions": [listed]})
    assert not same(mint, {**mint, "actor": "address"})
    assert not same(
        mint, {**mint, "actor": "address", "conditions": [{**listed, "value": "frozen"}]}
    )


def test_things_without_an_amount_may_be_named_together_or_one_by_one() -> None:
    bear = {"actor": "lessee", "modality": "must", "action": "pay"}

    together = flattened([{**bear, "asset": "water and power"}])
    apart = flattened([{**bear, "asset": one} for one in ("water", "power")])

    assert together == apart
    assert len(flattened([{**bear, "asset": "水费、电费"}])) == 2
    assert len(flattened([{**bear, "amount": "3", "asset": "salt and pepper"}])) == 1


def test_the_price_beside_a_sale_goes_to_the_seller() -> None:
    sell = {"actor": "tom", "modality": "must", "action": "sell", "asset": "bike"}
    price = {**PAY, "actor": "kim", "recipient": None}

    to_kim = flattened([{**sell, "recipient": "kim"}, price])
    to_ann = flattened([{**sell, "recipient": "ann"}, price])

    assert differences({**price, "recipient": "tom"}, to_kim[1]) == []
    assert differences({**price, "recipient": "tom"}, to_ann[1]) == ["recipient"]


def test_a_ban_on_the_contract_until_a_time_is_the_beginning_of_its_duty() -> None:
    release = {"actor": "contract", "modality": "must", "action": "release", "asset": "ORE"}
    cliff = {"kind": "time", "comparator": ">=", "value": "P1Y"}
    ban = {**release, "modality": "must_not", "conditions": [{**cliff, "comparator": "<"}]}

    joined = flattened([release, ban])

    assert [differences({**release, "conditions": [cliff]}, one) for one in joined] == [[]]
    assert len(flattened([release, {**ban, "actor": "holder"}])) == 2
    assert len(flattened([{**release, "action": "pay"}, ban])) == 2


def test_what_is_kept_for_a_breach_may_be_handed_over_by_the_contract() -> None:
    breach = {"kind": "breach", "actor": "buyer", "action": "pay"}
    keep = {"actor": "seller", "modality": "must", "action": "keep", "asset": "bond",
            "conditions": [breach]}  # fmt: skip
    hand = {**keep, "actor": "contract", "action": "pay", "recipient": "seller"}

    assert same(keep, hand)
    assert not same(keep, {**hand, "recipient": "buyer"})
    assert not same({**keep, "conditions": []}, {**hand, "conditions": []})


def test_a_breach_is_a_negated_state_only_if_it_says_the_same() -> None:
    breach = {"kind": "breach", "actor": "builder", "action": "perform", "asset": "roof"}
    state = {"kind": "state", "subject": "builder", "value": "completed the roof", "negated": True}

    assert same_condition(breach, state)
    assert not same_condition(breach, {**state, "negated": False})
    assert not same_condition(breach, {**state, "value": "insured"})
    assert not same_condition({**breach, "kind": "event"}, {**state, "negated": False,
                                                            "value": "insured"})  # fmt: skip


def test_a_time_that_has_only_a_name_is_a_state_after_it() -> None:
    closing = {"kind": "state", "subject": "closing date"}

    assert same_condition({"kind": "time", "subject": "closing date", "comparator": ">"}, closing)
    assert not same_condition(
        {"kind": "time", "subject": "closing date", "comparator": "<"}, closing
    )
    assert not same_condition(
        {"kind": "time", "subject": "closing date", "comparator": ">", "value": "P5D"}, closing
    )


@pytest.mark.parametrize(
    ("kind", "field", "outcome"),
    [
        ("unlisted_verb", None, Class.ASKED),
        ("who_confirms", None, Class.SILENT),
        ("voting_end", "deadline", Class.SILENT),
    ],
)
def test_a_question_of_the_whole_contract_excuses_no_other_field(
    kind: str, field: str | None, outcome: Class
) -> None:
    question = Question(id="q", kind=kind, text="?", field=field, obligation=0, span=(0, 54))
    verdict = Verdict(ITEM, read({**PAY, "action": "deliver"}, questions=(question,)))

    assert verdict.outcome is outcome


@pytest.mark.parametrize(
    ("kind", "field", "span", "outcome"),
    [
        ("vague_time", "deadline", (40, 54), Class.RIGHT),
        ("who_confirms", None, (40, 54), Class.SILENT),
        ("unbounded_amount", "amount", (40, 54), Class.SILENT),
        ("vague_time", "deadline", None, Class.SILENT),
    ],
)
def test_open_words_are_asked_about_where_they_stand(
    kind: str, field: str | None, span: tuple[int, int] | None, outcome: Class
) -> None:
    certain = {name: PAY[name] for name in ("actor", "modality", "action", "amount", "asset")}
    open_words = Ambiguous(("30 days",), "deadline", certain)
    item = Item("two", "english", TEXT, "contract", "escrow", (), (open_words,))
    question = Question(id="q", kind=kind, text="?", field=field, obligation=0, span=span)

    verdict = Verdict(item, read(PAY, questions=(question,)))

    assert verdict.outcome is outcome
