"""Reports of audits: attested, listed, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, quoted, show

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.use_cases.attesting import AttestedReport
    from assay.authoring.audit.use_cases.checking import CheckedReport

AccountOption = Annotated[str | None, typer.Option(help="Who signs; default: ASSAY_ACCOUNT.")]
ReportArgument = Annotated[
    Path, typer.Argument(help="The report.json of an audit, or the folder that has it.")
]
_COLOURS = {"ok": "green", "failed": "red", "not_checked": "yellow"}


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.command(epilog="Example: assay audit attest audit/report.json")(attest)
    commands.command(epilog="Example: assay audit check audit/report.json --sources contracts/")(
        check
    )
    commands.command(epilog="Example: assay audit revoke 0x7a1c...e0")(revoke)


def attest(
    report: ReportArgument, account: AccountOption = None, as_json: JsonOption = False
) -> None:
    """Keep a report where its digest finds it, and attest it on the chain (EAS).

    The attestation names the report, what was audited, the rules and how much was found. Repeating
    it changes nothing. Its uid is left beside the report, in report.attestation.json.
    """
    with open_client() as client:
        made = client.audit.attest(report, account)
    show(made.as_json(), as_json, lambda out: show_attested(out, made))


def check(
    report: ReportArgument,
    sources: Annotated[
        Path | None,
        typer.Option(help="The folder of the sources, or the only one; default: this folder."),
    ] = None,
    attestation: Annotated[
        str | None, typer.Option(help="Its uid; default: beside the report, or on the chain.")
    ] = None,
    attester: Annotated[
        str | None, typer.Option(help="Account or address that must have attested it.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Hold a report against its attestation, its rules, its sources and the code on the chain.

    Anybody can attest: see that the attester is somebody you trust, or name who it must be. Exits
    with 1 where a check fails.
    """
    with open_client() as client:
        found = client.audit.check(
            report, sources=sources, attestation=attestation, attester=attester
        )
    show(found.as_json(), as_json, lambda out: _show_checked(out, found))
    if not found.ok:
        raise typer.Exit(1)


def revoke(
    attestation: Annotated[str, typer.Argument(metavar="UID", help="Of the attestation.")],
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take the attestation of a report back: whoever checks the report is told."""
    with open_client() as client:
        transaction = client.audit.revoke(attestation, account)
    result = {"attestation": attestation, "transaction": transaction}
    show(result, as_json, lambda out: _show_revoked(out, transaction))


def _show_revoked(out: Console, transaction: str) -> None:
    out.print(f"revoked by transaction {transaction}", soft_wrap=True)


def show_attested(out: Console, made: AttestedReport) -> None:
    """What was attested, and where the report is kept."""
    one = made.attestation
    already = " (it was attested before)" if made.already else ""
    out.print(f"[green]attested[/green] report {made.digest}{already}", soft_wrap=True)
    out.print(f"  attestation {one.uid} by {one.attester}", soft_wrap=True)
    out.print(f"  chain {one.chain_id}, service {one.service}, kept as {made.cid}", soft_wrap=True)


def _show_checked(out: Console, found: CheckedReport) -> None:
    for line in found.lines:
        colour, state = _COLOURS[line.state], line.state.replace("_", " ")
        out.print(
            f"[{colour}]{state:<11}[/{colour}] {quoted(line.name)}: {quoted(line.detail)}",
            soft_wrap=True,
        )
    verdict = "[green]verified[/green]"
    if not found.verified:
        verdict = "[yellow]nothing failed, but its attestation was not checked[/yellow]"
    if not found.ok:
        verdict = "[red]do not rely on it[/red]"
    out.print(f"report {found.digest}: {verdict}", soft_wrap=True)
