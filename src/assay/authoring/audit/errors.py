"""What can go wrong in an audit; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, IntegrityError, UnavailableError


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


class SourceNeeded(InputError):
    """Code at an address is to be audited, and its source is not named."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"The code at {address} says little without its source.",
            hint="Name the file that it was compiled from: --source FILE.",
        )
        self.address = address


class NoCodeThere(InputError):
    """There is no contract at an address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"There is no contract at {address}.",
            hint="Check the address, and the node that ASSAY_RPC_URL names.",
        )
        self.address = address


class CodeDiffers(IntegrityError):
    """The code at an address is not what a source compiles to."""

    def __init__(self, address: str, path: Path, compiled: tuple[str, ...]) -> None:
        super().__init__(
            f"The code at {address} is not what {path} compiles to"
            f" (compared with {', '.join(compiled)}).",
            hint="Name the very source that was deployed; nothing was audited.",
        )
        self.address = address
        self.path = path
        self.compiled = compiled


class PartyUnknown(InputError):
    """A party is said to be somebody whom the prose, or the code, does not have."""

    def __init__(self, name: str, where: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"{where.capitalize()} has nobody called {name[:60]!r}.",
            hint=f"Names there: {', '.join(known) or 'none'}.",
        )
        self.name = name
        self.known = known


class NotOnStage(UnavailableError):
    """A contract cannot be deployed for trials."""

    def __init__(self, contract: str, reason: str, hint: str) -> None:
        super().__init__(f"{contract} cannot be deployed for trials: {reason}.", hint=hint)
        self.contract = contract
