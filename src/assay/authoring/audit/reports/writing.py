"""Reports as files, in the formats that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

from assay.authoring.audit.reports.document import Report
from assay.authoring.audit.reports.html import write_html
from assay.authoring.audit.reports.pdf import write_pdf
from assay.authoring.audit.reports.sarif import write_sarif
from assay.errors import InputError, UnavailableError

Format = Literal["json", "sarif", "html", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
STEM = "report"
_WRITERS: dict[Format, Callable[[Report], bytes]] = {
    "json": Report.encode,
    "sarif": write_sarif,
    "html": write_html,
    "pdf": write_pdf,
}


class FormatUnknown(InputError):
    """Reports are not written in this format."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Reports are not written as {name[:40]!r}.",
            hint=f"Formats: {', '.join(FORMATS)}; a file's suffix may name one.",
        )
        self.name = name


class ReportUnwritable(UnavailableError):
    """The place of a report cannot be written to."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.",
            hint="Name a file or a folder that is yours to write in.",
        )
        self.path = path


def parse_formats(text: str) -> tuple[Format, ...]:
    """Formats as a person lists them: `json,sarif`.

    Raises:
        FormatUnknown: one is none.
    """
    names = [one.strip().lower() for one in text.split(",") if one.strip()]
    return tuple(dict.fromkeys(_format(one) for one in names)) or FORMATS


def targets_of(path: Path, formats: Sequence[Format] | None) -> dict[Format, Path]:
    """Where each format goes: a path with a suffix of one is that file, any other is a folder.

    With a file, further formats stand beside it under the same name.

    Raises:
        FormatUnknown: the path's suffix is of another format than those asked for.
    """
    suffix = path.suffix.removeprefix(".").lower()
    if suffix in FORMATS and not path.is_dir():
        named = _format(suffix)
        return {one: path.with_suffix(f".{one}") for one in formats or (named,)} | {named: path}
    if path.suffix and not path.exists():
        raise FormatUnknown(path.suffix)
    return {one: path / f"{STEM}.{one}" for one in formats or FORMATS}


def write_report(report: Report, targets: dict[Format, Path]) -> None:
    """Write each format; all are made before the first is written.

    Raises:
        PrinterMissing: what PDFs are made with is not installed.
        ReportUnwritable: a file cannot be written.
    """
    made = {path: render(report, one) for one, path in targets.items()}
    for path, content in made.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise ReportUnwritable(path, error.strerror or str(error)) from None


def render(report: Report, chosen: Format) -> bytes:
    """A report in one format.

    Raises:
        PrinterMissing: what PDFs are made with is not installed.
    """
    return _WRITERS[chosen](report)


def _format(name: str) -> Format:
    for one in FORMATS:
        if one == name:
            return one
    raise FormatUnknown(name)
