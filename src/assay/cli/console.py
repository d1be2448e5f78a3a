"""What every command shares: opening the client, printing a result, reporting an error.

A command parses, calls one use case through `open_client()`, and hands the result to `show`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.errors import AssayError, InputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn

    from assay.client import Client

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object instead of text for people.")
]


def open_client(**overrides: Any) -> Client:
    """The client on the settings of the environment; `overrides` name fields of `Settings`."""
    from assay.client import connect  # noqa: PLC0415 - keeps `assay --help` fast

    return connect(**overrides)


def console() -> Console:
    """A rich console on standard output."""
    from rich.console import Console  # noqa: PLC0415 - keeps `assay --help` fast

    return Console(highlight=False)


def show(result: Any, as_json: bool, human: Callable[[Console], None] | str) -> None:
    """Print `result` as one JSON document, or as the text or drawing for a person."""
    if as_json:
        text = json.dumps(result, ensure_ascii=False)
        typer.echo(text.encode("utf-8", "backslashreplace").decode())  # of halves of characters
    elif isinstance(human, str):
        typer.echo(human)
    else:
        human(console())


def write_file(path: Path, data: bytes) -> None:
    """Write what a command made to where the user wants it.

    Raises:
        InputError: the path cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.",
            hint="Name a file in a folder that exists and is yours to write in.",
        ) from None


def quoted(value: object) -> str:
    """What others wrote, as it can be printed: neither markup nor orders to the terminal in it."""
    from rich.markup import escape  # noqa: PLC0415 - keeps `assay --help` fast

    return escape(
        "".join(
            one if one.isprintable() else one.encode("unicode_escape").decode()
            for one in str(value)
        )
    )


@contextmanager
def progress_bar(description: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar of bytes on standard error while a person is looking; yields `advance(amount)`."""
    from rich.progress import (  # noqa: PLC0415 - keeps `assay --help` fast
        DownloadColumn,
        TransferSpeedColumn,
    )

    with _progress(DownloadColumn(), TransferSpeedColumn()) as progress:
        task = progress.add_task(description, total=total)
        yield lambda amount: progress.advance(task, amount)


@contextmanager
def count_bar(description: str, total: int) -> Iterator[Callable[[int], None]]:
    """The same, of things that are counted."""
    from rich.progress import (  # noqa: PLC0415 - keeps `assay --help` fast
        MofNCompleteColumn,
        TimeRemainingColumn,
    )

    with _progress(MofNCompleteColumn(), TimeRemainingColumn()) as progress:
        task = progress.add_task(description, total=total)
        yield lambda amount: progress.advance(task, amount)


def _progress(*measures: ProgressColumn) -> Progress:
    from rich.console import Console  # noqa: PLC0415 - keeps `assay --help` fast
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *measures,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def report(error: AssayError, *, as_json: bool) -> int:
    """Print an expected failure on standard error and return its exit code."""
    if as_json:
        body = {"type": type(error).__name__, "message": str(error), "hint": error.hint}
        typer.echo(json.dumps({"error": body}, ensure_ascii=False), err=True)
    else:
        typer.secho(f"error: {error}", fg="red", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
    return error.exit_code
