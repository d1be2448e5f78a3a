"""From what an audit found to its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from os.path import commonpath
from pathlib import PurePath

from assay.authoring.audit.model import CodeAudit, Finding, Gap, Source
from assay.authoring.audit.reports.document import (
    AuditedFile,
    Deployed,
    Excerpt,
    Prose,
    Report,
    ReportedFinding,
    ReportedGap,
    ReportedProperty,
    Rules,
    Subject,
    Tool,
    count,
    judge,
)
from assay.core.digest import Digest

DISTRIBUTION = "assay-chain"
AROUND_LINES = 2
_LONGEST_LINE = 240


@dataclass(frozen=True)
class Circumstances:
    """What a report says beside the findings.

    Attributes:
        made_at_s: when, in seconds since 1970.
        tools: other tools that looked, with their versions.
        deployed: where the code lives, if it was compared with code on a chain.
    """

    made_at_s: int
    tools: tuple[tuple[str, str | None], ...] = ()
    deployed: Deployed | None = None


def make_report(found: CodeAudit, given: Circumstances) -> Report:
    """The report of an audit; files are named from the folder that holds them all."""
    names = short_names(found.sources)
    lines = {one.file: _lines(one.content) for one in found.sources}
    files = tuple(
        AuditedFile(
            file=names[one.file],
            sha256=Digest.of(one.content).hex,
            bytes=len(one.content),
            compiler=dict(found.compilers).get(one.file),
        )
        for one in found.sources
    )
    prose = None
    if found.prose is not None:
        prose = Prose(sha256=found.prose.digest, facts=found.prose.as_json())
    findings = tuple(_finding(one, names, lines) for one in found.findings)
    properties = tuple(ReportedProperty.model_validate(one.as_json()) for one in found.properties)
    gaps = tuple(_gap(one, names) for one in found.gaps)
    rules = Rules.model_validate(found.rule_book.as_json()) if found.rule_book else None
    threshold = rules.threshold if rules else "high"
    return Report(
        made_at=f"{datetime.fromtimestamp(given.made_at_s, UTC):%Y-%m-%dT%H:%M:%SZ}",
        subject=Subject(
            files=files,
            deployed=given.deployed,
            prose=prose,
            digest=Subject.digest_of(files, given.deployed, prose),
        ),
        tools=(
            Tool(name="Assay", version=version(DISTRIBUTION)),
            *(Tool(name=name, version=release) for name, release in given.tools),
        ),
        rule_book=rules,
        rules_note=found.rules_note,
        verdict=judge(threshold, findings, properties, bool(gaps)),
        counts=count(findings, properties),
        findings=findings,
        properties=properties,
        not_looked_at=gaps,
        left_out=dict(found.left_out),
    )


def short_names(sources: tuple[Source, ...]) -> dict[str, str]:
    """Each file's name from the folder that holds all, so that no path of a machine is told."""
    files = [one.file for one in sources]
    if not files:
        return {}
    root = commonpath([str(PurePath(one).parent) for one in files])
    return {one: PurePath(one).relative_to(root).as_posix() for one in files}


def _finding(
    one: Finding, names: Mapping[str, str], lines: Mapping[str, list[str]]
) -> ReportedFinding:
    first = max(one.line - AROUND_LINES, 1)
    shown = lines.get(one.file, [])[first - 1 : one.line + AROUND_LINES]
    excerpt = Excerpt(first_line=first, lines=tuple(line[:_LONGEST_LINE] for line in shown))
    fields = {**one.as_json(), "file": names.get(one.file, one.file), "excerpt": excerpt}
    return ReportedFinding.model_validate(fields)


def _gap(one: Gap, names: Mapping[str, str]) -> ReportedGap:
    reason = one.reason
    for path, name in names.items():
        reason = reason.replace(path, name)
    return ReportedGap(file=names.get(one.file, one.file), tool=one.tool, reason=reason)


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
