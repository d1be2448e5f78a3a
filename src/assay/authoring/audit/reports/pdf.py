"""A report as PDF, with the glyphs of its own words embedded, Chinese ones too.

The font is Noto Sans SC (SIL Open Font License), of the package `justmytype-intl-cjk`. Only what is
written is embedded: a report of a few pages stays under 100 KB. The same report has the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.authoring.audit.model import GRADES
from assay.authoring.audit.reports.document import Report, ReportedFinding, ReportedProperty
from assay.authoring.audit.reports.wording import (
    PROPERTY_ORDER,
    VERDICTS,
    about_rules,
    clause_words,
    gap_lines,
    headline,
    where,
)
from assay.core.digest import Digest
from assay.errors import UnavailableError

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_FONT_PACKAGE = "justmytype_intl_cjk"
_FONT_FILE = Path("fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
_PLAIN, _BOLD = "AssayReport", "AssayReportBold"
_POSTSCRIPT_NAME = 6
_WEIGHTS = {_PLAIN: 400, _BOLD: 700}
_HARD_SPACE = "\N{NO-BREAK SPACE}"
_UNUSED_TABLES = ["GPOS", "GSUB", "vhea", "vmtx", "BASE", "HVAR", "VVAR", "MVAR"]
_COLOURS = {
    "high": "#c62828",
    "medium": "#b26a00",
    "low": "#1565c0",
    "violated": "#c62828",
    "not_checked": "#b26a00",
    "holds": "#2e7d32",
}


class PrinterMissing(UnavailableError):
    """What PDFs are made with is not installed."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"A PDF cannot be written: {part} is not installed.",
            hint="Run `pip install 'assay-chain[reports]'`, or leave pdf out: "
            "--format json,sarif,html.",
        )
        self.part = part


def require_printer() -> None:
    """Nothing if PDFs can be written.

    Raises:
        PrinterMissing: reportlab, fontTools or the font is not installed.
    """
    for name in ("reportlab", "fontTools", _FONT_PACKAGE):
        if find_spec(name) is None:
            raise PrinterMissing(name)


def write_pdf(report: Report) -> bytes:
    """The same as the page of HTML, for paper.

    Raises:
        PrinterMissing: reportlab, fontTools or the font is not installed.
    """
    require_printer()
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - heavy
    from reportlab.lib.units import mm  # noqa: PLC0415
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415

    story = list(_story(report))
    _register_fonts("".join(one.text for one in story))
    drawn = [one.drawn() for one in story]
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        title=f"Audit of {headline(report)}",
        author="Assay",
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        invariant=1,
    )
    document.build(drawn)
    return target.getvalue()


class _Line:
    """One paragraph: its words, and how it looks."""

    def __init__(self, text: str, style: str = "text", *, colour: str = "#202020") -> None:
        self.text = "".join(one if one.isprintable() else " " for one in text)
        self.style = style
        self.colour = colour

    def drawn(self) -> Flowable:
        from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - heavy
        from reportlab.platypus import Paragraph  # noqa: PLC0415

        size, before, font, indent = _STYLES[self.style]
        style = ParagraphStyle(
            self.style,
            fontName=font,
            fontSize=size,
            leading=size * 1.4,
            spaceBefore=before,
            leftIndent=indent,
            textColor=self.colour,
            wordWrap="CJK",
            splitLongWords=True,
        )
        text = escape(self.text)
        if self.style == "code":
            text = text.replace(" ", _HARD_SPACE)
        return Paragraph(text, style)


_STYLES: dict[str, tuple[float, float, str, float]] = {
    "title": (17, 0, _BOLD, 0),
    "section": (13, 14, _BOLD, 0),
    "heading": (10.5, 9, _BOLD, 0),
    "text": (9.5, 2, _PLAIN, 0),
    "code": (7.5, 0, _PLAIN, 10),
}


