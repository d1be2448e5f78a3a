"""`assay payment`: requests in words, paid by the rules of a treasury."""

from __future__ import annotations

import typer

from assay.cli.payment import policy, requests


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(
        help="Pay what requests in English or Chinese ask for, by the rules of a treasury.",
        no_args_is_help=True,
    )
    requests.add_commands(group)
    rules = typer.Typer(help="A treasury and its rules.", no_args_is_help=True)
    policy.add_commands(rules)
    group.add_typer(rules, name="policy")
    app.add_typer(group, name="payment")
