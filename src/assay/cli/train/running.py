"""What goes on until a task has ended: a validator, the server, or all members here."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.train.shown import (
    AccountOption,
    LabelOption,
    TaskArgument,
    show_progress,
    task_line,
)
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.client import Client
    from assay.training.committee.model import Certificate
    from assay.training.engine.superlink import Certificates
    from assay.training.model import Task
    from assay.training.ports import Measured
    from assay.training.use_cases.progress import TaskProgress


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add("run", epilog="Example: assay train run 1 --here consortium.yaml")(run_command)
    add(
        "validator",
        epilog="Example: assay train validator 1 --held-out held-out.npz --listen 127.0.0.1:7501 "
        "--peers peers.yaml",
    )(validator)


def run_command(
    task: TaskArgument,
    here: Annotated[
        Path | None,
        typer.Option(help="Run all members on this machine, as this YAML file lists them."),
    ] = None,
    superlink: Annotated[
        str | None, typer.Option(help="HOST:PORT on which to serve nodes of other processes.")
    ] = None,
    certificates: Annotated[
        str | None,
        typer.Option(help="TLS files for it: CA.pem,CERTIFICATE.pem,KEY.pem; not on loopback."),
    ] = None,
    peers: Annotated[
        list[str] | None,
        typer.Option(
            help="With --superlink, where updates are masked: ADDRESS=URL of a validator, or a "
            "YAML file of them."
        ),
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="With --here: run the nodes in Ray's processes.")
    ] = False,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run a task's rounds until it has ended; started again, it goes on where the task is."""
    if (here is None) == (superlink is None):
        raise InputError(
            "A run needs nodes.",
            hint="Give --here FILE for members on this machine, or --superlink HOST:PORT.",
        )
    from assay.cli.train.logs import logs_on_stderr  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client() as client, logs_on_stderr(logging.ERROR):  # the rest is in the live view
        progress = (
            _run_here(client, task, here, simulate, account, as_json)
            if here is not None
            else _run_network(
                client,
                task,
                str(superlink),
                as_json,
                certificates=read_certificates(certificates) if certificates else None,
                peers=read_peer_list(peers or []),
                account=account,
            )
        )
        decimals = client.workspace.token_decimals
    show(progress.as_json(decimals), as_json, lambda out: show_progress(out, progress))


def validator(
    task: TaskArgument,
    held_out: Annotated[Path, typer.Option(help="Records that no node trains on, .npz or .csv.")],
    listen: Annotated[str, typer.Option(help="HOST:PORT for the other validators.")],
    peers: Annotated[
        list[str], typer.Option(help="ADDRESS=URL of another validator, or a YAML file of them.")
    ],
    label: LabelOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score updates, vote and certify until the task has ended; --json prints a line an event."""
    from assay.cli.train.logs import logs_on_stderr  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client() as client, logs_on_stderr():
        _ = client.training  # which says what is missing, before anything of it is imported
        from assay.bootstrap.training_members import Heard  # noqa: PLC0415 - loads torch

        events = _Events(as_json)
        ended = client.training.validate(
            task,
            held_out,
            listen,
            read_peer_list(peers),
            Heard(task=events.task, agreed=events.agreed),
            label=label,
            account=account,
        )
    events.say({"event": "ended", "phase": ended.phase.name.lower()}, task_line(ended))


def read_peer_list(texts: list[str]) -> dict[str, str]:
    """ADDRESS=URL as they are, and files with a mapping of addresses to URLs.

    Raises:
        InputError: neither.
    """
    import yaml  # noqa: PLC0415 - here alone

    found: dict[str, str] = {}
    for text in texts:
        address, equals, url = text.partition("=")
        if equals:
            found[address] = url
            continue
        try:
            value = yaml.safe_load(Path(text).read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError, UnicodeDecodeError):
            value = None
        if not isinstance(value, dict):
            raise InputError(
                f"{text[:80]!r} is neither ADDRESS=URL nor a file of such lines.",
                hint='A file has a line "0xADDRESS": "http://HOST:PORT" for each validator.',
            )
        found |= {str(key): str(one) for key, one in value.items()}
    return found


def _run_here(
    client: Client, task: int, file: Path, simulate: bool, account: str | None, as_json: bool
) -> TaskProgress:
    training = client.training
    from assay.bootstrap.consortium import Watch  # noqa: PLC0415 - loads torch and flwr
    from assay.cli.train.live import LiveRun  # noqa: PLC0415

    def look(measured: Measured | None) -> TaskProgress:
        return training.progress(task, measured=measured)

    with LiveRun(look, quiet=as_json) as live:
        watch = Watch(live, live.agreed, live.failed)
        return training.run_here(task, file, watch, simulated=simulate, account=account)


def _run_network(
    client: Client,
    task: int,
    superlink: str,
    as_json: bool,
    *,
    certificates: Certificates | None,
    peers: dict[str, str],
    account: str | None,
) -> TaskProgress:
    training = client.training
    from assay.cli.train.live import LiveRun  # noqa: PLC0415 - loads much

    def look(measured: Measured | None) -> TaskProgress:
        return training.progress(task, measured=measured)

    with LiveRun(look, quiet=as_json) as live:
        return training.run(
            task, superlink, live, certificates=certificates, peers=peers, account=account
        )


def read_certificates(text: str) -> Certificates:
    """Three paths as TLS files.

    Raises:
        InputError: they are other than three, or one is no file.
    """
    from assay.training.engine.superlink import Certificates  # noqa: PLC0415 - loads flwr

    paths = [Path(part) for part in text.split(",")]
    if len(paths) != 3 or not all(path.is_file() for path in paths):
        raise InputError(
            f"{text[:200]!r} does not name three files.",
            hint="Give the authority's certificate, the server's and its key: CA.pem,CERT.pem,"
            "KEY.pem.",
        )
    return Certificates(*paths)


class _Events:
    """Prints what a validator sees, as it comes."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._seen = (-1, -1)

    def task(self, task: Task) -> None:
        """Where the task stands, if that has changed."""
        if self._seen == (task.round, int(task.phase)):
            return
        self._seen = (task.round, int(task.phase))
        phase = task.phase.name.lower()
        self.say(
            {"event": "phase", "task": task.id, "round": task.round, "phase": phase},
            f"round {task.round} of {task.terms.rounds}: {phase}",
        )

    def agreed(self, certificate: Certificate) -> None:
        """What the committee has come to."""
        votes, result = len(certificate.votes), certificate.result
        self.say(
            {
                "event": "agreed",
                "round": result.round,
                "view": certificate.view,
                "votes": votes,
                "aggregate": result.aggregate.hex,
                "record": result.record.hex,
            },
            f"round {result.round}: {votes} votes for {result.aggregate.hex[:18]}…",
        )

    def say(self, event: dict[str, Any], text: str) -> None:
        """One line."""
        typer.echo(json.dumps(event) if self._as_json else text)
