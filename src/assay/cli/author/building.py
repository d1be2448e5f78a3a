"""How an agreement becomes code: built, tried, told back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assay.cli.author.reading import (
    AnswersOption,
    FileArgument,
    LanguageOption,
    TextOption,
    specification,
)
from assay.cli.author.shown import show_built, show_markdown, show_report
from assay.cli.console import JsonOption, count_bar, open_client, quoted, show
from assay.errors import InputError

OutOption = Annotated[Path, typer.Option(help="The folder to write into.")]
NameOption = Annotated[str, typer.Option(help="Name of the contract, as code has it.")]
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,60}\Z")


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add(epilog="Example: assay author build agreement.md --answers answers.yaml --out purchase")(
        build
    )
    add("test", epilog="Example: assay author test purchase")(try_again)
    add(epilog="Example: assay author explain agreement.md --answers answers.yaml")(explain)
    add(epilog="Example: assay author blocks")(blocks)


def build(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answers: AnswersOption = None,
    out: OutOption = Path("contract"),
    name: NameOption = "Agreement",
    seed: Annotated[int, typer.Option(help="Of the trials, so that they can be repeated.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Write the contract in Solidity and Vyper, compile both, and try every clause.

    Exits with 1 where a trial fails.
    """
    if not _NAME.match(name):
        raise InputError(
            f"{name[:60]!r} cannot be the name of a contract.",
            hint="Begin with a capital letter, and use letters and digits only.",
        )
    found = specification(file, text, language=language, answers=answers)
    with open_client() as client, trials_progress() as progress:
        built = client.authoring.build(found, name=name, folder=out, seed=seed, progress=progress)
    result = {
        "folder": str(out),
        "contract": name,
        "outside": {str(index): reason for index, reason in built.composition.outside.items()},
        "report": built.report.as_json(),
    }
    show(result, as_json, lambda console: show_built(console, built, str(out)))
    if not built.report.passed:
        raise typer.Exit(1)


def try_again(
    folder: Annotated[Path, typer.Argument(help="A folder that `build` has written.")],
    seed: Annotated[int, typer.Option(help="Of the trials; another finds other histories.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Try the sources in a folder again, as they are now, against the specification beside them.

    Whatever a changed source does otherwise is shown with the calls that lead there. Exits with 1
    where a trial fails.
    """
    with open_client() as client, trials_progress() as progress:
        report = client.authoring.test(folder, seed=seed, progress=progress)
    show(report.as_json(), as_json, lambda console: show_report(console, report))
    if not report.passed:
        raise typer.Exit(1)


def explain(
    file: FileArgument = None,
    text: TextOption = None,
    language: LanguageOption = None,
    answers: AnswersOption = None,
    name: NameOption = "Agreement",
    as_json: JsonOption = False,
) -> None:
    """Tell what the contract will do, from the rules of its code and not from your words."""
    found = specification(file, text, language=language, answers=answers)
    with open_client() as client:
        told = client.authoring.explain(found, name=name)
    show({"description": told}, as_json, lambda console: show_markdown(console, told))


def blocks(as_json: JsonOption = False) -> None:
    """List the building blocks that contracts are made of."""
    from assay.authoring.blocks.registry import BLOCKS  # noqa: PLC0415 - built when used

    found = [{"name": block.name, "text": block.text} for block in BLOCKS]
    lines = (f"{quoted(block['name']):<24} {quoted(block['text'])}" for block in found)
    show(found, as_json, "\n".join(lines))


@contextmanager
def trials_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar of percent over compiling and the trials of both languages."""
    with count_bar("compiling and trying", 100) as advance:
        shares = {"compile": (0, 40), "solidity": (40, 30), "vyper": (70, 30)}
        reached = 0

        def progress(what: str, done: int, total: int) -> None:
            nonlocal reached
            start, share = shares.get(what, (0, 0))
            now = start + share * done // max(1, total)
            if now > reached:
                advance(now - reached)
                reached = now

        yield progress
