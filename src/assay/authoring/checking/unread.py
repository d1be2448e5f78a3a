"""Words that were not understood, set aside by a person who says that they bind nobody.

    "not_understood.2": "no duty"

Nothing that was not understood is ever left out otherwise, and the words stay in the text.
"""

from __future__ import annotations

from collections.abc import Collection

from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import Specification

PREFIX = "not_understood."
NO_DUTY = "no duty"


def unread_ids(specification: Specification) -> tuple[str, ...]:
    """An id for each piece that was not understood, by its first character in the text."""
    return tuple(f"{PREFIX}{words.span[0]}" for words in specification.not_understood)


def set_aside(specification: Specification, answers: dict[str, str]) -> Specification:
    """The specification without the words that a person says carry no duty.

    Raises:
        AnswerUnfit: the answer is anything but `no duty`.
    """
    for id_, text in answers.items():
        if text.strip().lower() != NO_DUTY:
            reason = "words that were not understood can only be set aside, or be written anew"
            raise AnswerUnfit(id_, text, reason, (NO_DUTY,))
    return _without(specification, answers)


def _without(specification: Specification, ids: Collection[str]) -> Specification:
    kept = tuple(
        words
        for id_, words in zip(unread_ids(specification), specification.not_understood, strict=True)
        if id_ not in ids
    )
    return specification.model_copy(update={"not_understood": kept})
