"""What a paid call costs on chain: claims of payment channels, beside a transaction for each call.

    python bench/claims.py           a table
    python bench/claims.py --json    {"gas_per_claim_100": ..., "gas_per_call_1000": ..., ...}

Everything but Raiden's published figures is measured in this run, on Anvil: 100 payers of their
own open a channel each by a signed deposit, and sign vouchers; the provider claims all of them in
one transaction and is paid out by another. `exact` of x402 sends the same token's
`transferWithAuthorization` for each call.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak
from rich.console import Console
from rich.table import Table

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChannelConfig, SettlementDomain, Voucher

CHANNELS = 100
CALLS = 1000
PRICE = 100  # of a token with six decimals: a hundredth of a cent
DELAY_S = 86_400
NEVER = 2**48

AUTHORIZATION = [
    ("from", "address"),
    ("to", "address"),
    ("value", "uint256"),
    ("validAfter", "uint256"),
    ("validBefore", "uint256"),
    ("nonce", "bytes32"),
]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: gas of a transaction, and what falls on one call of it."""

    key: str
    title: str
    gas: float
    calls: int
    goal: float | None = None
    source: str = "measured"


class Market:
    """A provider, a facilitator who sends everything, and payers with tokens and channels."""

    def __init__(self, node: Node, deployment: Deployment, folder: Path) -> None:
        accounts = Accounts(folder / "accounts", local_chain=True)
        self.node = node
        self.deployment = deployment
        self.bank = Sender(node, accounts.open("local-0", None), folder / "outbox")
        self.facilitator = Sender(node, accounts.open("local-3", None), folder / "outbox")
        self.provider = accounts.open("local-1", None)
        self.domain = SettlementDomain(node.chain_id, deployment.settlement.address)
        self.payers = [Account(keccak(text=f"payer {index}")) for index in range(CHANNELS)]
        self.channels = [self._config(payer) for payer in self.payers]

    def _config(self, payer: Account) -> ChannelConfig:
        provider, token = self.provider.address, self.deployment.token.address
        salt = Digest(keccak(text=f"channel of {payer.address}"))
        return ChannelConfig(payer.address, payer.address, provider, provider, token, DELAY_S, salt)

    def open(self, index: int) -> int:
        """Have a payer's signed deposit collected; the gas."""
        payer, config = self.payers[index], self.channels[index]
        amount = 10 * CALLS * PRICE
        self.bank.transact(self.deployment.token, "transfer", payer.address, amount)
        collector, salt = self.deployment.erc3009_collector.address, index
        nonce = keccak(encode(["bytes32", "uint256"], [config.channel_id(self.domain).raw, salt]))
        kind = "ReceiveWithAuthorization"
        signature = self.authorize(payer, kind, (collector, amount), nonce)
        kinds = ["uint256", "uint256", "uint256", "bytes"]
        data = encode(kinds, [0, NEVER, salt, signature])
        settlement = self.deployment.settlement
        receipt = self.facilitator.transact(
            settlement, "deposit", config.as_tuple(), amount, collector, data
        )
        return receipt.gas_used

    def authorize(self, payer: Account, kind: str, to: tuple[Address, int], nonce: bytes) -> bytes:
        """A payer's signature for a transfer of the token."""
        token = self.deployment.token
        domain = {
            "name": token.read("name"),
            "version": token.read("version"),
            "chainId": self.node.chain_id,
            "verifyingContract": token.address,
        }
        values = (payer.address, *to, 0, NEVER, nonce)
        fields = [{"name": name, "type": form} for name, form in AUTHORIZATION]
        message = dict(zip((name for name, _ in AUTHORIZATION), values, strict=True))
        return payer.sign_typed_data(domain, {kind: fields}, kind, message)

    def claim(self, count: int, total: int) -> int:
        """Claim up to `total` of each of the first channels in one transaction; the gas."""
        lines = [self._line(index, total) for index in range(count)]
        settlement = self.deployment.settlement
        signature = self.provider.sign_digest(settlement.read("getClaimBatchDigest", lines))
        receipt = self.facilitator.transact(settlement, "claimWithSignature", lines, signature)
        assert settlement.read("channels", self.channels[0].channel_id(self.domain).raw)[1] == total
        return receipt.gas_used

    def _line(self, index: int, total: int) -> tuple[Any, ...]:
        config = self.channels[index]
        unsigned = Voucher(config.channel_id(self.domain), total, b"")
        signature = self.payers[index].sign_digest(unsigned.digest(self.domain).raw)
        return ((config.as_tuple(), total), signature, total)

    def settle(self) -> int:
        """Have the provider paid out; the gas."""
        token = self.deployment.token.address
        receipt = self.facilitator.transact(
            self.deployment.settlement, "settle", self.provider.address, token
        )
        return receipt.gas_used

    def transfer(self) -> int:
        """Pay one call by a plain transfer; the gas."""
        token = self.deployment.token
        return self.bank.transact(token, "transfer", self.provider.address, PRICE).gas_used

    def exact(self) -> int:
        """Pay one call as x402's `exact` does; the gas."""
        payer, nonce = self.payers[0], keccak(text="one call")
        self.bank.transact(self.deployment.token, "transfer", payer.address, 2 * PRICE)
        to = (self.provider.address, PRICE)
        signature = self.authorize(payer, "TransferWithAuthorization", to, nonce)
        receipt = self.facilitator.transact(
            self.deployment.token,
            "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)",
            *(payer.address, *to, 0, NEVER, nonce, signature),
        )
        return receipt.gas_used


