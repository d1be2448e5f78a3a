"""The `assay` command: one module per area, and the one place where errors become exit codes."""

from __future__ import annotations

import importlib
import sys
from pkgutil import iter_modules
from typing import Annotated

import typer

import assay.cli
from assay.cli.console import report
from assay.errors import AssayError

app = typer.Typer(
    name="assay",
    help="AI that can be held to account: publish, pay, mint, verify and trace.",
    epilog="Exit codes: 0 ok, 1 negative verdict, 2 usage, 3 environment.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - only here

        typer.echo(version("assay-chain"))
        raise typer.Exit


@app.callback()
def options(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """AI that can be held to account: publish, pay, mint, verify and trace."""


def _add_commands() -> None:
    for module_info in iter_modules(assay.cli.__path__):
        if module_info.name not in {"main", "console"}:
            importlib.import_module(f"assay.cli.{module_info.name}").register(app)


def main() -> None:
    """Run one command; an expected failure ends with its message, its hint and its exit code."""
    try:
        app()
    except AssayError as error:
        sys.exit(report(error, as_json="--json" in sys.argv))


_add_commands()

if __name__ == "__main__":
    main()
