"""`assay content`: make, mint, verify and earn from generated content."""

from __future__ import annotations

import typer

from assay.cli.content import (
    batch,
    credentials,
    economy,
    generate,
    lazy,
    review,
    revoke,
    royalty,
    subscriptions,
    tokens,
)

commands = typer.Typer(no_args_is_help=True, help="Generated content as tokens that prove origin.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    generate.register(commands)
    tokens.register(commands)
    credentials.register(commands)
    economy.register(commands)
    subscriptions.register(commands)
    batch.register(commands)
    lazy.register(commands)
    revoke.register(commands)
    review.register(commands)
    royalty.register(commands)
    app.add_typer(commands, name="content")
