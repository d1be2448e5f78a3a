"""What an audit needs of the world."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from assay.authoring.audit.model import Finding
from assay.authoring.audit.sources.solidity import Parsed


class Parser(Protocol):
    """Makes syntax trees of sources."""

    def parse(self, path: Path, source: str) -> Parsed:
        """One file.

        Raises:
            ToolMissing, ToolFailed: nothing could be compiled.
            PragmaUnfit, SourceRejected: the source is to blame.
        """

    def close(self) -> None:
        """End what is running."""


class Analyser(Protocol):
    """Another tool that looks at syntax trees."""

    def find(self, parsed: Parsed) -> list[Finding]:
        """What it finds in one file.

        Raises:
            ToolMissing, ToolFailed: it gave no answer.
        """

    def close(self) -> None:
        """End what is running."""
