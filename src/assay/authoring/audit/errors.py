"""What can go wrong in an audit; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, UnavailableError


class NothingToAudit(InputError):
    """A path has no contracts."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} has no Solidity or Vyper source.",
            hint="Name a file that ends in .sol or .vy, or a folder that has some.",
        )
        self.path = path


class SourceUnreadable(InputError):
    """A source cannot be read, or is no text."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}.")
        self.path = path


class PragmaUnfit(InputError):
    """No compiler at hand fits what a source asks for."""

    def __init__(self, pragma: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"No compiler fits the pragma {pragma!r}.",
            hint=f"Compilers at hand: {', '.join(known)}; a pragma must admit 0.4 to 0.8.",
        )
        self.pragma = pragma


class ToolMissing(UnavailableError):
    """A tool of the audit is not installed."""

    def __init__(self, tool: str) -> None:
        super().__init__(
            f"{tool} is not installed.",
            hint="Run `make audit-tools` in the folder of Assay's sources (PyPI and npm only).",
        )
        self.tool = tool


class ToolFailed(UnavailableError):
    """A tool of the audit broke off, or gave no answer in time."""

    def __init__(self, tool: str, reason: str) -> None:
        super().__init__(f"{tool} gave no answer: {reason}.")
        self.tool = tool
        self.reason = reason
