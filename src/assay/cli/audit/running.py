"""How anybody has a contract audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.audit.leaving import (
    AttestOption,
    FormatOption,
    LeftReport,
    ReportOption,
    leave_report,
    plan_report,
    show_left,
)
from assay.cli.audit.reporting import AccountOption
from assay.cli.audit.shown import show_audit
from assay.cli.author.reading import AnswersOption, LanguageOption, specification
from assay.cli.console import JsonOption, count_bar, open_client, show
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.authoring.audit.model import CodeAudit
    from assay.authoring.model import Specification

_UNITS = {"trials": "histories of calls"}


@contextmanager
def audit_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each kind of work, whose length is known once it begins."""
    with ExitStack() as stack:
        bars: dict[str, tuple[Callable[[int], None], list[int]]] = {}

        def progress(what: str, done: int, total: int) -> None:
            kind = _UNITS.get(what, "files")
            if kind not in bars:
                for _ in range(len(bars)):
                    stack.close()
                bars[kind] = stack.enter_context(count_bar(kind, total)), [0]
            advance, shown = bars[kind]
            advance(done - shown[0])
            shown[0] = done

        yield progress


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    commands.callback()(lambda: None)
    commands.command(epilog="Example: assay audit run Escrow.sol --prose agreement.md")(run)


def run(
    code: Annotated[
        str | None,
        typer.Argument(help="A file in Solidity or Vyper, a folder, or an address on the chain."),
    ] = None,
    prose: Annotated[
        Path | None,
        typer.Option(
            help="What the code is to do: text, Markdown, DOCX or PDF. Clauses are tried."
        ),
    ] = None,
    text: Annotated[str | None, typer.Option(help="The prose itself, instead of a file.")] = None,
    specification_file: Annotated[
        Path | None,
        typer.Option("--specification", help="A specification in JSON, instead of prose."),
    ] = None,
    answers: AnswersOption = None,
    language: LanguageOption = None,
    party: Annotated[
        list[str] | None,
        typer.Option(help="Who a party is in the code, like 甲方=buyer; may be given again."),
    ] = None,
    argument: Annotated[
        list[str] | None,
        typer.Option(help="An argument of the constructor, like goal=100; may be given again."),
    ] = None,
    source: Annotated[Path | None, typer.Option(help="Of the code at an address.")] = None,
    seed: Annotated[int, typer.Option(help="Of the trials, so that they can be repeated.")] = 1,
    timeout: Annotated[
        float, typer.Option(help="Seconds for each tool and file, after which it is given up.")
    ] = 60.0,
    trials: Annotated[float, typer.Option(help="Seconds for trying the clauses.")] = 6.0,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Exit with 1 where a finding is grave or a clause is violated."
        ),
    ] = False,
    report: ReportOption = None,
    formats: FormatOption = None,
    attest: AttestOption = False,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what is wrong: where, what it leads to, and what to do about it.

    With prose, each clause is tried on the code, and what breaks it is shown call by call; with
    prose alone, what it leaves open. A tool that hangs or is missing is named: nothing is passed
    over in silence.
    """
    if timeout <= 0 or trials <= 0:
        raise InputError("The seconds of --timeout and --trials must be more than 0.")
    plan = plan_report(report, formats, attest=attest)
    told = _prose(prose, text, specification_file, language=language, answers=answers)
    with open_client() as client, audit_progress() as progress:
        found = client.audit.run(
            code,
            timeout_s=timeout,
            progress=progress,
            prose=told,
            source=source,
            parties=_pairs(party, "--party"),
            arguments=_pairs(argument, "--argument"),
            seed=seed,
            properties_timeout_s=trials,
        )
        left = leave_report(client, found, plan, account)
    show({**found.as_json(), **left.as_json()}, as_json, lambda out: _show(out, found, left))
    if strict and (found.violated or found.grave):
        raise typer.Exit(1)


def _show(out: Console, found: CodeAudit, left: LeftReport) -> None:
    show_audit(out, found)
    show_left(out, left)


def _prose(
    file: Path | None,
    text: str | None,
    json_file: Path | None,
    *,
    language: str | None,
    answers: Path | None,
) -> Specification | None:
    given = [one for one in (file, text, json_file) if one is not None]
    if not given:
        if answers is not None:
            raise InputError("Answers need the prose that asks.", hint="Add --prose FILE.")
        return None
    if len(given) > 1:
        raise InputError("Give the prose once.", hint="--prose, --text or --specification.")
    return specification(file or json_file, text, language=language, answers=answers)


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    found = {}
    for one in given or ():
        name, sign, value = one.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise InputError(
                f"{option} {one[:60]!r} is no pair.", hint=f"Like {option} 甲方=buyer."
            )
        found[name.strip()] = value.strip()
    return found
