"""What an audit finds."""

from __future__ import annotations

from collections.abc import Mapping
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


PropertyVerdict = Literal["holds", "violated", "not_checked"]


@dataclass(frozen=True, slots=True)
class Property:
    """One thing that a clause says of code, and whether the code keeps it.

    Attributes:
        clause: number of its clause; None where the text has no numbers, or it is about the whole.
        obligation: index of the obligation in the specification; None where it is about the whole.
        text: the words that it comes from.
        span: of these words in the text.
        name: its kind: `possible`, `when_due`, `only_by`, `only_when`, `amount`, `in_time`,
            `limit`, `never`, `only_as_agreed`, `agrees_with_rules`.
        statement: what must hold, in words.
        tried: how many calls put it to the test.
        counterexample: the calls that break it, in order, the last being the breach.
        reason: what broke it, or why it was not checked and what would help.
        read: what was read of its clause, in one line: where that is wrong, so is the verdict.
    """

    clause: str | None
    obligation: int | None
    text: str
    span: tuple[int, int] | None
    name: str
    statement: str
    verdict: PropertyVerdict
    tried: int = 0
    counterexample: tuple[str, ...] = ()
    reason: str = ""
    read: str = ""

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "clause": self.clause,
            "obligation": self.obligation,
            "text": self.text,
            "span": list(self.span) if self.span else None,
            "name": self.name,
            "property": self.statement,
            "verdict": self.verdict,
            "tried": self.tried,
            "counterexample": list(self.counterexample),
            "reason": self.reason,
            "read": self.read,
        }


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What the prose leaves open, contradicts itself in, or says in words that nothing was read of.

    Attributes:
        kind: of the question, like `missing_party` or `contradiction`; `not_understood` for words.
        suggestions: answers that would do.
    """

    id: str
    kind: str
    text: str
    suggestions: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "suggestions": list(self.suggestions),
            "span": list(self.span) if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class ProseAudit:
    """What prose was held to be, and how its words were found again in code.

    Attributes:
        contract: the one that was tried; empty where there was only prose.
        parties: who is whom in the code: `buyer` -> `the caller of the constructor`.
        arguments: with which it was deployed for the trials.
        open: questions, contradictions, words that were not understood.
        digest: SHA-256 of the prose, 0x and 64 characters.
        histories: of calls, that were tried; None where none were.
        is_cut: whether the time was over before as many were tried as there should be.
    """

    language: str
    open: tuple[OpenPoint, ...] = ()
    contract: str = ""
    parties: tuple[tuple[str, str], ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()
    seed: int = 1
    digest: str = ""
    histories: int | None = None
    is_cut: bool = False

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "language": self.language,
            "contract": self.contract or None,
            "parties": dict(self.parties),
            "arguments": dict(self.arguments),
            "open": [one.as_json() for one in self.open],
            "seed": self.seed,
            "histories": self.histories,
            "cut": self.is_cut,
        }


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    file: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RuleBookUse:
    """Which version of the rule book on a chain an audit went by.

    Attributes:
        digest: SHA-256 of the version's document, 0x and 64 characters.
        threshold: from which severity on a finding means that the audit is not passed.
        unknown: rules of the version that this release of Assay does not have.
    """

    chain_id: int
    address: str
    version: int
    digest: str
    threshold: Grade
    unknown: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "chain_id": self.chain_id,
            "address": self.address,
            "version": self.version,
            "digest": self.digest,
            "threshold": self.threshold,
            "unknown": list(self.unknown),
        }


@dataclass(frozen=True, slots=True)
class CodeAudit:
    """What was found in the code of some files.

    Attributes:
        files: that were looked at.
        compilers: by file, `solc 0.4.26`.
        gaps: what was not looked at; an audit with gaps is not a clean one.
        properties: what prose says of the code, and whether the code keeps it.
        prose: None where there was none.
        address: of the code on a chain, where it was compared with the source.
        sources: the files, as they were read.
        left_out: how many findings each rule would have given that the rule book has off.
        rule_book: None where the built-in rules were used; `rules_note` says why.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...] = ()
    compilers: tuple[tuple[str, str], ...] = ()
    properties: tuple[Property, ...] = ()
    prose: ProseAudit | None = None
    address: str | None = None
    sources: tuple[Source, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    rule_book: RuleBookUse | None = None
    rules_note: str = "built in"

    def named(self, names: Mapping[str, str]) -> CodeAudit:
        """The same with other names of the files; a path within another text is named too."""

        def renamed(text: str) -> str:
            for path, name in names.items():
                text = text.replace(path, name)
            return text

        return replace(
            self,
            files=tuple(map(renamed, self.files)),
            findings=tuple(one.in_file(renamed(one.file)) for one in self.findings),
            gaps=tuple(Gap(renamed(one.file), one.tool, renamed(one.reason)) for one in self.gaps),
            compilers=tuple((renamed(file), compiler) for file, compiler in self.compilers),
            sources=tuple(replace(one, file=renamed(one.file)) for one in self.sources),
        )

    @property
    def grave(self) -> tuple[Finding, ...]:
        """The findings at or above the threshold of the rules."""
        threshold: Grade = self.rule_book.threshold if self.rule_book else "high"
        worst = GRADES.index(threshold)
        return tuple(one for one in self.findings if GRADES.index(one.severity) <= worst)

    @property
    def violated(self) -> tuple[Property, ...]:
        """What the prose says and the code does otherwise."""
        return tuple(one for one in self.properties if one.verdict == "violated")

    def as_json(self) -> dict[str, Any]:
        """As `assay audit run --json` shows it."""
        return {
            "findings": [one.as_json() for one in self.findings],
            "properties": [one.as_json() for one in self.properties],
            "prose": self.prose.as_json() if self.prose else None,
            "rule_book": self.rule_book.as_json() if self.rule_book else None,
            "rules_note": self.rules_note,
            "address": self.address,
            "files": list(self.files),
            "compilers": dict(self.compilers),
            "left_out": dict(self.left_out),
            "not_looked_at": [one.as_json() for one in self.gaps],
        }
