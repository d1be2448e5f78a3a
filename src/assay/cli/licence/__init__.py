"""`assay licence`: offer, buy, renew, rent out and resell the right to use assets."""

from __future__ import annotations

import typer

from assay.cli.licence import holding, selling

commands = typer.Typer(no_args_is_help=True, help="The right to use assets: sold, rented, resold.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    selling.add_commands(commands)
    holding.add_commands(commands)
    app.add_typer(commands, name="licence")
