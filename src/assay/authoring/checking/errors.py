"""What can be wrong with answers; see `assay.errors` for the tree."""

from __future__ import annotations

from collections.abc import Sequence

from assay.errors import InputError


class AnswerUnknown(InputError):
    """An answer is to a question that nobody asked."""

    def __init__(self, id_: str, asked: Sequence[str]) -> None:
        super().__init__(
            f"No question has the id {id_[:80]!r}.",
            hint=f"Open are {', '.join(asked)}."
            if asked
            else "Nothing is open: it needs no answer.",
        )
        self.id = id_


class AnswerUnfit(InputError):
    """An answer is none to its question."""

    def __init__(self, id_: str, answer: str, reason: str, suggestions: Sequence[str]) -> None:
        super().__init__(
            f"{answer[:80]!r} does not answer {id_}: {reason}.",
            hint="For example: " + "; ".join(suggestions) if suggestions else "",
        )
        self.id = id_
        self.answer = answer


class AnswersMalformed(InputError):
    """A file of answers is no mapping from ids to texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The answers cannot be read: {reason}.",
            hint='Write YAML or JSON, one line a question: "fiat_token.USD": "USDC 6".',
        )
        self.reason = reason
