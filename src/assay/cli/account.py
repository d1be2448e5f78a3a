"""`assay account`: make, list, show and fund accounts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.console import JsonOption, open_client, show
from assay.core.amount import format_amount, parse_amount
from assay.errors import InputError, RefusedError

if TYPE_CHECKING:
    from rich.console import Console

    from assay.client import Client
    from assay.core.address import Address

_ETHER_DECIMALS = 18
_SOURCE = "local-0"

commands = typer.Typer(no_args_is_help=True, help="Keys that publish, pay and mint.")

Name = Annotated[str, typer.Argument(help="Lower-case letters, digits, - and _.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="account")


@commands.command(epilog="Example: ASSAY_ACCOUNT_PASSWORD=... assay account new alice")
def new(name: Name, as_json: JsonOption = False) -> None:
    """Make a key and keep it in an encrypted file; needs no node."""
    from assay.chain.account import Accounts  # noqa: PLC0415 - keeps `assay --help` fast

    with open_client() as client:
        accounts = Accounts(client.settings.home / "accounts", local_chain=False)
        account = accounts.create(name, _new_password(client))
    result = {"name": name, "address": account.address}
    show(result, as_json, f"{name}  {account.address}\nKeep the password: nothing can replace it.")


@commands.command("list", epilog="Example: assay account list --json")
def list_command(as_json: JsonOption = False) -> None:
    """List the accounts that may be used on this chain."""
    with open_client() as client:
        accounts = client.accounts
        found = [{"name": name, "address": accounts.address(name)} for name in accounts.names()]
    text = "\n".join(f"{item['name']:<16} {item['address']}" for item in found)
    show(found, as_json, text or "No accounts yet: make one with `assay account new NAME`.")


@commands.command("show", epilog="Example: assay account show alice")
def show_command(name: Name, as_json: JsonOption = False) -> None:
    """Show an account's address and what it owns on this chain."""
    with open_client() as client:
        result = _holdings(client, name, client.accounts.address(name))
    show(result, as_json, lambda out: _print(out, result))


@commands.command(epilog="Example: assay account fund alice --amount 1000")
def fund(
    name: Name,
    amount: Annotated[str, typer.Option(help="In ASSAY.")] = "1000",
    ether: Annotated[str, typer.Option(help="For gas.")] = "10",
    as_json: JsonOption = False,
) -> None:
    """Give an account tokens and ether from local-0; on the local chain only."""
    with open_client() as client:
        workspace = client.workspace
        if not workspace.node.is_local:
            raise RefusedError(
                f"Chain {workspace.node.chain_id} is not the local chain: nothing is given away.",
                hint="Send the account ether and tokens from one that has some.",
            )
        tokens = parse_amount(amount, decimals=workspace.token_decimals)
        wei = parse_amount(ether, decimals=_ETHER_DECIMALS)
        address = client.accounts.address(name)
        sender = workspace.sender(_SOURCE)
        receipt = sender.transact(workspace.deployment.token, "transfer", address, tokens)
        sender.wait(sender.send(address, value=wei))
        result = _holdings(client, name, address)
        result["transaction"] = receipt.transaction_hash
    show(result, as_json, lambda out: _print(out, result))


def _new_password(client: Client) -> str:
    password = client.settings.account_password
    if password:
        return password.get_secret_value()
    if not sys.stdin.isatty():
        raise InputError("An account needs a password.", hint="Set ASSAY_ACCOUNT_PASSWORD.")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _holdings(client: Client, name: str, address: Address) -> dict[str, Any]:
    """Balances as decimal text; the token's is null where the contracts are not deployed."""
    from assay.chain.errors import ManifestMissing  # noqa: PLC0415 - keeps `assay --help` fast

    workspace = client.workspace
    wei = workspace.node.balance(address)
    try:
        tokens = workspace.deployment.token.read("balanceOf", address)
        balance = format_amount(tokens, decimals=workspace.token_decimals)
    except ManifestMissing:
        balance = None
    return {
        "name": name,
        "address": address,
        "chain_id": workspace.node.chain_id,
        "ether": format_amount(wei, decimals=_ETHER_DECIMALS),
        "assay": balance,
    }


def _print(out: Console, result: dict[str, Any]) -> None:
    out.print(f"{result['name']}  {result['address']}  chain {result['chain_id']}")
    out.print(f"{result['ether']} ether")
    out.print("no ASSAY contracts here" if result["assay"] is None else f"{result['assay']} ASSAY")
