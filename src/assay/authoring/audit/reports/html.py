"""A report as one page of HTML that loads nothing, runs nothing, and can be printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

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

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --high: #c62828; --medium: #b26a00;
  --low: #1565c0 }
body { font: 16px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; margin-bottom: 0 } h2 { margin-top: 2.2rem; font-size: 1.25rem }
h3 { font-size: 1rem; margin: 0 } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-bottom: 1px solid var(--line) }
code, pre { font: .85rem/1.45 ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
pre { overflow-x: auto; background: #8881; padding: .5rem .75rem; border-radius: 4px }
article { border-left: 4px solid var(--line); padding-left: 1rem; margin: 1.4rem 0 }
.high { --line: var(--high) } .medium { --line: var(--medium) } .low { --line: var(--low) }
.violated { --line: var(--high) } .not_checked { --line: var(--medium) }
.holds { --line: #2e7d32 } .muted { opacity: .75 }
.tag { display: inline-block; border: 1px solid; border-radius: 3px; padding: 0 .4rem;
  font-size: .8rem; color: var(--line) }
mark { background: #f5c54266; color: inherit } .verdict { font-size: 1.15rem; font-weight: 600 }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(report: Report) -> bytes:
    """The page: verdict and subject, findings by severity, clauses, what was not looked at."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Audit: {escape(headline(report))}</title><style>{_STYLE}</style></head><body>",
        *_summary(report),
        *_findings(report),
        *_properties(report),
        *_gaps(report),
        *_subject(report),
        "</body></html>",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def _summary(report: Report) -> Iterable[str]:
    counts = report.counts
    yield f"<h1>Audit of {escape(headline(report))}</h1>"
    yield f'<p class="muted">{escape(report.made_at)}</p>'
    tint = {"failed": "high", "incomplete": "medium", "passed": "holds"}[report.verdict]
    yield f'<p class="verdict {tint}"><span class="tag">{report.verdict}</span> '
    yield f"{escape(VERDICTS[report.verdict])}</p>"
    rows = [(str(grade), str(getattr(counts, grade))) for grade in GRADES]
    if report.properties:
        rows.append(("clauses violated", f"{counts.violated} of {len(report.properties)}"))
    yield _table(rows)
    yield f"<p>{escape(about_rules(report))}</p>"


def _findings(report: Report) -> Iterable[str]:
    yield "<h2>Findings</h2>"
    if not report.findings:
        yield "<p>Nothing that is known to go wrong was found.</p>"
    for one in sorted(report.findings, key=lambda one: GRADES.index(one.severity)):
        yield _finding(one)


def _finding(one: ReportedFinding) -> str:
    lines = []
    for number, line in enumerate(one.excerpt.lines, one.excerpt.first_line):
        text = f"{number:>5}  {escape(line)}"
        lines.append(f"<mark>{text}</mark>" if number == one.line else text)
    code = f"<pre>{chr(10).join(lines)}</pre>" if lines else ""
    kind = f"{one.bug_class.replace('_', ' ')} · {one.rule} · confidence {one.confidence}"
    return (
        f'<article class="{one.severity}"><h3><span class="tag">{one.severity}</span> '
        f"{escape(where(one))}</h3>"
        f'<p class="muted">{escape(kind)}</p><p>{escape(one.message)}</p>{code}'
        f"<p><strong>Fix.</strong> {escape(one.fix)}</p></article>"
    )


def _properties(report: Report) -> Iterable[str]:
    if not report.properties:
        return
    words = clause_words(report)
    yield f"<h2>{words['title']}</h2>"
    for one in sorted(report.properties, key=lambda one: PROPERTY_ORDER.index(one.verdict)):
        yield _property(one, words)


def _property(one: ReportedProperty, told: Mapping[str, str]) -> str:
    clause = told["clause"].format(number=escape(one.clause)) if one.clause else told["whole"]
    calls = "".join(f"<li><code>{escape(call)}</code></li>" for call in one.counterexample)
    shown = f"<p>{told['shown']}</p><ol>{calls}</ol>" if calls else ""
    reason = f"<p>{escape(one.reason)}</p>" if one.reason else ""
    words = f"<blockquote>{escape(one.text)}</blockquote>" if one.text else ""
    words += f"<p>{told['read'].format(read=escape(one.read))}</p>" if one.read else ""
    verdict, tried = told[one.verdict], told["tried"].format(count=one.tried)
    return (
        f'<article class="{one.verdict}"><h3><span class="tag">{verdict}</span> {clause}: '
        f"{escape(one.statement)}</h3>{words}{reason}{shown}"
        f'<p class="muted">{escape(one.name)} · {tried}</p></article>'
    )


def _gaps(report: Report) -> Iterable[str]:
    yield "<h2>What was not looked at</h2>"
    lines = gap_lines(report)
    if not lines:
        yield "<p>No file and no tool was left out.</p>"
        return
    yield "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _subject(report: Report) -> Iterable[str]:
    subject = report.subject
    yield "<h2>What was audited</h2>"
    rows = [
        (one.file, f"SHA-256 {one.sha256}, {one.compiler or 'not compiled'}")
        for one in subject.files
    ]
    if subject.deployed:
        at = subject.deployed
        rows.append((at.address, f"chain {at.chain_id}, code {at.code_hash}"))
    if subject.prose:
        rows.append(("prose", f"SHA-256 {subject.prose.sha256}"))
    rows.append(("all of it", subject.digest))
    rows += [(one.name, one.version or "version unknown") for one in report.tools]
    rows.append(("this report", f"SHA-256 {Digest.of(report.encode()).hex} of report.json"))
    yield _table(rows)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><th>{escape(name)}</th><td><code>{escape(value)}</code></td></tr>"
        for name, value in rows
    )
    return f"<table>{cells}</table>"
