"""`assay audit rules`: the rules that audits go by, version after version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, quoted, show

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.ports import PublishedRules
    from assay.authoring.audit.rule_book import RuleBook


def add_commands(commands: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="The rules that audits go by: versions on chain, and the rules that there are.",
        invoke_without_command=True,
    )
    group.callback(epilog="Example: assay audit rules")(overview)
    group.command("show", epilog="Example: assay audit rules show 2")(show_version)
    group.command(epilog="Example: assay audit rules publish rules.yaml --account alice")(publish)
    commands.add_typer(group, name="rules")


def overview(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the versions of the chain's rule book, and every rule with its class and severity."""
    if context.invoked_subcommand is not None:
        return
    with open_client() as client:
        result = client.audit.rules.as_json()
    show(result, as_json, lambda out: _show_overview(out, result))


def show_version(
    version: Annotated[
        int | None, typer.Argument(help="Its number; default: the newest.", min=1)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what one version changes of the built-in rules, and from which severity audits fail."""
    with open_client() as client:
        published, book = client.audit.rules.show(version)
    show(
        published.as_json() | book.as_json(), as_json, lambda out: _show_book(out, published, book)
    )


def publish(
    file: Annotated[Path, typer.Argument(help="Name, threshold and settings, in YAML or JSON.")],
    account: Annotated[
        str | None,
        typer.Option(help="Owner of the rule book; default on the local chain: local-0."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Publish a new version, which audits go by from then on; earlier ones stay as they are."""
    with open_client() as client:
        published, book = client.audit.rules.publish(file, account)
    show(
        published.as_json() | book.as_json(), as_json, lambda out: _show_book(out, published, book)
    )


def _show_overview(out: Console, result: dict[str, Any]) -> None:
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    table = Table(box=None, pad_edge=False)
    for heading in ("rule", "class", "severity"):
        table.add_column(heading)
    for one in result["rules"]:
        table.add_row(one["rule"], one["class"], one["severity"])
    out.print(table)
    place = f"rule book {result['address']} on chain {result['chain_id']}, owner {result['owner']}"
    out.print(f"\n{place}", soft_wrap=True)
    for one in result["versions"]:
        out.print(
            f"version {one['version']}  {one['published_at']}  {one['digest']}", soft_wrap=True
        )
    if not result["versions"]:
        out.print("no version yet: audits go by the rules above")


def _show_book(out: Console, published: PublishedRules, book: RuleBook) -> None:
    facts = published.as_json()
    out.print(f"version {published.version}: {quoted(book.name)}, {facts['published_at']}")
    out.print(f"  SHA-256 {facts['digest']}", soft_wrap=True)
    out.print(f"  audits fail from severity {book.threshold} on")
    for rule, setting in book.rules.items():
        unknown = " (this release has no such rule)" if rule in book.unknown else ""
        out.print(f"  {quoted(rule)}: {setting}{unknown}")
    if not book.rules:
        out.print("  every rule is as built in")
