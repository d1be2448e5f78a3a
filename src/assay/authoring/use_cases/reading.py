"""From a document to a specification, with everything that is still open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from assay.authoring.checking.answers import answer, ask_again
from assay.authoring.checking.whole import questions
from assay.authoring.completing.steps import completed
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
    return with_answers(ask_again(completed(told), frozenset()), answers)


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
