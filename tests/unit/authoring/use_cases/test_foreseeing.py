"""What reading says of a clause that cannot be built, and what building says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import REFUSED, NotBuildable
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import as_template, read_answers
from assay.authoring.describing.describing import describe
from assay.authoring.model import Question, Specification
from assay.authoring.program.errors import ProgramWrong
from assay.authoring.use_cases.reading import read_agreement, text_of

ROOT = Path(__file__).parents[4]
CLAUSES = ROOT / "bench" / "corpus" / "clauses"
PAYMENT = "The buyer shall pay the seller 100 USDC by 1 May 2027. "
WITHOUT_END = (
    "The tenant pays the landlord 100 USDC each month. When the tenant has paid the landlord "
    "100 USDC, the landlord shall pay the tenant 5 USDC. "
)
SHARE = "The seller shall pay the agent 5 % of the turnover every month. "
BAN = "The buyer must not pay the seller if the goods are defective. "
CHINESE = "买方应在2027年5月1日前向卖方支付100 USDC。卖方每月应向代理人支付营业额的5%。"


def refused(specification: Specification) -> list[Question]:
    return [one for one in specification.questions if one.kind == REFUSED]


@pytest.mark.parametrize("text", [PAYMENT + SHARE, WITHOUT_END, PAYMENT + BAN, CHINESE])
def test_reading_asks_about_what_building_refuses(text: str) -> None:
    read = read_agreement(text)

    with pytest.raises(NotBuildable) as error:
        compose(read, BLOCKS, name="Foreseen")

    reason = error.value.reason if read.language == "en" else error.value.in_chinese().reason
    assert reason in refused(read)[0].text
    assert reason in as_template(read)


def test_what_is_left_to_the_parties_is_asked_no_more_and_is_a_warning() -> None:
    read = read_agreement(PAYMENT + SHARE)
    (question,) = refused(read)
    assert f'"{question.id}"' in as_template(read)

    answered = read_agreement(PAYMENT + SHARE, answers={question.id: "yes"})

    assert not answered.questions
    composition = compose(answered, BLOCKS, name="Foreseen")
    assert composition.outside
    warning = describe(answered, composition).partition("## Clause")[0].partition("**Warning.**")[2]
    assert SHARE.strip(" .") in warning


@pytest.mark.parametrize(
    "clause",
    [
        SHARE,
        "Only verified wallets may buy. ",
        "The agent may withdraw the remaining tokens. ",
        "The guarantor keeps 50 % of the pledge. ",
    ],
)
def test_to_leave_money_or_a_right_to_people_is_never_suggested(clause: str) -> None:
    asked = refused(read_agreement(PAYMENT + clause))

    assert asked
    assert not any(one.suggestions for one in asked)
    assert "neither pays, holds nor limits" in asked[0].text


def test_what_moves_no_money_may_be_left_to_people() -> None:
    text = PAYMENT + "The maintenance is to be carried out by 1 May 2027. "
    (asked,) = [one for one in read_agreement(text).questions if one.field == "actor"]

    (left,) = refused(read_agreement(text, answers={asked.id: "contract"}))

    assert left.suggestions == ("yes",)


@pytest.mark.parametrize(
    "text", ["This Agreement is governed by the laws of England.", "本合同适用中国法律。"]
)
def test_a_text_with_nothing_to_carry_out_is_told(text: str) -> None:
    assert refused(read_agreement(text))


def agreements() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, text and answers: the examples, and of the clauses every sixth."""
    for path in sorted((ROOT / "examples" / "agreements").glob("*.??.md")):
        beside = path.with_suffix(".answers.yaml")
        given = read_answers(beside.read_bytes()) if beside.exists() else {}
        yield path.name, text_of(path), {}
        yield f"{path.name} answered", text_of(path), given
    for language in ("english", "chinese"):
        lines = (CLAUSES / language / "development.jsonl").read_text().splitlines()
        yield from ((one["id"], one["text"], {}) for one in map(json.loads, lines[::6]))


def test_building_refuses_nothing_that_was_not_asked_about_at_first() -> None:
    wrong = []
    for name, text, given in agreements():
        first = read = read_agreement(text, answers=given)
        while open_ := [one for one in read.questions if one.kind != REFUSED]:
            if read.not_understood or not all(one.suggestions for one in open_):
                break
            given |= {one.id: one.suggestions[0] for one in open_}
            read = read_agreement(text, answers=given)
        if open_ or read.not_understood:
            continue
        try:
            compose(read, BLOCKS, name="Foreseen")
        except (NotBuildable, ProgramWrong):
            wrong += [] if refused(first) else [name]
        else:
            wrong += [name] if refused(first) or refused(read) else []
    assert not wrong


def test_a_refusal_is_told_beside_the_other_questions() -> None:
    read = read_agreement("Anyone may pay the issuer $5. " + SHARE)

    assert {one.kind for one in read.questions} >= {"fiat_token", REFUSED}


def test_a_ban_that_cannot_be_kept_has_no_answer() -> None:
    read = read_agreement(PAYMENT + BAN)

    assert not refused(read)[0].suggestions
    assert f'"{refused(read)[0].id}"' not in as_template(read)


def test_what_can_be_built_is_not_refused() -> None:
    assert not read_agreement(PAYMENT).questions


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The maintenance is to be carried out by 1 May 2027. ", "contract"),
        ("付款须经三位董事中的两位同意后执行。", "合约"),
    ],
)
def test_what_the_contract_itself_is_to_do_is_never_left_outside_in_silence(
    text: str, answer: str
) -> None:
    paid = CHINESE[: CHINESE.index("卖方每月")] if answer == "合约" else PAYMENT
    asked = [one for one in read_agreement(paid + text).questions if one.field == "actor"]

    read = read_agreement(paid + text, answers={asked[0].id: answer})

    assert refused(read)
