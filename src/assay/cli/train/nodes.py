"""Who trains: a node on its own records, an edge by its leaves, and a leaf."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.cli.licence.shown import period
from assay.cli.train.running import read_certificates
from assay.cli.train.shown import AccountOption, LabelOption, TaskArgument, task_line
from assay.errors import InputError

RootCertificate = Annotated[
    Path | None, typer.Option(help="Who signed the server's certificate, PEM.")
]


def add_commands(commands: typer.Typer) -> None:
    """Add the commands."""
    add = commands.command
    add("node", epilog="Example: assay train node 1 --data own.csv --superlink 127.0.0.1:9092")(
        node
    )
    add("leaf", epilog="Example: assay train leaf 127.0.0.1:9095 --data ward-3.npz")(leaf_command)


def node(
    task: TaskArgument,
    superlink: Annotated[str, typer.Option(help="HOST:PORT of the task's server.")],
    data: Annotated[
        Path | None, typer.Option(help="Your records, .npz or .csv; they stay here.")
    ] = None,
    leaf: Annotated[
        list[Path] | None, typer.Option(help="As an edge: records of a leaf in this process.")
    ] = None,
    edge: Annotated[
        str | None, typer.Option(help="As an edge: HOST:PORT on which `assay train leaf` finds it.")
    ] = None,
    edge_certificates: Annotated[
        str | None,
        typer.Option(help="TLS files for it: CA.pem,CERTIFICATE.pem,KEY.pem; not on loopback."),
    ] = None,
    least_leaves: Annotated[
        int, typer.Option(min=1, help="With fewer an edge sits the round out.")
    ] = 1,
    leaf_wait: Annotated[
        str, typer.Option(help="How long leaves are waited for in a round, like 30s.")
    ] = "60s",
    root_certificate: RootCertificate = None,
    label: LabelOption = None,
    account: AccountOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train whenever the server asks, until the task has ended: by yourself, or by your leaves."""
    if [data is not None, bool(leaf), edge is not None].count(True) != 1:
        raise InputError(
            "A node trains on records of its own, or by its leaves.",
            hint="Give --data FILE; or as an edge, either --leaf FILE for each, or --edge "
            "HOST:PORT.",
        )
    from assay.cli.train.logs import logs_on_stderr  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client() as client, logs_on_stderr():
        training = client.training
        from assay.bootstrap.leaves import Leaves  # noqa: PLC0415 - only here

        leaves = Leaves(
            files=tuple(leaf or ()),
            listen=edge,
            label=label,
            certificates=read_certificates(edge_certificates) if edge_certificates else None,
            least=least_leaves,
            wait_s=period(leaf_wait),
        )
        ended = training.serve_node(
            task,
            leaves if data is None else data,
            superlink,
            root_certificate=root_certificate,
            label=label,
            account=account,
        )
    show(ended.as_json(), as_json, task_line(ended))


def leaf_command(
    edge: Annotated[str, typer.Argument(help="HOST:PORT of your edge.")],
    data: Annotated[Path, typer.Option(help="Your records, .npz or .csv; they stay here.")],
    root_certificate: RootCertificate = None,
    label: LabelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train for an edge whenever it asks, until Ctrl-C; takes neither account nor chain."""
    from assay.cli.train.logs import logs_on_stderr  # noqa: PLC0415 - keeps `assay --help` fast
    from assay.client.leaves import serve_leaf  # noqa: PLC0415 - only here

    with logs_on_stderr():
        serve_leaf(edge, data, root_certificate=root_certificate, label=label)
    show({"edge": edge, "ended": True}, as_json, "stopped")
