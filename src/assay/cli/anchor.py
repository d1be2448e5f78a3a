"""`assay anchor` and `assay call-proof`: put call records on chain, and prove one of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.market.use_cases.prove import Check

_LARGEST_PROOF_BYTES = 1_000_000

commands = typer.Typer(no_args_is_help=True, help="Prove that a call was recorded.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: assay anchor --json")(anchor)
    app.add_typer(commands, name="call-proof")


def anchor(
    account: Annotated[str | None, typer.Option(help="The provider.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Anchor all served calls that are not on chain yet, as one Merkle root."""
    with open_client() as client:
        batch = client.market.anchor(account=account)
    if batch is None:
        show({"batch": None}, as_json, "Nothing to anchor: every served call is on chain.")
        return
    result = {
        "batch": batch.number,
        "calls": batch.calls,
        "root": "0x" + batch.root.hex(),
        "provider": batch.provider,
        "transaction": batch.transaction,
    }
    show(
        result,
        as_json,
        f"batch {batch.number}: {batch.calls} calls under root 0x{batch.root.hex()}\n"
        f"transaction {batch.transaction}",
    )


@commands.command(epilog="Example: assay call-proof make bafkrei... > proof.json")
def make(
    record: Annotated[str, typer.Argument(help="CID of the call record.")],
    as_json: JsonOption = False,
) -> None:
    """Write the proof of one call, for anybody to check."""
    with open_client() as client:
        proof = client.market.make_call_proof(record).as_json()
    show(proof, as_json, json.dumps(proof, indent=2))


@commands.command(epilog="Example: assay call-proof check proof.json")
def check(
    file: Annotated[Path, typer.Argument(help="The proof; - for standard input.")],
    as_json: JsonOption = False,
) -> None:
    """Check a proof against the chain; exit code 1 if it does not hold."""
    from assay.market.batches import CallProof  # noqa: PLC0415 - keeps `assay --help` fast

    proof = CallProof.from_json(_read(file))
    with open_client() as client:
        checks = client.market.check_call_proof(proof)
    holds = all(one.ok for one in checks)
    listed = [{"name": one.name, "ok": one.ok, "detail": one.detail} for one in checks]
    show({"holds": holds, "checks": listed}, as_json, lambda out: _print(out, checks))
    if not holds:
        raise typer.Exit(1)


def _read(file: Path) -> object:
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
            return json.loads(stream.read(_LARGEST_PROOF_BYTES))
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise InputError(f"{file} is not a proof: it is not JSON.") from None


def _print(out: Console, checks: list[Check]) -> None:
    for one in checks:
        mark = "[green]✓[/]" if one.ok else "[red]✗[/]"
        out.print(f"{mark} {one.name}: {one.detail}")
