"""What is left open is asked, and answers land where the question points."""

from __future__ import annotations

import pytest

from assay.authoring.checking.answers import answer, as_template, ask_again, read_answers
from assay.authoring.checking.errors import AnswersMalformed, AnswerUnfit, AnswerUnknown
from assay.authoring.model import Asset, Condition, Obligation, Party, Question, Specification
from assay.authoring.understanding import understand

TEXT = "The Buyer pays $100 to the Seller. Someone delivers. The Buyer deposits $50."


def specification() -> Specification:
    paid = Condition(
        kind="event", text="once paid", actor="buyer", action="pay", amount="100", asset="USD"
    )
    raw = Specification(
        language="en",
        text=TEXT,
        parties=(
            Party(name="buyer", text="The Buyer", span=(0, 9)),
            Party(name="seller", text="the Seller", span=(23, 33)),
        ),
        assets=(Asset(name="USD", text="$100", kind="fiat", span=(15, 19)),),
        obligations=(
            Obligation(
                actor="buyer",
                modality="must",
                action="pay",
                amount="100",
                asset="USD",
                span=(0, 33),
            ),
            Obligation(modality="must", action="deliver", conditions=(paid,), span=(35, 51)),
            Obligation(
                actor="buyer",
                modality="must",
                action="deposit",
                amount="50",
                asset="USD",
                span=(53, 76),
            ),
        ),
    )
    return ask_again(raw, frozenset())


def test_everything_open_is_asked() -> None:
    asked = {question.id for question in specification().questions}

    assert asked == {"fiat_token.USD", "missing_recipient.1", "missing_party.2"}


def test_money_that_nothing_lets_out_is_asked_about() -> None:
    alone = specification().model_copy(update={"obligations": specification().obligations[2:]})

    asked = {question.kind for question in ask_again(alone, frozenset()).questions}

    assert "no_way_out" in asked


def test_answers_fill_the_fields_and_close_the_questions() -> None:
    answers = {
        "fiat_token.USD": "USDC 6",
        "missing_recipient.1": "seller",
        "missing_party.2": "seller",
    }

    answered = answer(specification(), answers)

    assert answered.questions == ()
    assert answered.obligations[0].recipient == "seller"
    assert {one.asset for one in answered.obligations} == {"USDC", None}
    assert answered.obligations[1].conditions[0].asset == "USDC"
    assert answered.assets[0].decimals == 6


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(AnswerUnknown):
        answer(specification(), {"missing_recipient.7": "seller"})


@pytest.mark.parametrize("text", ["USDC", "USDC many", "", "U$D 6"])
def test_an_answer_that_names_no_token_is_refused(text: str) -> None:
    with pytest.raises(AnswerUnfit):
        answer(specification(), {"fiat_token.USD": text})


@pytest.mark.parametrize("data", [b"- a list", b"{", b"\xff", b"a: {b: c}"])
def test_files_that_hold_no_answers_are_refused(data: bytes) -> None:
    with pytest.raises(AnswersMalformed):
        read_answers(data)


def test_a_date_may_stand_without_quotes() -> None:
    assert read_answers(b"no_way_out.1: 2028-06-30") == {"no_way_out.1": "2028-06-30"}


def test_the_template_can_be_filled_in_and_read() -> None:
    template = as_template(specification()).replace('""', '"seller"')

    assert read_answers(template.encode())["missing_party.2"] == "seller"


def test_the_template_quotes_the_clause_that_a_question_is_about() -> None:
    lines = as_template(specification()).splitlines()

    about = lines.index('"missing_recipient.1": ""')
    assert "# “The Buyer pays $100 to the Seller”" in lines[about - 3 : about]


def test_the_template_quotes_the_sentence_in_which_words_were_not_understood() -> None:
    text = "Ann pays Ben 5 USDC. Ben zorbs gleefully and pays Ann 3 USDC by 1 May 2027. They agree."
    read = understand(text, "en")
    template = as_template(read)

    assert read.not_understood
    assert "# “Ben zorbs gleefully and pays Ann 3 USDC by 1 May 2027”" in template.splitlines()