def _story(report: Report) -> Iterator[_Line]:
    counts = report.counts
    tint = {"failed": "high", "incomplete": "medium", "passed": "holds"}[report.verdict]
    yield _Line(f"Audit of {headline(report)}", "title")
    yield _Line(report.made_at)
    yield _Line(f"{report.verdict}: {VERDICTS[report.verdict]}", "heading", colour=_COLOURS[tint])
    yield _Line(f"High {counts.high}, medium {counts.medium}, low {counts.low}.")
    if report.properties:
        yield _Line(f"Clauses violated: {counts.violated} of {len(report.properties)}.")
    yield _Line(about_rules(report))
    yield _Line("Findings", "section")
    if not report.findings:
        yield _Line("Nothing that is known to go wrong was found.")
    for one in sorted(report.findings, key=lambda one: GRADES.index(one.severity)):
        yield from _finding(one)
    if report.properties:
        yield _Line(clause_words(report)["title"], "section")
    for clause in sorted(report.properties, key=lambda one: PROPERTY_ORDER.index(one.verdict)):
        yield from _property(clause, clause_words(report))
    yield _Line("What was not looked at", "section")
    for line in gap_lines(report) or ["No file and no tool was left out."]:
        yield _Line(line)
    yield from _subject(report)


def _finding(one: ReportedFinding) -> Iterator[_Line]:
    yield _Line(f"{one.severity}: {where(one)}", "heading", colour=_COLOURS[one.severity])
    kind = one.bug_class.replace("_", " ")
    yield _Line(f"{kind}, {one.rule}, confidence {one.confidence}", colour="#606060")
    yield _Line(one.message)
    for number, line in enumerate(one.excerpt.lines, one.excerpt.first_line):
        colour = _COLOURS[one.severity] if number == one.line else "#404040"
        yield _Line(f"{number:>5}  {line.replace(chr(9), '    ')}", "code", colour=colour)
    yield _Line(f"Fix. {one.fix}")


def _property(one: ReportedProperty, words: Mapping[str, str]) -> Iterator[_Line]:
    clause = words["clause"].format(number=one.clause) if one.clause else words["whole"]
    heading = f"{words[one.verdict]}, {clause}: {one.statement}"
    yield _Line(heading, "heading", colour=_COLOURS[one.verdict])
    for text in (one.text, one.read and words["read"].format(read=one.read), one.reason):
        if text:
            yield _Line(text)
    for place, call in enumerate(one.counterexample, 1):
        yield _Line(f"{place}. {call}", "code")


def _subject(report: Report) -> Iterator[_Line]:
    subject = report.subject
    yield _Line("What was audited", "section")
    for one in subject.files:
        yield _Line(f"{one.file}, {one.compiler or 'not compiled'}")
        yield _Line(f"SHA-256 {one.sha256}", "code")
    if subject.deployed:
        yield _Line(f"{subject.deployed.address} on chain {subject.deployed.chain_id}")
        yield _Line(f"code {subject.deployed.code_hash}", "code")
    if subject.prose:
        yield _Line("Prose")
        yield _Line(f"SHA-256 {subject.prose.sha256}", "code")
    tools = ", ".join(f"{one.name} {one.version or '(version unknown)'}" for one in report.tools)
    yield _Line(f"Looked at by {tools}.")
    yield _Line("This report: SHA-256 of report.json")
    yield _Line(Digest.of(report.encode()).hex, "code")


def _register_fonts(text: str) -> None:
    """Both weights, of the glyphs in the text alone: the whole font has 18 MB."""
    from fontTools import subset  # noqa: PLC0415 - heavy
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415

    spec = find_spec(_FONT_PACKAGE)
    assert spec is not None, "required before"
    assert spec.origin is not None, "a package of files"
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += _UNUSED_TABLES
    font: Any = TTFont(Path(spec.origin).parent / _FONT_FILE, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text + "".join(map(chr, range(0x20, 0x7F))) + _HARD_SPACE)
    subsetter.subset(font)
    small = io.BytesIO()
    font.save(small)
    for name, weight in _WEIGHTS.items():
        small.seek(0)
        one: Any = instancer.instantiateVariableFont(TTFont(small), {"wght": weight})
        for record in one["name"].names:
            if record.nameID == _POSTSCRIPT_NAME:  # both weights would go by the same
                record.string = f"NotoSansSC-{weight}"
        made = io.BytesIO()
        one.save(made)
        made.seek(0)
        pdfmetrics.registerFont(ttfonts.TTFont(name, made))
