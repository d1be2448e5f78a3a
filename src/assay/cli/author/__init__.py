"""`assay author`: an agreement in English or Chinese becomes a tested contract."""

from __future__ import annotations

import typer

from assay.cli.author import building, deploying, reading


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Turn an agreement in English or Chinese into a tested contract.",
        no_args_is_help=True,
    )
    reading.add_commands(group)
    building.add_commands(group)
    deploying.add_commands(group)
    app.add_typer(group, name="author")
