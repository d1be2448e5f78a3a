"""The `assay` command: one module per area, and the one place where errors become exit codes."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from pkgutil import iter_modules
from typing import Annotated, Any

import click
import typer
from typer.core import TyperGroup
from typer.main import get_group

import assay.cli
from assay.cli.console import report
from assay.errors import AssayError

_AREAS = {found.name for found in iter_modules(assay.cli.__path__)} - {"main", "console"}


class Areas(TyperGroup):
    """All areas, of which only the one is loaded that a command line names.

    The module of an area has its name; for other names, and to list them, all are loaded.
    """

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self._whole = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """See `click.Group.get_command`."""
        if not self._whole and cmd_name not in self.commands:
            self._load({cmd_name} if cmd_name in _AREAS else _AREAS)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """See `click.Group.list_commands`."""
        if not self._whole:
            self._load(_AREAS)
        return super().list_commands(ctx)

    def _load(self, areas: set[str]) -> None:
        found = [item for name in sorted(areas) for item in _commands_of(name).items()]
        # Single commands are listed before the groups, as typer does within one area.
        self.commands = dict(sorted(found, key=lambda item: isinstance(item[1], click.Group)))
        self._whole = areas == _AREAS


@cache
def _commands_of(area: str) -> dict[str, click.Command]:
    """The commands of one area, made once: its groups last as long as the process, and would take
    the same commands a second time.
    """
    found = typer.Typer()
    importlib.import_module(f"assay.cli.{area}").register(found)
    return dict(get_group(found).commands)


app = typer.Typer(
    name="assay",
    cls=Areas,
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


def main() -> None:
    """Run one command; an expected failure ends with its message, its hint and its exit code."""
    try:
        app()
    except AssayError as error:
        sys.exit(report(error, as_json="--json" in sys.argv))


if __name__ == "__main__":
    main()
