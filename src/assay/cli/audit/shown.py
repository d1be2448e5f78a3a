"""How an audit looks to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.cli.console import quoted

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.model import CodeAudit

_COLOURS = {"high": "red", "medium": "yellow", "low": "cyan"}


def show_audit(out: Console, found: CodeAudit) -> None:
    """The findings as a table, then what each leads to, then what was not looked at."""
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

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
        out.print(
            f"\n[yellow]not looked at[/yellow]  {quoted(gap.file)} by {quoted(gap.tool)}: "
            f"{quoted(gap.reason)}",
            soft_wrap=True,
        )
    files, findings = len(found.files), len(found.findings)
    verdict = "[green]nothing known was found[/green]" if not findings else f"{findings} findings"
    out.print(f"\n{files} {'file' if files == 1 else 'files'}: {verdict}.")
