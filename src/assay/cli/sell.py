"""`assay sell`: from weights or a server to a running paid endpoint, in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assay.cli.console import open_client, progress_bar
from assay.core.amount import format_amount


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay sell models/smol.gguf --price 0.0001")(sell)


def sell(
    model: Annotated[
        str,
        typer.Argument(
            help="A GGUF file, a folder with one, a registered model's id, or the URL of an "
            "OpenAI-compatible server."
        ),
    ],
    price: Annotated[str, typer.Option(help="Of one call, in ASSAY.")],
    name: Annotated[
        str | None, typer.Option(help="That buyers ask for; default: the model's own.")
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(help="SPDX identifier of the model; default: what card or weights say."),
    ] = None,
    upstream_model: Annotated[
        str | None, typer.Option(help="What the model is called at the server.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Account that sells and is paid.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the log as JSON lines, the pay link first.")
    ] = False,
) -> None:
    """Register a model, sell its calls, and serve them until Ctrl-C.

    The first line is the link that buyers pay. Given again, it goes on with what is registered, and
    changes the price where it differs. The URL of a server stays on this machine; its key is read
    from ASSAY_MODEL_KEY.
    """
    from assay.service.run import ForSale, serve  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client(account=account, host=host, port=port) as client:
        with progress_bar("Storing", _size(model)) as advance:
            sale = client.market.sell(
                model,
                price=price,
                name=name,
                licence=licence,
                upstream_model=upstream_model,
                progress=advance,
            )
        serve(
            client,
            as_json=as_json,
            for_sale=ForSale(
                name=sale.service.metadata.name,
                price=format_amount(
                    sale.service.registered.price, decimals=client.workspace.token_decimals
                ),
                service=sale.service.asset_id.hex,
                model=sale.model.asset_id.hex,
            ),
        )


def _size(model: str) -> int | None:
    path = Path(model)
    return path.stat().st_size if path.is_file() else None
