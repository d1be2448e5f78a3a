"""`assay audit`: what is wrong with a contract, and what to do about it."""

from __future__ import annotations

import typer

from assay.cli.audit import reporting, rules, running


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Find what is wrong with a contract in Solidity or Vyper.",
        no_args_is_help=True,
    )
    running.add_commands(group)
    reporting.add_commands(group)
    rules.add_commands(group)
    app.add_typer(group, name="audit")
