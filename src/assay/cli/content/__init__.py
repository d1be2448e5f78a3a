"""`assay content`: make, mint, verify and earn from generated content."""

from __future__ import annotations

import typer

from assay.cli.content import credentials, economy, generate, subscriptions, tokens

commands = typer.Typer(no_args_is_help=True, help="Generated content as tokens that prove origin.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    generate.register(commands)
    tokens.register(commands)
    credentials.register(commands)
    economy.register(commands)
    subscriptions.register(commands)
    app.add_typer(commands, name="content")
