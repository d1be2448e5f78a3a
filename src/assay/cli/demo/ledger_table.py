"""The table at the end: addresses, transactions, gas, who paid and who earned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.table import Table

from assay.client import Client
from assay.core.amount import format_amount
from assay.ledger.events import events_where

_DECIMALS = 6


@dataclass(frozen=True)
class Summary:
    """What the demo did on chain.

    Attributes:
        contracts: address by name.
        transactions: hashes by operation, of this run.
        gas: of one transaction by operation; of an earlier run where this one had none.
        balances: of the token, as decimal text, by account name.
        earned: tokens paid to the provider for calls in this run, as decimal text.
    """

    contracts: dict[str, str]
    transactions: dict[str, list[str]]
    gas: dict[str, int]
    balances: dict[str, str]
    earned: str


_EVENTS = {
    "register_asset": ("AssetRegistry", "AssetRegistered"),
    "mint_content": ("ContentToken", "ContentMinted"),
    "anchor_batch": ("CallAnchor", "BatchAnchored"),
    "settle_call": ("AssayToken", "AuthorizationUsed"),
    "commit": ("ContentToken", "Committed"),
}


def summarise(
    client: Client, transactions: dict[str, list[str]], accounts: tuple[str, ...]
) -> Summary:
    """Read receipts and balances from the chain."""
    client.sync()
    workspace = client.workspace
    token = workspace.deployment.token
    newest = {
        operation: found[-1].transaction_hash
        for operation, (contract, name) in _EVENTS.items()
        if (found := events_where(workspace.engine, contract=contract, name=name))
    }
    receipts = dict(zip(newest, workspace.node.receipts(list(newest.values())), strict=True))
    paid = workspace.market.token_transfers.transfers(transactions.get("settle_call", []))
    earned = sum(transfer.amount for transfers in paid for transfer in transfers)
    return Summary(
        contracts={one.name: one.address for one in workspace.deployment.contracts},
        transactions=transactions,
        gas={operation: receipt.gas_used for operation, receipt in receipts.items() if receipt},
        balances={
            name: format_amount(
                token.read("balanceOf", workspace.account(name).address), decimals=_DECIMALS
            )
            for name in accounts
        },
        earned=format_amount(earned, decimals=_DECIMALS),
    )


def tables(summary: Summary, steps: dict[str, float], seconds: float) -> Iterator[Table]:
    """The summary, drawn."""
    addresses = Table("Contract", "Address", title="On chain")
    for name, address in summary.contracts.items():
        addresses.add_row(name, address)
    yield addresses
    work = Table("Operation", "Gas", title="Transactions")
    work.add_column("Transactions of this run", overflow="fold")
    for operation, gas in summary.gas.items():
        hashes = "\n".join(summary.transactions.get(operation, ["none this time"]))
        work.add_row(operation.replace("_", " "), f"{gas:,}", hashes)
    yield work
    money = Table("Account", "Balance in ASSAY", title="Money")
    for name, balance in summary.balances.items():
        money.add_row(name, balance)
    money.add_row("earned by local-1 and paid by local-2 in this run", summary.earned)
    yield money
    times = Table("Step", "Seconds", title="Time")
    for step, duration in steps.items():
        times.add_row(step, f"{duration:.2f}")
    times.add_row("All together", f"{seconds:.2f}")
    yield times
