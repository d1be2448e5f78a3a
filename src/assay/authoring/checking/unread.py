"""Words that were not understood, set aside by a person who says that they bind nobody.

    "not_understood.2": "no duty"

Nothing that was not understood is ever left out otherwise, and the words stay in the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assay.authoring.checking.errors import AnswerUnfit
from assay.authoring.model import NotUnderstood, Specification

PREFIX = "not_understood."
NO_DUTY = "no duty"


def unread_ids(specification: Specification) -> tuple[str, ...]:
    """An id for each piece that was not understood, by its first character in the text."""
    return tuple(f"{PREFIX}{words.span[0]}" for words in specification.not_understood)


_ENDS = re.compile(r"[。；;！？!?\n]|\.(?=\s)")
_LONGEST = 160


def sentence_of(specification: Specification, words: NotUnderstood) -> str:
    """The sentence around words that were not understood; empty where they are all of it."""
    text, (first, last) = specification.text, words.span
    begins = max((end.end() for end in _ENDS.finditer(text, 0, first)), default=0)
    ends = _ENDS.search(text, last)
    whole = " ".join(text[begins : ends.start() if ends is not None else len(text)].split())
    said = " ".join(words.text.split()).rstrip(".。")
    if said == whole.rstrip(".。"):
        return ""
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"


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
