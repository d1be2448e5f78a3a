"""How a built contract comes onto the chain: shown whole, then asked for a yes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.author.building import trials_progress
from assay.cli.console import JsonOption, open_client, quoted, show
from assay.core.amount import format_amount
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.records import TargetLanguage
    from assay.authoring.use_cases.deploying import Deployed, Prepared

PartyOption = Annotated[
    list[str] | None,
    typer.Option("--party", metavar="NAME=ADDRESS", help="Of a party; or an account's name."),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="NAME=A,B,...", help="All members of a group."),
]
TokenOption = Annotated[
    list[str] | None,
    typer.Option("--token", metavar="SYMBOL=ADDRESS", help="Of a token on this chain."),
]
_ETHER_DECIMALS = 18
_ASK = "Deploy this contract? It cannot be changed afterwards."


def add_commands(commands: typer.Typer) -> None:
    """Add the command."""
    commands.command(
        epilog="Example: assay author deploy purchase --party buyer=0x... --party seller=alice "
        "--token USDC=0x..."
    )(deploy)


def deploy(
    folder: Annotated[Path, typer.Argument(help="A folder that `build` has written.")],
    party: PartyOption = None,
    group: GroupOption = None,
    token: TokenOption = None,
    language: Annotated[str, typer.Option(help="solidity or vyper.")] = "solidity",
    account: Annotated[str | None, typer.Option(help="Account that deploys and pays.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Deploy without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Put a built contract on the chain, with the record that `assay trace ADDRESS` explains it by.

    Its sources are tried again as they are. What was understood, the trials, the parties and the
    cost are shown, and nothing is sent without your yes.
    """
    with open_client() as client:
        deployments = client.authoring.deployments(account)
        with trials_progress() as progress:
            prepared = deployments.prepare(
                folder,
                parties=_pairs(party, "--party"),
                groups={name: all_.split(",") for name, all_ in _pairs(group, "--group").items()},
                tokens=_pairs(token, "--token"),
                language=_language(language),
                progress=progress,
            )
        _ask(prepared, yes=yes, as_json=as_json)
        deployed = deployments.deploy(prepared)
    result = _result(prepared, deployed)
    show(result, as_json, lambda out: _told(out, deployed))


def _ask(prepared: Prepared, *, yes: bool, as_json: bool) -> None:
    """Show everything on standard error, and go on with a yes only."""
    from rich.console import Console  # noqa: PLC0415 - keeps `assay --help` fast

    from assay.authoring.deployment_errors import DeploymentDeclined  # noqa: PLC0415

    if not as_json:
        _show(Console(stderr=True, highlight=False), prepared)
    if yes or prepared.there:
        return
    person = sys.stdin.isatty() and not as_json
    if not person or not typer.confirm(_ASK, err=True):
        raise DeploymentDeclined


def _show(out: Console, prepared: Prepared) -> None:
    from assay.authoring.describing.readings import lines_of  # noqa: PLC0415 - keeps help fast

    found = prepared.specification
    out.print("[bold]Understood[/bold]")
    for number, one in enumerate(found.obligations, 1):
        words = " ".join(found.text[slice(*one.span)].split())
        out.print(f"{number}  [dim]“{quoted(words)}”[/dim]", soft_wrap=True)
        for line in lines_of(one, found.language):
            out.print(f"   {quoted(line)}", soft_wrap=True)
    trials = prepared.report.trials
    out.print(f"\n[bold]Tried[/bold]  {sum(one.passed for one in trials)} of {len(trials)} passed")
    for agreement in prepared.report.agreements:
        out.print(f"   {agreement.language} agrees with the rules in {agreement.calls} calls")
    out.print("\n[bold]Given for ever[/bold]")
    for argument in prepared.arguments:
        addresses = ", ".join(argument.addresses)
        out.print(f"   {argument.kind} {quoted(argument.text)}: {addresses}", soft_wrap=True)
    out.print(f"\n[bold]Deployed[/bold]  {prepared.language}, at {prepared.address}")
    out.print(f"   record {prepared.cid}", soft_wrap=True)
    if prepared.estimate is not None:
        cost = format_amount(prepared.estimate.cost_wei, decimals=_ETHER_DECIMALS)
        out.print(f"   at most {prepared.estimate.gas:,} gas, {cost} ether")


def _told(out: Console, deployed: Deployed) -> None:
    verb = "stands already at" if deployed.already else "was deployed to"
    out.print(f"The contract {verb} {deployed.address}.")
    if deployed.transaction:
        out.print(f"Transaction {deployed.transaction}", soft_wrap=True)
    out.print(f"`assay trace {deployed.address}` explains it.", soft_wrap=True)


def _result(prepared: Prepared, deployed: Deployed) -> dict[str, Any]:
    estimate = prepared.estimate
    return {
        "address": deployed.address,
        "transaction": deployed.transaction,
        "already_deployed": deployed.already,
        "record": deployed.record_cid,
        "language": prepared.language,
        "constructor": [one.as_json() for one in prepared.arguments],
        "gas": estimate.gas if estimate else None,
        "cost_wei": str(estimate.cost_wei) if estimate else None,
        "trials": prepared.report.as_json()["trials"],
    }


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or ():
        name, sign, value = text.partition("=")
        if not (name and sign and value):
            raise InputError(f"{option} {text[:80]!r} names nobody.", hint=f"{option} NAME=ADDRESS")
        if name in found:
            raise InputError(
                f"{option} {name[:80]} is given twice.", hint="Give each party one address."
            )
        found[name] = value
    return found


def _language(text: str) -> TargetLanguage:
    match text:
        case "solidity" | "vyper":
            return text
        case _:
            raise InputError(f"{text[:80]!r} is no language of contracts.", hint="solidity, vyper")
