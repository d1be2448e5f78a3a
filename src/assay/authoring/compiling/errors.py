"""What can go wrong when contracts are compiled; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, UnavailableError


class CompilerMissing(UnavailableError):
    """A compiler is not installed."""

    def __init__(self, compiler: str, hint: str) -> None:
        super().__init__(f"The {compiler} compiler cannot be run.", hint=hint)
        self.compiler = compiler


class CompilerFailed(UnavailableError):
    """A compiler broke off or took too long."""

    def __init__(self, compiler: str, reason: str) -> None:
        super().__init__(
            f"The {compiler} compiler gave no answer: {reason}.",
            hint="Run `assay doctor`; it says what is installed.",
        )
        self.compiler = compiler


class SourceRejected(InputError):
    """Source code does not compile.

    Attributes:
        messages: of the compiler.
    """

    def __init__(self, compiler: str, messages: tuple[str, ...]) -> None:
        shown = "\n".join(messages)[:4000]
        super().__init__(f"The source does not compile with {compiler}:\n{shown}")
        self.messages = messages