def measure(folder: Path) -> list[Row]:
    """Run every operation on a chain in `folder`."""
    with LocalNode.start(folder / "chain") as local, Node(local.url) as node:
        accounts = Accounts(folder / "accounts", local_chain=True)
        deployer = Sender(node, accounts.open("local-0", None), folder / "outbox")
        market = Market(node, deploy(node, deployer, folder / "deployments"), folder)
        return channel_rows(market) + peer_rows(market)


def channel_rows(market: Market) -> list[Row]:
    """Batches of several sizes; each after a first one, whose storage is dearer once."""
    deposits = [market.open(index) for index in range(CHANNELS)]
    spent = CALLS * PRICE
    market.claim(CHANNELS, spent)
    market.settle()
    alone = market.claim(1, 2 * spent)
    batch = market.claim(CHANNELS, 3 * spent)
    settle = market.settle()
    calls = CHANNELS * CALLS
    life = deposits[-1] + (batch + settle) / CHANNELS
    return [
        Row("gas_per_deposit", "open a channel by a signed deposit", deposits[-1], CALLS),
        Row("gas_claim_alone", "claim of one channel", alone, CALLS),
        Row("gas_per_claim_100", "a channel in a batch of 100", batch / CHANNELS, CALLS, 16_000),
        Row("gas_settle", "settle: pay out what was claimed", settle, calls),
        Row("", "claim of 100 and settle", batch + settle, calls, 20),
        Row("", "a channel's whole life: deposit, claim, settle", life, CALLS),
    ]


def peer_rows(market: Market) -> list[Row]:
    """What calls cost where each is a transaction, or the channels of another system."""
    transfer, exact = market.transfer(), market.exact()
    return [
        Row("gas_exact", "x402 `exact`, each call", exact, 1),
        Row("gas_transfer", "ERC-20 transfer, each call", transfer, 1),
        Row("", "Raiden: open and deposit", 147_000, CALLS, None, "published"),
        Row("", "Raiden: close and settle", 227_000, CALLS, None, "published"),
        Row("", "Raiden: claim of six", 165_000, 6 * CALLS, None, "published"),
    ]


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """What --json prints."""
    flat = {row.key: row.gas for row in rows if row.key}
    per_call = next(row.gas / row.calls for row in rows if row.goal == 20)
    return {**flat, "gas_per_call_1000": per_call}


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    title = f"Gas on chain, at {CALLS:,} calls a channel"
    table = Table("operation", "gas", "per call", "goal", "", "", title=title)
    for row in rows:
        reached = row.gas / row.calls if row.goal == 20 else row.gas
        goal = "" if row.goal is None else f"{row.goal:,}"
        verdict = "" if row.goal is None else "met" if reached <= row.goal else "MISSED"
        per_call = f"{row.gas / row.calls:,.2f}"
        table.add_row(row.title, f"{row.gas:,.0f}", per_call, goal, verdict, row.source)
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Gas of paid calls, on a real node.")
    parser.add_argument("--json", action="store_true", help="one flat object of numbers")
    as_json = parser.parse_args().json
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder))
    if as_json:
        print(json.dumps(figures(rows)))
    else:
        show(rows)


if __name__ == "__main__":
    main()