@pytest.mark.parametrize("text", ["1200", "1,200", "1200 USDC", "1,200 USDC"])
def test_a_sum_may_be_answered_with_what_it_is_of(text: str) -> None:
    answered = answer(_sum_is_open(), {"unbounded_amount.1": text})

    assert answered.obligations[0].amount == "1200"


@pytest.mark.parametrize("text", ["1200 DAI", "1,2", "much"])
def test_a_sum_of_something_else_or_no_number_is_refused(text: str) -> None:
    with pytest.raises(AnswerUnfit):
        answer(_sum_is_open(), {"unbounded_amount.1": text})


def _sum_is_open() -> Specification:
    pays = {"actor": "buyer", "modality": "must", "action": "pay", "recipient": "seller"}
    open_ = Obligation.model_validate({**pays, "asset": "USDC", "span": (0, 33)})
    raw = specification().model_copy(update={"obligations": (open_,), "assets": ()})
    return ask_again(raw, frozenset())


def test_two_clauses_that_contradict_are_asked_about() -> None:
    one = specification().obligations[0].model_copy(update={"recipient": "seller"})
    both = (one, one.model_copy(update={"modality": "must_not"}))
    asked = ask_again(specification().model_copy(update={"obligations": both}), frozenset())

    assert "contradiction" in {question.kind for question in asked.questions}


def test_the_decimals_of_a_token_that_nobody_knows_are_asked() -> None:
    text = "The Buyer pays the Seller 12.5 GLD."
    paid = Obligation(
        actor="buyer",
        modality="must",
        action="pay",
        recipient="seller",
        amount="12.5",
        asset="GLD",
        span=(0, len(text)),
    )
    gold = Asset(name="GLD", text="GLD", kind="token", span=(31, 34))
    raw = Specification(language="en", text=text, assets=(gold,), obligations=(paid,))

    asked = ask_again(raw, frozenset())
    answered = answer(asked, {"token_decimals.GLD": "2"})

    assert [one.id for one in asked.questions] == ["token_decimals.GLD"]
    assert answered.assets[0].decimals == 2
    assert answered.questions == ()
    with pytest.raises(AnswerUnfit):
        answer(asked, {"token_decimals.GLD": "many"})


def test_a_reasonable_time_becomes_the_deadline_of_its_duty() -> None:
    text = "The Seller shall repair the machine within a reasonable time."
    repair = Obligation(
        actor="seller", modality="must", action="repair", asset="machine", span=(0, 60)
    )
    vague = Question(id="vague_time-36", kind="vague_time", text="How long?", span=(36, 60))
    raw = Specification(language="en", text=text, obligations=(repair,), questions=(vague,))

    answered = answer(raw, {"vague_time-36": "P30D"})

    assert answered.obligations[0].deadline == "P30D"
    with pytest.raises(AnswerUnfit):
        answer(raw, {"vague_time-36": "soon"})


def test_who_a_pronoun_in_a_condition_means_can_be_answered() -> None:
    told = understand(
        "Kim deposits 100 USDC. Robin does the work for Kim. If she objects, the contract pays "
        "100 USDC to Finn."
    )
    (asked,) = (one for one in told.questions if one.kind == "pronoun")

    answered = answer(told, {asked.id: "robin"})

    assert answered.obligations[-1].conditions[0].subject == "robin"
    assert asked.id not in {one.id for one in answered.questions}


def test_alternatives_in_chinese_are_asked_about_and_parted_by_the_answer() -> None:
    told = understand(
        "甲方存入1000 USDC。三位董事中两位同意,或者满90天后,合约向乙方支付1000 USDC。"
    )
    (asked,) = (one for one in told.questions if one.kind == "either_condition")

    answered = answer(told, {asked.id: "满足其一即可"})

    kinds = [tuple(one.kind for one in duty.conditions) for duty in answered.obligations[1:]]
    assert sorted(kinds) == [("approval",), ("time",)]


def test_an_alternative_that_was_lost_is_named() -> None:
    told = understand("甲方存入1000 USDC。董事会同意或者满90天后,合约向乙方支付1000 USDC。")

    assert {one.text for one in told.not_understood} == {"董事会同意或者满90天后"}
