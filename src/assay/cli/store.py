"""`assay store`: put files into the content-addressed store, get them out, check and clean it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, progress_bar, show
from assay.core.cid import Cid

if TYPE_CHECKING:
    from assay.store.port import Entry, Verification

commands = typer.Typer(no_args_is_help=True, help="Files and folders by the hash of their bytes.")

CidArgument = Annotated[str, typer.Argument(metavar="CID", help="Base32 CIDv1, as `add` prints.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="store")


@commands.command(epilog="Example: assay store add model.gguf --json")
def add(
    path: Annotated[Path, typer.Argument(help="A file or a folder.")],
    as_json: JsonOption = False,
) -> None:
    """Store a file or folder and pin it; prints the CID that `ipfs add --cid-version=1` gives."""
    with open_client() as client:
        with progress_bar("Storing", _size(path)) as advance:
            cid = client.store.add(path, progress=advance)
        size = client.store.size(cid)
    show({"cid": str(cid), "bytes": size}, as_json, f"{cid}  {size} bytes")


@commands.command(epilog="Example: assay store get bafy... ./model")
def get(
    cid: CidArgument,
    destination: Annotated[Path, typer.Argument(help="File or folder to write.")],
    gateway: Annotated[
        str | None, typer.Option(help="Trustless IPFS gateway for what is not here.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write content to a path: verified, whole or not at all; can be resumed."""
    root = Cid.parse(cid)
    with open_client() as client:
        if gateway is not None:
            from assay.store.gateway import fetch  # noqa: PLC0415 - keeps `assay --help` fast

            with progress_bar("Fetching", None) as advance:
                fetch(root, gateway, client.store, progress=advance)
        size = client.store.size(root)
        with progress_bar("Writing", size) as advance:
            client.store.get(root, destination, progress=advance)
    result = {"cid": str(root), "bytes": size, "path": str(destination)}
    show(result, as_json, f"{size} verified bytes in {destination}")


@commands.command("ls", epilog="Example: assay store ls bafy...")
def list_command(cid: CidArgument, as_json: JsonOption = False) -> None:
    """List a folder: name, CID and plain bytes of each entry."""
    with open_client() as client:
        entries = client.store.ls(Cid.parse(cid))
    result = [{"name": one.name, "cid": str(one.cid), "bytes": one.size} for one in entries]
    show({"cid": cid, "entries": result}, as_json, _listing(entries))


@commands.command(epilog="Example: assay store verify          (everything in the store)")
def verify(
    cid: Annotated[
        str | None, typer.Argument(metavar="[CID]", help="What to check; default: everything.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read everything again and check it; exit code 1 if anything is damaged or missing."""
    with open_client() as client:
        store = client.store
        found = store.verify_all() if cid is None else store.verify(Cid.parse(cid))
    result = {
        "ok": found.ok,
        "blocks": found.blocks,
        "bytes": found.bytes,
        "faults": [
            {
                "cid": str(fault.cid) if fault.cid else None,
                "place": fault.place,
                "reason": fault.reason,
            }
            for fault in found.faults
        ],
    }
    show(result, as_json, _report(found))
    if not found.ok:
        raise typer.Exit(1)


@commands.command(epilog="Example: assay store pin bafy...")
def pin(cid: CidArgument, as_json: JsonOption = False) -> None:
    """Keep content through `gc`; `add` does so by itself."""
    with open_client() as client:
        client.store.pin(Cid.parse(cid))
    show({"cid": cid, "pinned": True}, as_json, f"{cid} is pinned")


@commands.command(epilog="Example: assay store unpin bafy...")
def unpin(cid: CidArgument, as_json: JsonOption = False) -> None:
    """Let `gc` remove content."""
    with open_client() as client:
        client.store.unpin(Cid.parse(cid))
    show({"cid": cid, "pinned": False}, as_json, f"{cid} is not pinned")


@commands.command(epilog="Example: assay store pins --json")
def pins(as_json: JsonOption = False) -> None:
    """List what is pinned."""
    with open_client() as client:
        found = [str(cid) for cid in client.store.pins()]
    show({"pins": found}, as_json, "\n".join(found) or "Nothing is pinned.")


@commands.command(epilog="Example: assay store gc")
def gc(as_json: JsonOption = False) -> None:
    """Remove every block that no pin reaches."""
    with open_client() as client:
        collected = client.store.gc()
    result = {"blocks": collected.blocks, "bytes": collected.bytes}
    show(result, as_json, f"removed {collected.blocks} blocks, {collected.bytes} bytes")


def _size(path: Path) -> int | None:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else None


def _listing(entries: list[Entry]) -> str:
    lines = (f"{entry.size:>14}  {entry.cid}  {_printable(entry.name)}" for entry in entries)
    return "\n".join(lines) or "The folder is empty."


def _printable(name: str) -> str:
    """A name from a stranger's folder must not drive the terminal."""
    return name if name.isprintable() else repr(name)


def _report(found: Verification) -> str:
    lines = [
        f"✗ {fault.cid or '(no CID)'}  {fault.place}\n  {fault.reason}" for fault in found.faults
    ]
    mark = "✓" if found.ok else "✗"
    return "\n".join([*lines, f"{mark} {found.blocks} blocks, {found.bytes} bytes are right"])
