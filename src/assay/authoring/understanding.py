"""Prose to a specification: the language is told, clauses are split, its grammar reads them.

>>> told = understand("When the user pays $100, issue 10 tokens to them")
>>> told.obligations[0].action, told.obligations[0].recipient, told.questions[0].kind
('issue', 'user', 'fiat_token')
"""

from __future__ import annotations

import re
from importlib import import_module

from assay.authoring.model import Clause, Language, NotUnderstood, Question, Specification
from assay.authoring.radicals import unified
from assay.authoring.understood import Understood

_GRAMMARS: dict[Language, str] = {
    "en": "assay.authoring.english",
    "zh": "assay.authoring.chinese",
}
_KNOWN_SCRIPT = re.compile(r"[A-Za-zÀ-ɏ\u3400-\u9fff\uf900-\ufaff\uff21-\uff5a]")
_FOREIGN_SHARE = 0.2
"""A Greek letter or a name in another script is quoted now and then."""

_CHINESE_SHARE = 0.2
"""English contracts quote a few Chinese names; Chinese ones are full of symbols and figures."""


def language_of(text: str) -> Language:
    """The language that most of a text is written in, told by its script."""
    letters = [letter for letter in text if letter.isalpha()]
    chinese = sum("\u3400" <= letter <= "\u9fff" for letter in letters)
    return "zh" if letters and chinese / len(letters) >= _CHINESE_SHARE else "en"


def _is_foreign(text: str) -> bool:
    """Whether much of it is in a third script: Japanese shares characters with Chinese."""
    letters = [letter for letter in text if letter.isalpha()]
    known = sum(bool(_KNOWN_SCRIPT.match(letter)) for letter in letters)
    return bool(letters) and 1 - known / len(letters) > _FOREIGN_SHARE


def understand(text: str, language: Language | None = None) -> Specification:
    """Everything that a text says, what it leaves open, and what was not understood.

    Args:
        text: a sentence or a whole contract, in plain text.
        language: told from the script where it is not given.

    Nothing is raised for any text: what cannot be read stands in `not_understood`.
    """
    text = unified(text)
    if _is_foreign(text):
        reason = "it is written in another script than English or Chinese"
        words = NotUnderstood(span=(0, len(text)), text=text, reason=reason)
        return Specification(language=language or "en", text=text, not_understood=(words,))
    spoken = language or language_of(text)
    clauses = _segmented(text, spoken)
    understood = _read(text, spoken, clauses)
    told = Specification(
        language=spoken,
        text=text,
        clauses=clauses,
        parties=understood.parties,
        assets=understood.assets,
        obligations=understood.obligations,
        questions=understood.questions,
        not_understood=understood.not_understood,
    )
    return told.model_copy(update={"questions": (*told.questions, *_left_open(told))})


def _segmented(text: str, language: Language) -> tuple[Clause, ...]:
    from assay.authoring.reading import segment  # noqa: PLC0415 - documents need heavy readers

    return segment(text, language)


def _read(text: str, language: Language, clauses: tuple[Clause, ...]) -> Understood:
    if not text.strip():
        return Understood()
    try:
        grammar = import_module(_GRAMMARS[language])
    except ModuleNotFoundError as error:
        reason = f"no grammar of the language {language!r} is installed ({error.name})"
        words = NotUnderstood(span=(0, len(text)), text=text, reason=reason)
        return Understood(not_understood=(words,))
    understood: Understood = grammar.read(text, clauses)
    return understood


def _left_open(told: Specification) -> list[Question]:
    """What follows from the whole and was not asked about the words already."""
    from assay.authoring.checking.whole import questions  # noqa: PLC0415 - it reads this package

    ids = {question.id for question in told.questions}
    asked = {(question.obligation, question.field) for question in told.questions if question.field}
    currencies = {question.text for question in told.questions if question.kind == "fiat_token"}
    return [
        question
        for question in questions(told)
        if question.id not in ids
        and (question.kind == "fiat_token" or (question.obligation, question.field) not in asked)
        and not (question.kind == "fiat_token" and _named(question, currencies))
    ]


def _named(question: Question, texts: set[str]) -> bool:
    """Whether the currency of a question was asked about before, in other words."""
    currency = question.id.rpartition(".")[2]
    return any(currency in text for text in texts)
