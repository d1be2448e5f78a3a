"""`assay deploy`: put the contracts on a chain, or check that they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: assay deploy --rpc http://127.0.0.1:8545 --account alice")(deploy)


def deploy(
    rpc: Annotated[
        str | None, typer.Option(help="URL of the node; default: ASSAY_RPC_URL, or the local one.")
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(help="Who pays, and holds the tokens of a first deployment; local: local-0."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Deploy what is missing; same build, same addresses, on every chain. Safe to repeat."""
    from assay.bootstrap.deployments import choices_of  # noqa: PLC0415
    from assay.chain.deployment import deploy as deploy_contracts  # noqa: PLC0415 - stays fast
    from assay.chain.transaction import Sender  # noqa: PLC0415

    with open_client(rpc_url=rpc) as client:
        workspace = client.workspace
        node = workspace.node
        payer = account or ("local-0" if node.is_local else None)
        outbox = client.settings.home / "outbox"
        sender = Sender(node, workspace.account(payer), outbox)  # before there are contracts
        choices = choices_of(client.settings)
        deployment = deploy_contracts(node, sender, workspace.deployments, choices=choices)
        path = workspace.deployments / f"{node.chain_id}.json"
    result = {
        "chain_id": deployment.chain_id,
        "manifest": str(path),
        "contracts": {
            name: {
                "address": contract.address,
                "transaction": contract.transaction,
                "block": contract.block,
            }
            for name, contract in deployment.manifest.contracts.items()
        },
    }
    show(result, as_json, lambda out: _print(out, result))


def _print(out: Console, result: dict[str, Any]) -> None:
    out.print(f"chain {result['chain_id']}, manifest {result['manifest']}")
    for name, contract in result["contracts"].items():
        out.print(f"{name:<14} {contract['address']}")
