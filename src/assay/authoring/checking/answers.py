"""Answers to questions, put into the specification.

    answered = answer(specification, {"fiat_token.USD": "USDC 6", "missing_recipient.2": "seller"})

An answer goes into the field that its question is about and is checked like everything else; then
the whole is looked at again, so that one answer can raise another question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from assay.authoring.blocks.errors import REFUSED
from assay.authoring.checking import proposals, reporters
from assay.authoring.checking.by_hand import PREFIX as BY_HAND
from assay.authoring.checking.by_hand import by_hand_ids, leave_to_parties
from assay.authoring.checking.errors import AnswersMalformed, AnswerUnfit, AnswerUnknown
from assay.authoring.checking.held import put_way_out, put_witness
from assay.authoring.checking.in_chinese import meant
from assay.authoring.checking.known_tokens import LARGEST_DECIMALS, put_decimals
from assay.authoring.checking.open_answers import ADDING, add_answer
from assay.authoring.checking.open_terms import known_otherwise
from assay.authoring.checking.third_parties import with_third_party
from assay.authoring.checking.times import TIMES, expect_time, put_time
from assay.authoring.checking.unread import NO_DUTY, sentence_of, set_aside, unread_ids
from assay.authoring.checking.whole import questions
from assay.authoring.model import Asset, Condition, Obligation, Question, Specification

LIMIT_BYTES = 256 * 1024
LONGEST_QUOTE = 160
_UNREAD = {
    "en": ("Not understood", f"{NO_DUTY}, where these words bind nobody; else write them anew"),
    "zh": ("未读懂", "如果不产生义务,填写 不产生义务;否则请改写原文"),
}
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def read_answers(data: bytes) -> dict[str, str]:
    """A file of answers, in YAML or JSON: ids and texts.

    Raises:
        AnswersMalformed: it is something else.
    """
    if len(data) > LIMIT_BYTES:
        raise AnswersMalformed(f"they are longer than {LIMIT_BYTES} bytes")
    try:
        value = yaml.safe_load(data.decode())
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise AnswersMalformed(str(error)[:200]) from None
    if value is None:
        return {}
    plain = isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(one, str | int | float | date)
        for key, one in value.items()
    )
    if not plain:
        raise AnswersMalformed("they are no mapping from ids to texts")
    return {key: str(one) for key, one in value.items()}


def answer(specification: Specification, answers: Mapping[str, str]) -> Specification:
    """The specification with the answers in their places.

    Raises:
        AnswerUnknown: no question has the id.
        AnswerUnfit: it cannot be put where the question asks.
    """
    left = {**answers}
    if specification.language == "zh":
        left = {id_: meant(text) for id_, text in answers.items()}
    given: frozenset[str] = frozenset()
    while left:
        asked = {question.id for question in specification.questions}
        asked |= set(unread_ids(specification))
        by_hand = by_hand_ids(specification)
        # What an answer raises can be answered along with it; a clause that is left to the parties
        # is left last, as it was asked about when all else was known.
        now = {id_: text for id_, text in left.items() if id_ in asked - by_hand}
        now = now or {id_: text for id_, text in left.items() if id_ in asked | by_hand}
        if not now:
            raise AnswerUnknown(next(iter(left)), tuple(sorted(asked)))
        given |= set(now)
        specification = _answered(specification, now, given)
        left = {id_: text for id_, text in left.items() if id_ not in now}
    return specification


def _answered(
    specification: Specification, answers: Mapping[str, str], given: frozenset[str]
) -> Specification:
    """With some answers, and the questions that are open after all that were given."""
    asked = {question.id: question for question in specification.questions}
    unread = frozenset(unread_ids(specification))
    aside = {id_: text for id_, text in answers.items() if id_ in unread}
    answered = set_aside(specification, aside)
    left = {id_: text for id_, text in answers.items() if id_ in by_hand_ids(specification)}
    answered = leave_to_parties(answered, left)
    proposed: dict[str, str] = {}
    for id_, text in answers.items():
        if id_ in asked and asked[id_].kind == proposals.KIND:
            proposed[id_] = text
        elif id_ in asked:
            answered = _put(answered, asked[id_], text.strip())
    # Last, since turning a proposal down renumbers the obligations that questions are about.
    answered = proposals.settle(answered, proposed)
    return ask_again(answered, given)


def ask_again(specification: Specification, answered: frozenset[str]) -> Specification:
    """The specification with the questions that are open after some were answered.

    Those that the words raised stay until they are answered; the rest are asked anew.
    """
    asked = (*questions(specification), *proposals.questions_about(specification))
    whole = {question.id: question for question in asked}
    known = known_otherwise(specification)
    words = {
        one.id: _with_suggestions(one, asked)
        for one in specification.questions
        if one.id not in whole and not _is_settled(one, known)
    }
    # What the words leave open is not asked again because code needs it too.
    told = {_place(one) for one in words.values() if one.field is not None}
    whole = {id_: one for id_, one in whole.items() if _place(one) not in told}
    still = {**words, **whole}
    # What was answered stays answered where the answer changed no field.
    open_ = tuple(
        one for one in still.values() if one.id not in answered or _is_about_a_field(one, whole)
    )
    return specification.model_copy(update={"questions": open_})


def _is_settled(question: Question, known: frozenset[int]) -> bool:
    """Whether the rest tells it, or tells it anew: what stops building is found out each time."""
    by_mechanism = question.kind == "missing_actor" and question.obligation in known
    return by_mechanism or question.kind == REFUSED


def _place(question: Question) -> tuple[int | None, str | None]:
    return question.obligation, question.field


def _with_suggestions(question: Question, others: Iterable[Question]) -> Question:
    """With those of a question about the same field, where it has none of its own."""
    if question.field is None or question.suggestions:
        return question
    alike = (one.suggestions for one in others if _place(one) == _place(question))
    return question.model_copy(update={"suggestions": next(alike, ())})


_UNUSABLE = frozenset({"deduction", "condition_part"})
"""What is asked about words that change a clause in a way that no field of it can say."""


def _is_about_a_field(question: Question, whole: Mapping[str, Question]) -> bool:
    return question.id in whole and question.field is not None


def _put(specification: Specification, question: Question, text: str) -> Specification:
    if not text:
        raise AnswerUnfit(question.id, text, "it is empty", question.suggestions)
    by_kind = {
        "fiat_token": _name_token,
        "token_decimals": _set_decimals,
        "no_way_out": _put_beside,
        "who_confirms": _put_beside,
        reporters.REPORTING: reporters.put_reporter,
        **dict.fromkeys(ADDING, add_answer),
    }
    if question.kind in _UNUSABLE:
        if text.lower() != NO_DUTY:
            reason = (
                "code cannot follow an answer to this: write it into the agreement, or set aside"
            )
            raise AnswerUnfit(question.id, text, reason, (NO_DUTY,))
        return specification
    if question.kind in by_kind:
        return by_kind[question.kind](specification, question, text)
    if question.obligation is None or question.field is None:
        vague = question.kind == "vague_time" and question.field is None
        return _set_deadline(specification, question, text) if vague else specification
    if question.kind in TIMES and question.field == "deadline":
        return put_time(specification, question, text)
    if question.kind == "pronoun" and question.field == "conditions":
        return _put_who(specification, question, text)
    return _put_into_field(specification, question, text)


def _put_who(specification: Specification, question: Question, text: str) -> Specification:
    """Who "she" is in a condition."""
    assert question.obligation is not None
    if text not in {party.name for party in specification.parties}:
        raise AnswerUnfit(question.id, text, "it is the name of no party", question.suggestions)
    duty = specification.obligations[question.obligation]
    start, end = question.span or duty.span
    conditions = tuple(
        one.model_copy(update={"actor" if one.kind in ("event", "breach") else "subject": text})
        if one.span is not None and one.span[0] < end and start < one.span[1]
        else one
        for one in duty.conditions
    )
    obligations = list(specification.obligations)
    obligations[question.obligation] = duty.model_copy(update={"conditions": conditions})
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _set_decimals(specification: Specification, question: Question, text: str) -> Specification:
    try:
        return put_decimals(specification, question.id.partition(".")[2], text)
    except ValueError as error:
        raise AnswerUnfit(question.id, text, str(error), question.suggestions) from None


def _set_deadline(specification: Specification, question: Question, text: str) -> Specification:
    """A time instead of "a reasonable time", where the duty that it bounds can be told."""
    expect_time(question, text)
    start, end = question.span or (0, 0)
    words = specification.text[start:end]
    fits = [
        one.deadline is None
        and one.span[0] <= start < end <= one.span[1]
        and not any(words in condition.text for condition in one.conditions)
        for one in specification.obligations
    ]
    if sum(fits) != 1:
        reason = "it is not clear which duty it bounds: write the time into the agreement itself"
        raise AnswerUnfit(question.id, text, reason, question.suggestions)
    obligations = tuple(
        one.model_copy(update={"deadline": text}) if fit else one
        for one, fit in zip(specification.obligations, fits, strict=True)
    )
    return specification.model_copy(update={"obligations": obligations})


def _put_beside(specification: Specification, question: Question, text: str) -> Specification:
    """An answer that adds something, and changes no field."""
    if question.kind == "no_way_out":
        expect_time(question, text)
        return put_way_out(specification, question, text)
    try:
        specification = with_third_party(specification, question, text)
    except ValueError as error:
        raise AnswerUnfit(question.id, text, str(error), question.suggestions) from None
    return put_witness(specification, question, text)


def _put_into_field(specification: Specification, question: Question, text: str) -> Specification:
    assert question.obligation is not None
    assert question.field is not None
    if question.kind == "when_ended" or (question.field == "deadline" and text != "none"):
        expect_time(question, text)
    obligations = list(specification.obligations)
    changed = obligations[question.obligation].model_dump()
    if question.field == "amount":
        text = _number_of(specification, question, text)
    value = None if text == "none" else text
    match question.field.split("."):
        case ["conditions", place, field]:
            conditions = list(changed["conditions"])
            conditions[int(place)] = {**conditions[int(place)], field: value}
            if question.kind == "when_ended":
                conditions[int(place)] |= {"kind": "time", "comparator": ">", "subject": None}
            changed["conditions"] = conditions
        case _:
            changed[question.field] = value
    try:
        obligations[question.obligation] = Obligation.model_validate(changed)
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"])
        raise AnswerUnfit(question.id, text, reason, question.suggestions) from None
    return specification.model_copy(update={"obligations": tuple(obligations)})


def _number_of(specification: Specification, question: Question, text: str) -> str:
    """The number of an amount that was given with what it is of: `1,200 USDC` is `1200`."""
    assert question.obligation is not None
    number, _, unit = text.partition(" ")
    asset = specification.obligations[question.obligation].asset
    if unit and unit != asset:
        reason = f"give the number alone, like 1200: it is of {asset or 'what the clause names'}"
        raise AnswerUnfit(question.id, text, reason, question.suggestions)
    return number.replace(",", "") if _THOUSANDS.fullmatch(number) else number


def _name_token(specification: Specification, question: Question, text: str) -> Specification:
    """Every amount of a currency becomes one of a token: `USDC 6`, symbol and decimals."""
    symbol, _, decimals = text.partition(" ")
    if not decimals.isdecimal() or int(decimals) > LARGEST_DECIMALS or not symbol.isalnum():
        reason = "give the token's symbol and its decimals"
        raise AnswerUnfit(question.id, text, reason, question.suggestions)
    fiat = question.id.removeprefix("fiat_token.")
    assets = tuple(
        Asset(name=symbol, text=one.text, kind="token", decimals=int(decimals), span=one.span)
        if one.name == fiat
        else one
        for one in specification.assets
    )
    obligations = tuple(_in_token(one, fiat, symbol) for one in specification.obligations)
    return specification.model_copy(update={"assets": assets, "obligations": obligations})


def _in_token(one: Obligation, fiat: str, symbol: str) -> Obligation:
    update: dict[str, Any] = {
        "conditions": tuple(_condition_in_token(each, fiat, symbol) for each in one.conditions)
    }
    if one.asset == fiat:
        update["asset"] = symbol
    if one.otherwise is not None:
        update["otherwise"] = _in_token(one.otherwise, fiat, symbol)
    return one.model_copy(update=update)


def _condition_in_token(one: Condition, fiat: str, symbol: str) -> Condition:
    return one.model_copy(update={"asset": symbol}) if one.asset == fiat else one


def _words_of(specification: Specification, question: Question) -> str:
    """The words of the clause that a question is about, unless it quotes them itself."""
    assert question.obligation is not None
    if question.obligation >= len(specification.obligations):
        return ""  # What was foreseen beside other answers may have more clauses.
    span = specification.obligations[question.obligation].span
    words = " ".join(specification.text[slice(*span)].split())
    return "" if words[:40] in question.text else words[:LONGEST_QUOTE]


def as_template(specification: Specification) -> str:
    """A file of answers to fill in: every question as a comment, with the first suggestion."""
    lines = []
    for one in specification.questions:
        lines.append("# " + " ".join(one.text.split()))
        if one.obligation is not None and (quote := _words_of(specification, one)):
            lines.append(f"# “{quote}”")
        if one.suggestions:
            lines.append("# " + " | ".join(one.suggestions))
        if one.kind == REFUSED and not one.id.startswith(BY_HAND):
            # Only other words help: no answer would.
            continue
        lines.append(f'{json.dumps(one.id, ensure_ascii=False)}: ""')
    for id_, words in zip(unread_ids(specification), specification.not_understood, strict=True):
        title, advice = _UNREAD[specification.language]
        lines.append(f"# {title}: {' '.join(words.text.split())} ({words.reason})")
        if sentence := sentence_of(specification, words):
            lines.append(f"# “{sentence}”")
        lines.append(f"# {advice}")
        lines.append(f'{json.dumps(id_)}: ""')
    return "\n".join(lines) + "\n"
