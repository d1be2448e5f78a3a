"""What can be wrong with a program; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import RefusedError


class ProgramWrong(RefusedError):
    """A program breaks a rule that all programs keep, so that no code is written from it.

    Attributes:
        where: the function, variable or name.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"No contract is written, since {where} is not as it must be: {reason}.",
            hint="The agreement asks for something that would not be safe, or a building block has "
            "a fault: change the clause, and report it if the clause is sound.",
        )
        self.where = where
        self.reason = reason
