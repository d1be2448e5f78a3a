"""How an audit looks to a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assay.cli.console import quoted

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.model import CodeAudit, ProseAudit

_COLOURS = {"high": "red", "medium": "yellow", "low": "cyan"}
_VERDICT_COLOURS = {"violated": "red", "holds": "green", "not_checked": "yellow"}
_LONGEST = 160


def show_audit(out: Console, found: CodeAudit) -> None:
    """The findings as a table, then what each leads to, then what was not looked at."""
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    from assay.authoring.audit.reports.wording import CLAUSE_WORDS  # noqa: PLC0415 - keeps help fast

    if found.findings:
        table = Table(box=None, pad_edge=False)
        for heading in ("severity", "sure", "class", "where", "rule"):
            table.add_column(heading, overflow="fold")
        for one in found.findings:
            colour = _COLOURS[one.severity]
            table.add_row(
                f"[{colour}]{one.severity}[/{colour}]",
                one.confidence,
                one.bug_class,
                quoted(f"{one.file}:{one.line}"),
                quoted(one.rule),
            )
        out.print(table)
    for one in found.findings:
        out.print(f"\n[bold]{quoted(f'{one.file}:{one.line}')}[/bold] {quoted(one.function)}")
        out.print(f"   {quoted(one.message)}", soft_wrap=True)
        out.print(f"   [green]{quoted(one.fix)}[/green]", soft_wrap=True)
    for gap in found.gaps:
        place = quoted(gap.file or "the whole")
        out.print(
            f"\n[yellow]not looked at[/yellow]  {place} by {quoted(gap.tool)}: "
            f"{quoted(gap.reason)}",
            soft_wrap=True,
        )
    show_properties(out, found)
    if found.prose is not None:
        out.print()
        show_prose(out, found.prose)
    files, findings = len(found.files), len(found.findings)
    if not files:
        return
    verdict = f"{findings} {'finding' if findings == 1 else 'findings'}"
    if not findings:
        verdict = "[green]nothing known was found[/green]"
    out.print(f"\n{files} {'file' if files == 1 else 'files'}: {verdict}.")
    off = ", ".join(f"{rule} ({count})" for rule, count in found.left_out)
    rules = found.rules_note + (f"; off: {off}" if off else "")
    out.print(f"[dim]Rules: {quoted(rules)}.[/dim]", soft_wrap=True)
    if found.properties:
        counts = Counter[str](one.verdict for one in found.properties)
        words = CLAUSE_WORDS[found.prose.language if found.prose else "en"]
        out.print(words["counts"].format(**{one: counts[one] for one in _VERDICT_COLOURS}))


def show_properties(out: Console, found: CodeAudit) -> None:
    """Clause by clause: what holds, what is broken by which calls, what was not checked."""
    from assay.authoring.audit.reports.wording import CLAUSE_WORDS  # noqa: PLC0415 - keeps help fast

    words = CLAUSE_WORDS[found.prose.language if found.prose else "en"]
    for one in found.properties:
        colour, word = _VERDICT_COLOURS[one.verdict], words[one.verdict]
        place = f"{one.clause}. " if one.clause else ""
        out.print(f"\n[{colour}]{word}[/{colour}]  {quoted(place + one.statement)}", soft_wrap=True)
        if one.text:
            out.print(f"   [dim]“{quoted(_short(one.text))}”[/dim]", soft_wrap=True)
        if one.read:
            out.print(
                f"   [dim]{quoted(words['read'].format(read=one.read))}[/dim]", soft_wrap=True
            )
        for number, call in enumerate(one.counterexample, 1):
            out.print(f"   {number}. {quoted(call)}", soft_wrap=True)
        if one.reason:
            out.print(f"   {quoted(one.reason)}", soft_wrap=True)
        if one.verdict == "holds":
            out.print(f"   [dim]{words['tried'].format(count=one.tried)}[/dim]")


def show_prose(out: Console, prose: ProseAudit) -> None:
    """Who is who in the code, with what it was deployed, and what the prose leaves open."""
    for name, where in prose.parties:
        out.print(f"[dim]{quoted(name)} is {quoted(where)}[/dim]", soft_wrap=True)
    for name, value in prose.arguments:
        out.print(f"[dim]deployed with {quoted(name)} = {quoted(value)}[/dim]", soft_wrap=True)
    for one in prose.open:
        hint = f" (e.g. {', '.join(one.suggestions)})" if one.suggestions else ""
        out.print(f"[yellow]open[/yellow]  {quoted(one.id)}  {quoted(one.text + hint)}")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
