"""`assay up`: node, index and API in one process group."""

from __future__ import annotations

from typing import Annotated

import typer

from assay.cli.console import open_client


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay up --port 8000")(up)


def up(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the log as JSON lines, the address first.")
    ] = False,
) -> None:
    """Run node, index and API until Ctrl-C; the page of the API is at /docs."""
    from assay.service.run import serve  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client(host=host, port=port) as client:
        serve(client, as_json=as_json)
