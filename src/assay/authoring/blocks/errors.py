"""What stands between a specification and a contract; see `assay.errors` for the tree."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.blocks.reasons_in_chinese import reason_in_chinese
from assay.authoring.model import NotUnderstood, Question
from assay.errors import RefusedError

REFUSED = "not_buildable"
"""The kind of the questions about clauses that no building block carries out."""

_TOLD = "No contract can be built from {clause!r}: {reason}."
_TOLD_IN_CHINESE = "无法由“{clause}”写成合约：{reason}。"


class QuestionsOpen(RefusedError):
    """Something that code needs was not said; nothing is guessed."""

    def __init__(self, questions: Sequence[Question], unread: Sequence[NotUnderstood] = ()) -> None:
        lines = [f"{question.id}: {question.text}" for question in questions]
        lines += [f"not understood: {words.text[:120]!r} ({words.reason})" for words in unread]
        count = "1 point is" if len(lines) == 1 else f"{len(lines)} points are"
        super().__init__(
            f"{count} open:\n" + "\n".join(lines),
            hint="`assay author ask` writes a file of them with --out answers.yaml: fill it in and "
            "give it with --answers, or change the words that were not understood.",
        )
        self.questions = tuple(questions)
        self.unread = tuple(unread)


class NotBuildable(RefusedError):
    """No building block carries out what a clause says, or two of them disagree about it.

    Attributes:
        clause: the words, or the number of the clause.
        obligations: indices of those that were to be carried out together, where it is known.
    """

    def __init__(
        self,
        clause: str,
        reason: str,
        hint: str = "",
        obligations: tuple[int, ...] = (),
        *,
        told: str = _TOLD,
    ) -> None:
        super().__init__(
            told.format(clause=clause[:160], reason=reason),
            hint=hint or "`assay author blocks` lists what can be built.",
        )
        self.clause = clause
        self.reason = reason
        self.obligations = obligations

    def in_chinese(self) -> NotBuildable:
        """The same, told to whoever wrote in Chinese."""
        reason = reason_in_chinese(self.reason)
        return NotBuildable(self.clause, reason, self.hint, self.obligations, told=_TOLD_IN_CHINESE)
