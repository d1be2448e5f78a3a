"""`assay doctor`: what is missing on this machine, and how to get it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.errors import AssayError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.client import Client

_FREE_BYTES = 1_000_000_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay doctor")(doctor)


def doctor(as_json: JsonOption = False) -> None:
    """Say what is missing and how to get it; exit code 3 if something is."""
    with open_client() as client:
        checks = [_run(name, check, client) for name, check in _CHECKS.items()]
    healthy = all(check["ok"] for check in checks)
    show({"healthy": healthy, "checks": checks}, as_json, lambda out: _print(out, checks))
    if not healthy:
        raise typer.Exit(3)


def _python(_client: Client) -> str:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < (3, 11):  # noqa: UP036 - the very check that users need
        raise AssayError(f"Python {version} is too old.", hint="Install Python 3.11 or newer.")
    return version


def _disk(client: Client) -> str:
    home = client.settings.home.absolute()
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    if free < _FREE_BYTES:
        raise AssayError(f"Only {free // 10**6} MB are free.", hint=f"Free 1 GB at {existing}.")
    return f"{free // 10**9} GB free at {existing}"


def _contracts_built(_client: Client) -> str:
    from assay.chain.build import load_build  # noqa: PLC0415 - keeps `assay --help` fast

    names = ("AssayToken", "AssetRegistry", "ContentToken", "CallAnchor")
    for name in names:
        load_build(name)
    return ", ".join(names)


def _node(client: Client) -> str:
    node = client.workspace.node
    return f"chain {node.chain_id} at {node.label}, block {node.block_number()}"


def _deployment(client: Client) -> str:
    return f"AssetRegistry {client.workspace.deployment.registry.address}, code verified"


def _database(client: Client) -> str:
    return f"indexed to block {client.sync().block_number}"


def _store(client: Client) -> str:
    return f"{len(list(client.store.pins()))} pinned artefacts"


def _text_model(client: Client) -> str:
    if client.settings.model_url:
        return f"OpenAI-compatible server at {client.settings.model_url}"
    from assay.cli.demo.material import bundled_weights  # noqa: PLC0415 - keeps `assay --help` fast

    return f"embedded; for the demo {bundled_weights().name}"


_CHECKS: dict[str, Callable[[Client], str]] = {
    "Python": _python,
    "Disk": _disk,
    "Contract builds": _contracts_built,
    "Node": _node,
    "Deployment": _deployment,
    "Database": _database,
    "Store": _store,
    "Text model": _text_model,
}


def _run(name: str, check: Callable[[Client], str], client: Client) -> dict[str, object]:
    try:
        return {"name": name, "ok": True, "found": check(client), "hint": ""}
    except AssayError as error:
        return {"name": name, "ok": False, "found": str(error), "hint": error.hint}


def _print(out: Console, checks: list[dict[str, object]]) -> None:
    for check in checks:
        mark = "[green]✓[/]" if check["ok"] else "[red]✗[/]"
        out.print(f"{mark} {check['name']}: {check['found']}")
        if check["hint"]:
            out.print(f"    {check['hint']}")
