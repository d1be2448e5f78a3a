"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal, get_args

BugClass = Literal[
    "reentrancy",
    "access_control",
    "arithmetic",
    "unchecked_calls",
    "denial_of_service",
    "bad_randomness",
    "front_running",
    "time_manipulation",
    "short_addresses",
    "other",
]
BUG_CLASSES: tuple[BugClass, ...] = get_args(BugClass)
"""The classes of the DASP taxonomy (https://dasp.co)."""

Grade = Literal["high", "medium", "low"]
GRADES: tuple[Grade, ...] = get_args(Grade)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where.

    Attributes:
        rule: the detector's name; those of Slither begin with `slither-`.
        severity: what it costs when it is used.
        confidence: how sure the detector is.
        file: as the caller named it.
        line: from 1.
        function: in which it stands, `Contract.function`; empty outside of functions.
        message: names the consequence.
        fix: what to do about it.
    """

    rule: str
    bug_class: BugClass
    severity: Grade
    confidence: Grade
    file: str
    line: int
    message: str
    fix: str
    function: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """The gravest and surest first."""
        return GRADES.index(self.severity), GRADES.index(self.confidence)

    def in_file(self, path: PurePath | str) -> Finding:
        """The same in a file of another name."""
        return replace(self, file=str(path))

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "rule": self.rule,
            "class": self.bug_class,
            "severity": self.severity,
            "confidence": self.confidence,
            "file": self.file,
            "line": self.line,
            "function": self.function,
            "message": self.message,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """What was not looked at, and why: a tool that is missing or hung, a file that has errors."""

    file: str
    tool: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """As `assay audit run --json` shows it."""
        return {"file": self.file, "tool": self.tool, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class CodeAudit:
    """What was found in the code of some files.

    Attributes:
        files: that were looked at.
        compilers: by file, `solc 0.4.26`.
        gaps: what was not looked at; an audit with gaps is not a clean one.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...] = ()
    compilers: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "findings": [one.as_json() for one in self.findings],
            "properties": [],
            "rule_book": None,
            "files": list(self.files),
            "compilers": dict(self.compilers),
            "not_looked_at": [one.as_json() for one in self.gaps],
        }
