"""From a document to a specification, with everything that is still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import ValidationError

from assay.authoring.checking.accepted import with_accepted_things
from assay.authoring.checking.after_ending import with_endings_first, without_spent_waivers
from assay.authoring.checking.answers import answer, ask_again
from assay.authoring.checking.confirmed import with_confirmed_things
from assay.authoring.checking.contributions import with_contributions
from assay.authoring.checking.deductions import with_deductions
from assay.authoring.checking.deemed import with_deemed_acts
from assay.authoring.checking.finished_work import with_finished_work
from assay.authoring.checking.income import with_income
from assay.authoring.checking.known_tokens import (
    with_divided_tokens,
    with_known_decimals,
    with_stated_decimals,
)
from assay.authoring.checking.last_days import with_last_days
from assay.authoring.checking.named_sums import (
    with_held_payers,
    with_held_sums,
    with_named_sums,
)
from assay.authoring.checking.paid_in import with_paid_in_sums
from assay.authoring.checking.party_names import with_one_name_for_each_person
from assay.authoring.checking.payees import with_payees
from assay.authoring.checking.reported_lengths import with_counted_lengths
from assay.authoring.checking.rests import with_rests
from assay.authoring.checking.series import with_counted_series
from assay.authoring.checking.token_names import with_one_name_each
from assay.authoring.checking.unanswered import with_unanswered
from assay.authoring.checking.whole import questions
from assay.authoring.model import Language, Specification
from assay.authoring.reading import read_document
from assay.authoring.understanding import understand
from assay.authoring.use_cases.errors import SpecificationMalformed
from assay.authoring.use_cases.foreseeing import with_refusals

SPECIFICATION_LIMIT_BYTES = 8 << 20


def read_agreement(
    text: str, *, language: Language | None = None, answers: Mapping[str, str] | None = None
) -> Specification:
    """What a text was understood to say, what it leaves open, and what was not understood.

    Raises:
        AnswerUnknown, AnswerUnfit: an answer has no place.
    """
    told = understand(text, language)
    # What follows from the whole is asked of the whole as it is in the end.
    ids = {one.id for one in questions(told)}
    raised = tuple(one for one in told.questions if one.id not in ids)
    told = told.model_copy(update={"questions": raised})
    for step in _STEPS:
        told = step(told)
    return with_answers(ask_again(told, frozenset()), answers)


_STEPS: tuple[Callable[[Specification], Specification], ...] = (
    with_one_name_for_each_person,
    with_one_name_each,
    with_deemed_acts,
    with_finished_work,
    with_last_days,
    with_contributions,
    with_endings_first,
    with_accepted_things,
    with_confirmed_things,
    with_unanswered,
    with_rests,
    with_income,
    with_divided_tokens,
    with_stated_decimals,
    with_counted_lengths,
    with_counted_series,
    with_known_decimals,
    with_payees,
    with_paid_in_sums,
    with_held_payers,
    with_held_sums,
    with_named_sums,
    with_deductions,
    without_spent_waivers,
)
"""What one clause tells of another, in the order in which they build on each other."""


def with_answers(
    specification: Specification, answers: Mapping[str, str] | None = None
) -> Specification:
    """A specification with answers in their places, and everything that still stops building.

    Raises:
        AnswerUnknown, AnswerUnfit: an answer has no place.
    """
    return with_refusals(answer(specification, answers) if answers else specification)


def text_of(path: Path) -> str:
    """The words of a document in text, Markdown, DOCX or PDF.

    Raises:
        InputError: it cannot be read.
    """
    return read_document(path)


def decode_specification(data: bytes) -> Specification:
    """A specification out of its file.

    Raises:
        SpecificationMalformed: it is none.
    """
    if len(data) > SPECIFICATION_LIMIT_BYTES:
        raise SpecificationMalformed(f"it is longer than {SPECIFICATION_LIMIT_BYTES} bytes")
    try:
        return Specification.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SpecificationMalformed(f"{place or 'the file'}: {first['msg']}") from None
