"""An audit of code: files to findings, with whatever was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assay.authoring.audit.callers import pulling_from_callers
from assay.authoring.audit.detectors.catalogue import detect
from assay.authoring.audit.detectors.reentrancy import locked_functions
from assay.authoring.audit.errors import NothingToAudit, SourceUnreadable
from assay.authoring.audit.flow import is_authorised
from assay.authoring.audit.merging import merge
from assay.authoring.audit.model import CodeAudit, Finding, Gap, Source
from assay.authoring.audit.ports import Analyser, Parser
from assay.authoring.audit.program import Contract, Unit, unit_of
from assay.authoring.audit.rule_book import BUILT_IN, RuleBook
from assay.authoring.audit.sources.solidity import Parsed
from assay.authoring.audit.terms import calls_by_assembly
from assay.errors import AssayError, UnavailableError

SUFFIXES = (".sol", ".vy")
_LOCKED_MONEY = "slither-locked-ether"
_HARMLESS_FOR_OWNERS = frozenset({"slither-arbitrary-send-erc20", "slither-reentrancy-balance"})
_ARBITRARY_PAYER = "slither-arbitrary-send-erc20"
SKIPPED_FOLDERS = frozenset({"node_modules", ".git", "artifacts", "cache", "out"})
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Auditors:
    """Who looks at each file.

    Attributes:
        solidity, vyper: sources to syntax trees and code.
        analysers: other tools, by the names under which their gaps are reported.
    """

    solidity: Parser
    vyper: Parser
    analysers: tuple[tuple[str, Analyser], ...] = ()

    def close(self) -> None:
        """End what is running."""
        self.solidity.close()
        self.vyper.close()
        for _name, tool in self.analysers:
            tool.close()


def files_under(path: Path) -> tuple[Path, ...]:
    """The sources that a path names, or that a folder has.

    Raises:
        NothingToAudit: there are none.
        SourceUnreadable: there is no such file or folder.
    """
    if not path.exists():
        raise SourceUnreadable(path, "there is no such file or folder")
    if path.is_file() and path.suffix in SUFFIXES:
        return (path,)
    found = sorted(
        one
        for one in path.rglob("*")
        if one.suffix in SUFFIXES
        and one.is_file()
        and not SKIPPED_FOLDERS & set(one.relative_to(path).parts[:-1])
    )
    if not found:
        raise NothingToAudit(path)
    return tuple(found)


def audit_code(
    path: Path,
    auditors: Auditors,
    progress: Progress = lambda _what, _done, _total: None,
    rules: RuleBook = BUILT_IN,
) -> CodeAudit:
    """Everything that is found in a file or a folder, by the rules that are on.

    A file of a folder that cannot be looked at, and a tool that hangs or is missing, are gaps.

    Raises:
        NothingToAudit: there is no source.
        SourceUnreadable, PragmaUnfit, SourceRejected: the only file is to blame.
        ToolMissing, ToolFailed: nothing could be compiled, and there is only one file.
    """
    files = files_under(path)
    findings: list[Finding] = []
    gaps: list[Gap] = []
    compilers: list[tuple[str, str]] = []
    sources: list[Source] = []
    left_out: Counter[str] = Counter()
    for index, file in enumerate(files):
        progress(str(file), index, len(files))
        try:
            parser = auditors.vyper if file.suffix == ".vy" else auditors.solidity
            sources.append(Source(str(file), read_bytes(file)))
            text = text_of(file, sources[-1].content)
            if not text.strip():
                raise SourceUnreadable(file, "it is empty")
            parsed = parser.parse(file, text)
        except AssayError as error:
            if len(files) == 1:
                raise
            gaps.append(Gap(str(file), "compiler", str(error)))
            continue
        compilers.append((str(file), parsed.compiler))
        unit = unit_of(parsed)
        heard, missed = _ask(auditors, parsed, file)
        kept, off = rules.sift([*detect(unit), *weigh(heard, unit)])
        left_out.update(off)
        findings += [one.in_file(file) for one in merge(kept)]
        gaps += missed
    progress(str(path), len(files), len(files))
    return CodeAudit(
        tuple(str(file) for file in files),
        merge(findings),
        tuple(gaps),
        tuple(compilers),
        sources=tuple(sources),
        left_out=tuple(sorted(left_out.items())),
    )


def weigh(heard: list[Finding], unit: Unit) -> list[Finding]:
    """Without reentrancy where a lock that Slither does not know keeps it out.

    And without tokens taken from anybody where the payer is the caller by another name or the
    function is not for everybody, and without money that is locked in where assembly calls others.
    """
    functions = [function for contract in unit.own for function in contract.functions]
    for_anybody = {one.label for one in functions if not is_authorised(one)}
    locked = {label for contract in unit.own for label in locked_functions(contract)}
    open_ended = {contract.name for contract in unit.own if _calls_by_assembly(contract)}
    own = {label for contract in unit.own for label in pulling_from_callers(contract)}
    return [
        one
        for one in heard
        if (one.bug_class != "reentrancy" or one.function not in locked)
        and (one.rule != _ARBITRARY_PAYER or one.function not in own)
        and (one.rule not in _HARMLESS_FOR_OWNERS or one.function in for_anybody)
        and (one.rule != _LOCKED_MONEY or _contract_at(one, unit) not in open_ended)
    ]


def _calls_by_assembly(contract: Contract) -> bool:
    return any(
        calls_by_assembly(node)
        for one in contract.line_of_bases
        for node in one.node.every("InlineAssembly")
    )


def _contract_at(finding: Finding, unit: Unit) -> str:
    """The name of the contract in which a finding stands."""
    above = [one for one in unit.own if one.node.line <= finding.line]
    return max(above, key=lambda one: one.node.line).name if above else ""


def read_source(path: Path) -> str:
    """The text of one file.

    Raises:
        SourceUnreadable: it cannot be read.
    """
    return text_of(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of one file.

    Raises:
        SourceUnreadable: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(path, str(error.strerror)) from None


def text_of(path: Path, content: bytes) -> str:
    """The text that a file's bytes are.

    Raises:
        SourceUnreadable: they are none.
    """
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise SourceUnreadable(path, "it is no UTF-8 text") from None


def _ask(auditors: Auditors, parsed: Parsed, file: Path) -> tuple[list[Finding], list[Gap]]:
    findings: list[Finding] = []
    gaps: list[Gap] = []
    for name, analyser in auditors.analysers:
        try:
            findings += analyser.find(parsed)
        except UnavailableError as error:
            gaps.append(Gap(str(file), name, f"{error} {error.hint}".strip()))
    return findings, gaps
