"""`assay asset`: publish, list, show and pull datasets, models and services."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, progress_bar, show
from assay.core.amount import format_amount

if TYPE_CHECKING:
    from rich.console import Console

    from assay.market.model import Asset

commands = typer.Typer(no_args_is_help=True, help="Datasets, models and services as owned assets.")

AssetId = Annotated[str, typer.Argument(help="Asset id: 0x and 64 hexadecimal characters.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="asset")


@commands.command(epilog="Example: assay asset publish models/smol --kind model --price 5")
def publish(
    path: Annotated[Path, typer.Argument(help="A file, or a folder with a card README.md.")],
    kind: Annotated[str, typer.Option(help="dataset, model or service.")],
    name: Annotated[str | None, typer.Option(help="Name; default: the card's title.")] = None,
    description: Annotated[str, typer.Option(help="One sentence.")] = "",
    licence: Annotated[
        str | None, typer.Option(help="SPDX identifier; default: the card's license.")
    ] = None,
    base_model: Annotated[
        str | None, typer.Option(help="Model that this one was made from; default: the card's.")
    ] = None,
    dataset: Annotated[
        list[str] | None, typer.Option(help="Asset id of a dataset it was made from; repeatable.")
    ] = None,
    parent: Annotated[
        str | None, typer.Option(help="Asset id of the earlier version, or of the model served.")
    ] = None,
    price: Annotated[str, typer.Option(help="In ASSAY: of a licence, or of one call.")] = "0",
    royalty_percent: Annotated[str, typer.Option(help="Share of each resale.")] = "0",
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Store ciphertext; the key is for licence holders.")
    ] = False,
    url: Annotated[
        str | None, typer.Option(help="Service that releases the key; default: the public URL.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="Who registers.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Put bytes into the store and their digest on chain; the first to register holds the claim."""
    with open_client() as client, progress_bar("Storing", _size(path)) as advance:
        published = client.market.publish(
            path,
            kind=kind,
            name=name,
            description=description,
            licence=licence,
            base_model=base_model,
            datasets=dataset or (),
            parent=parent,
            price=price,
            royalty_percent=royalty_percent,
            sealed=sealed,
            url=url,
            account=account,
            progress=advance,
        )
    asset = published.asset
    result = {**asset.as_json(), "transaction": published.transaction}
    state = "registered" if published.transaction else "was registered before"
    show(
        result,
        as_json,
        f"{asset.metadata.kind} {asset.metadata.name!r} {state}\n"
        f"asset    {asset.asset_id}\ncontent  {asset.metadata.content}\n"
        f"licence  {asset.metadata.licence}"
        + ("\nsealed   offer licences of it with `assay licence offer`" if sealed else ""),
    )


@commands.command("list", epilog="Example: assay asset list --kind model")
def list_command(
    kind: Annotated[str | None, typer.Option(help="dataset, model or service.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List registered assets, oldest first."""
    with open_client() as client:
        assets = client.market.assets(kind)
        decimals = client.workspace.token_decimals
    nothing = "No assets yet: publish one with `assay asset publish`."
    show([asset.as_json() for asset in assets], as_json, _lines(assets, decimals) or nothing)


@commands.command("show", epilog="Example: assay asset show 0x2cf24dba... --json")
def show_command(asset_id: AssetId, as_json: JsonOption = False) -> None:
    """Show one asset, as chain and store have it."""
    with open_client() as client:
        asset = client.market.show(asset_id)
        decimals = client.workspace.token_decimals
    show(asset.as_json(), as_json, lambda out: _details(out, asset, decimals))


@commands.command(epilog="Example: assay asset price 0x2cf24dba... 0.0002")
def price(
    asset_id: AssetId,
    amount: Annotated[str, typer.Argument(help="In ASSAY: of a licence, or of one call.")],
    account: Annotated[str | None, typer.Option(help="Account that owns it.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Change what an asset costs, from the next block on."""
    with open_client() as client:
        transaction = client.market.change_price(asset_id, amount, account=account)
    result = {"asset_id": asset_id, "price": amount, "transaction": transaction}
    show(result, as_json, f"{amount} ASSAY" + ("" if transaction else ", as before"))


@commands.command(epilog="Example: assay asset pull 0x2cf24dba... ./model")
def pull(
    asset_id: AssetId,
    destination: Annotated[Path, typer.Argument(help="File or folder to write.")],
    gateway: Annotated[
        str | None, typer.Option(help="Trustless IPFS gateway for blocks that are not here.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Service that releases the key of a sealed asset.")
    ] = None,
    account: Annotated[
        str | None, typer.Option(help="Who holds the licence; default: the buyer.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write an asset's content to a path, every byte verified; can be resumed.

    A sealed asset is opened by a licence that you have; nothing is bought.
    """
    with open_client() as client:
        local = gateway is None and url is None
        asset = client.market.show(asset_id) if local else None
        size = asset.metadata.content_bytes if asset else None
        with progress_bar("Pulling", size) as advance:
            asset = client.market.pull(
                asset_id, destination, gateway=gateway, url=url, account=account, progress=advance
            )
    result = {"asset_id": asset_id, "path": str(destination), "bytes": asset.metadata.content_bytes}
    show(result, as_json, f"{asset.metadata.content_bytes} verified bytes in {destination}")


def _size(path: Path) -> int | None:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else None


def _lines(assets: list[Asset], decimals: int) -> str:
    """One line an asset, never cut, so that ids can be copied."""
    return "\n".join(
        f"{asset.metadata.kind:<8} {asset.asset_id}  "
        f"{format_amount(asset.registered.price, decimals=decimals):>8} ASSAY  "
        f"{asset.metadata.licence:<12} {asset.metadata.name}"
        for asset in assets
    )


def _details(out: Console, asset: Asset, decimals: int) -> None:
    from rich.table import Table  # noqa: PLC0415 - keeps `assay --help` fast

    registered, metadata = asset.registered, asset.metadata
    time = datetime.fromtimestamp(registered.registered_at, tz=UTC).isoformat()
    rows: dict[str, Any] = {
        "Name": metadata.name,
        "Kind": metadata.kind.value,
        "Description": metadata.description,
        "Asset": registered.asset_id,
        "Owner": registered.owner,
        "Creator": registered.creator,
        "Registered": time,
        "Price": format_amount(registered.price, decimals=decimals) + " ASSAY",
        "Royalty": f"{format_amount(registered.royalty_bps, decimals=2)} %",
        "Licence": metadata.licence,
        "Base model": metadata.base_model,
        "Parent": metadata.parent,
        "Content": f"{metadata.content} ({metadata.content_bytes} bytes)",
        "Sealed": f"key from {metadata.sealed.url or '--url'}" if metadata.sealed else None,
        "Card": metadata.card,
        "Metadata": registered.metadata,
    }
    table = Table(show_header=False, box=None)
    for label, value in rows.items():
        if value not in (None, ""):
            table.add_row(label, str(value))
    out.print(table)
