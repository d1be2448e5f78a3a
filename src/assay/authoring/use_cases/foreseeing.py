"""What building would refuse, told while the agreement is read: both say the same.

A clause that no block carries out becomes a question: write it anew, or leave it to the parties.
Where others are open, it is asked what would be refused if they were answered as suggested.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import REFUSED, NotBuildable
from assay.authoring.blocks.reasons_in_chinese import reason_in_chinese
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.checking.by_hand import PREFIX as BY_HAND
from assay.authoring.model import Question, Specification
from assay.errors import AssayError

_ROUNDS = 6
"""An answer raises another question now and then, and never for long."""

_TEXTS = {
    "en": (
        "No contract can be built from this: {reason}. Write it anew",
        ", or say yes to leave it to the parties, without the contract.",
    ),
    "zh": ("合约无法实现这一条（{reason}）。请改写", "，或回答“是”，由当事人自行履行。"),
}
_YES = {"en": "yes", "zh": "是"}


def with_refusals(specification: Specification) -> Specification:
    """The specification with a question for each clause that building would refuse."""
    known = {one.id for one in specification.questions}
    asked = {one.obligation for one in specification.questions}
    answered = _as_suggested(specification)
    if answered is None:
        return specification
    same = answered.questions == specification.questions
    found = [
        one
        for one in _refusals(answered)
        if one.id not in known and (same or one.obligation not in asked)
    ]
    return specification.model_copy(update={"questions": (*specification.questions, *found)})


def _as_suggested(specification: Specification) -> Specification | None:
    """With every question answered by its first suggestion; None where one has none."""
    for _ in range(_ROUNDS):
        if specification.not_understood:
            return None
        if not specification.questions:
            return specification
        if not all(one.suggestions for one in specification.questions):
            return None
        answers = {one.id: one.suggestions[0] for one in specification.questions}
        try:
            specification = answer(specification, answers)
        except AssayError:
            return None
    return None


def _refusals(specification: Specification) -> Iterator[Question]:
    """One for each clause that stops building, as if those before it were left to the parties."""
    for _ in specification.obligations:
        try:
            compose(specification, BLOCKS, name="Agreement")
        except NotBuildable as error:
            index = _place(specification, error)
            yield _question(specification, index, error.reason)
        except AssayError as error:
            index = None
            yield _question(specification, None, str(error))
        else:
            return
        if index is None or specification.obligations[index].modality == "must_not":
            return
        obligations = list(specification.obligations)
        obligations[index] = obligations[index].model_copy(update={"by_hand": True})
        specification = specification.model_copy(update={"obligations": tuple(obligations)})


def _place(specification: Specification, error: NotBuildable) -> int | None:
    """The clause that was refused, by the block's own word or by its words."""
    spans = [specification.text[slice(*one.span)] for one in specification.obligations]
    by_words = [index for index, words in enumerate(spans) if error.clause in words]
    among = [index for index in error.obligations or range(len(spans)) if index in by_words]
    chosen = [index for index in (*among, *error.obligations) if not _left(specification, index)]
    return chosen[0] if chosen else None


def _left(specification: Specification, index: int) -> bool:
    return specification.obligations[index].by_hand


def _question(specification: Specification, index: int | None, reason: str) -> Question:
    told, by_hand = _TEXTS[specification.language]
    if specification.language == "zh":
        reason = reason_in_chinese(reason)
    duty = None if index is None else specification.obligations[index]
    can_be_left = duty is not None and duty.modality != "must_not"
    end = by_hand if can_be_left else "." if specification.language == "en" else "。"
    return Question(
        id=f"{BY_HAND if can_be_left else REFUSED + '.'}{0 if index is None else index + 1}",
        kind=REFUSED,
        text=told.format(reason=reason) + end,
        suggestions=(_YES[specification.language],) if can_be_left else (),
        obligation=index,
        span=None if duty is None else duty.span,
    )
