"""How anybody has a contract audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.audit.shown import show_audit
from assay.cli.console import JsonOption, count_bar, open_client, show
from assay.errors import InputError


@contextmanager
def files_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar of files, whose number is known once they are listed."""
    with ExitStack() as stack:
        bars: list[Callable[[int], None]] = []

        def progress(_what: str, done: int, total: int) -> None:
            if not bars:
                bars.append(stack.enter_context(count_bar("files", total)))
            bars[0](1 if done else 0)

        yield progress


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.callback()(lambda: None)
    commands.command(epilog="Example: assay audit run Wallet.sol")(run)


def run(
    path: Annotated[Path, typer.Argument(help="A file in Solidity or Vyper, or a folder.")],
    timeout: Annotated[
        float, typer.Option(help="Seconds for each tool and file, after which it is given up.")
    ] = 60.0,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where a finding is of high severity.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List what is wrong: where, what it leads to, and what to do about it.

    A tool that hangs or is missing is named: nothing is passed over in silence.
    """
    if timeout <= 0:
        raise InputError("The seconds of --timeout must be more than 0.")
    with open_client() as client, files_progress() as progress:
        found = client.audit.run(path, timeout_s=timeout, progress=progress)
    show(found.as_json(), as_json, lambda console: show_audit(console, found))
    if strict and any(one.severity == "high" for one in found.findings):
        raise typer.Exit(1)
