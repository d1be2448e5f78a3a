"""The report that `assay audit run` leaves, and attests if it is told to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.audit.reporting import show_attested
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.model import CodeAudit
    from assay.authoring.audit.reports.writing import Format
    from assay.authoring.audit.use_cases.attesting import AttestedReport
    from assay.client import Client

ReportOption = Annotated[
    Path | None,
    typer.Option(help="Leave a report: a folder, or a file ending in .json .sarif .html .pdf."),
]
FormatOption = Annotated[
    str | None, typer.Option("--format", help="Of the report, like json,sarif; default: all.")
]
AttestOption = Annotated[
    bool, typer.Option("--attest", help="Attest the report on the chain; see `attest`.")
]


@dataclass(frozen=True)
class ReportPlan:
    """Which report is wanted; `path` is None for none."""

    path: Path | None
    formats: tuple[Format, ...] | None
    attest: bool


@dataclass(frozen=True)
class LeftReport:
    """The files that were written, and the attestation."""

    files: tuple[Path, ...] = ()
    digest: str | None = None
    attested: AttestedReport | None = None

    def as_json(self) -> dict[str, Any]:
        """What `assay audit run --json` says of it."""
        return {
            "report": {"digest": self.digest, "files": [str(one) for one in self.files]}
            if self.files
            else None,
            "attestation": self.attested.as_json() if self.attested else None,
        }


def plan_report(path: Path | None, formats: str | None, *, attest: bool) -> ReportPlan:
    """What the options ask for, before anything is audited.

    Raises:
        InputError: they contradict each other, or ask for a format that there is not.
        PrinterMissing: a PDF is wanted, and what it is made with is not installed.
    """
    if path is None:
        if formats or attest:
            raise InputError(
                "A format and an attestation are of a report.", hint="Add --report DIR."
            )
        return ReportPlan(None, None, attest=False)
    from assay.authoring.audit.reports.pdf import require_printer  # noqa: PLC0415 - stays fast
    from assay.authoring.audit.reports.writing import parse_formats, targets_of  # noqa: PLC0415

    chosen = parse_formats(formats) if formats else None
    targets = targets_of(path, chosen)
    if "pdf" in targets:
        require_printer()
    if attest and "json" not in targets:
        raise InputError(
            "What is attested is the report in JSON.",
            hint="Add json to --format, or name a folder.",
        )
    return ReportPlan(path, chosen, attest)


def leave_report(
    client: Client, found: CodeAudit, plan: ReportPlan, account: str | None
) -> LeftReport:
    """Write the report, and attest it."""
    if plan.path is None:
        return LeftReport()
    from assay.core.digest import Digest  # noqa: PLC0415 - keeps `assay --help` fast

    report = client.audit.report(found)
    targets = client.audit.write(report, plan.path, plan.formats)
    attested = client.audit.attest(targets["json"], account) if plan.attest else None
    return LeftReport(tuple(targets.values()), Digest.of(report.encode()).hex, attested)


def show_left(out: Console, left: LeftReport) -> None:
    """Where the report is."""
    for file in left.files:
        out.print(f"report {file}", markup=False, soft_wrap=True)
    if left.attested is not None:
        show_attested(out, left.attested)
