"""What building would refuse, told while the agreement is read: both say the same.

A clause that no block carries out becomes a question: write it anew, or leave it to the parties.
Where others are open, it is asked what would be refused if they were answered as suggested. To
leave money, a limit or a right to people is never suggested: whoever does it says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import REFUSED, NotBuildable
from assay.authoring.blocks.reasons_in_chinese import reason_in_chinese
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import answer
from assay.authoring.checking.by_hand import PREFIX as BY_HAND
from assay.authoring.checking.by_hand import hangs_much_on
from assay.authoring.model import Question, Specification
from assay.errors import AssayError

_ROUNDS = 6
"""An answer raises another question now and then, and never for long."""

_STAND_INS = {"amount": "1000", "deadline": "P30D"}
"""Answers to what only people know: whether a clause can be built seldom hangs on the number."""

_TEXTS = {
    "en": (
        "No contract can be built from this{provided}: {reason}. Write it anew",
        ", with the other questions answered as suggested",
        ", or say yes to leave it to the parties, without the contract.",
        ". A yes leaves it to the parties: the contract then neither pays, holds nor limits it.",
    ),
    "zh": (
        "合约无法实现这一条{provided}（{reason}）。请改写",
        "（其他问题按建议回答时）",
        "，或回答“是”，由当事人自行履行。",
        "。如果回答“是”，则完全由当事人自行履行：合约既不付款、不保管，也不限制。",
    ),
}
_YES = {"en": "yes", "zh": "是"}


def with_refusals(specification: Specification) -> Specification:
    """The specification with a question for each clause that building would refuse."""
    known = {one.id for one in specification.questions}
    answered = _as_suggested(specification)
    if answered is None:
        return specification
    same = answered.questions == specification.questions
    found = [one for one in _refusals(answered, provided=not same) if one.id not in known]
    return specification.model_copy(update={"questions": (*specification.questions, *found)})


def _as_suggested(specification: Specification) -> Specification | None:
    """With every question answered by its first suggestion; None where one has no answer."""
    for _ in range(_ROUNDS):
        if specification.not_understood:
            return None
        if not specification.questions:
            return specification
        answers = {one.id: _likely(specification, one) for one in specification.questions}
        given = {id_: text for id_, text in answers.items() if text is not None}
        if len(given) < len(answers):
            return None
        try:
            specification = answer(specification, given)
        except AssayError:
            return None
    return None


def _likely(specification: Specification, question: Question) -> str | None:
    """What may be answered: the first suggestion, or anything that fits where there is none."""
    if question.suggestions:
        return question.suggestions[0]
    if question.field == "recipient" and question.obligation is not None:
        actor = specification.obligations[question.obligation].actor
        return next((one.name for one in specification.parties if one.name != actor), None)
    return _STAND_INS.get(question.field or "")


def _refusals(specification: Specification, *, provided: bool) -> Iterator[Question]:
    """One for each clause that stops building, as if those before it were left to the parties."""
    for _ in specification.obligations or (None,):
        try:
            compose(specification, BLOCKS, name="Agreement")
        except NotBuildable as error:
            index = _place(specification, error)
            yield _question(specification, index, error.reason, provided=provided)
        except AssayError as error:
            index = None
            yield _question(specification, None, str(error), provided=provided)
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


def _question(
    specification: Specification, index: int | None, reason: str, *, provided: bool
) -> Question:
    told, others, by_hand, with_care = _TEXTS[specification.language]
    if specification.language == "zh":
        reason = reason_in_chinese(reason)
    duty = None if index is None else specification.obligations[index]
    can_be_left = duty is not None and duty.modality != "must_not"
    matters = index is not None and hangs_much_on(specification, index)
    end = "." if specification.language == "en" else "。"
    if can_be_left:
        end = with_care if matters else by_hand
    return Question(
        id=f"{BY_HAND if can_be_left else REFUSED + '.'}{0 if index is None else index + 1}",
        kind=REFUSED,
        text=told.format(reason=reason, provided=others if provided else "") + end,
        suggestions=(_YES[specification.language],) if can_be_left and not matters else (),
        obligation=index,
        span=None if duty is None else duty.span,
    )
