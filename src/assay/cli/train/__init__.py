"""`assay train`: models that are trained together, with stakes, commitments, votes and rewards."""

from __future__ import annotations

import typer

from assay.cli.train import checking, membership, money, nodes, opening, running, tasks

commands = typer.Typer(
    no_args_is_help=True,
    help="Train a model together without moving data; every round is certified and paid.",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for module in (opening, tasks, membership, running, nodes, money, checking):
        module.add_commands(commands)
    app.add_typer(commands, name="train")
