"""What buying a licence costs: with a permit, in one transaction, beside straightforward peers.

    python bench/licence.py           a table
    python bench/licence.py --json    {"buy_gas": ..., "buy_gas_later": ..., ...}

`buy_gas` is a buyer's very first permit and very first licence, all in: the dearest case. Every
figure is a real transaction on Anvil; the peers are compiled, deployed and used in the same run,
with the same token, seller and platform.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak
from rich.console import Console
from rich.table import Table

from assay.chain.account import Accounts
from assay.chain.codec import encode_values, selector
from assay.chain.create2 import FACTORY, create2_address, creation_data
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.digest import Digest

CONTRACTS = Path(__file__).parents[1] / "contracts"
MODEL = 1
GOAL = 140_000
PRICE = 10 * 10**6
MONTH_S = 30 * 86_400
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the gas of each of `transactions`, and whose it is."""

    key: str
    title: str
    transactions: tuple[int, ...]
    goal: int | None = None

    @property
    def gas(self) -> int:
        """All in."""
        return sum(self.transactions)


@dataclass(frozen=True, slots=True)
class Market:
    """The people and contracts of a run. All hold tokens; no buyer has had permit or licence."""

    deployment: Deployment
    platform: Sender
    seller: Sender
    buyers: tuple[Sender, ...]

    @property
    def node(self) -> Node:
        """The node that everything is on."""
        return self.deployment.token.node

    def offer(self, *, subscription: bool = False) -> int:
        """Publish an asset and offer licences of it for a month; the offer's number."""
        digest = Digest.of(b"subscription" if subscription else b"licence")
        registry, salt = self.deployment.registry, keccak(text="salt")
        address = self.seller.account.address
        commitment = registry.read("commitmentOf", address, digest.raw, salt)
        self.seller.transact(registry, "commit", commitment)
        registration = {
            "contentDigest": digest.raw,
            "metadataDigest": keccak(text="metadata"),
            "parent": 0,
            "kind": MODEL,
            "licence": keccak(text="LicenseRef-Assay")[:4],
            "royaltyBps": 500,
            "price": 0,
        }
        self.seller.transact(registry, "register", registration, salt)
        licences = self.deployment.licences
        terms = {"price": PRICE, "duration": MONTH_S}
        terms |= {"subscription": subscription, "transferable": True}
        self.seller.transact(licences, "makeOffer", digest.token_id, terms)
        return int(licences.read("offerCount"))

    def permit(self, buyer: Sender, value: int) -> dict[str, Any]:
        """The buyer's allowance for the licences, by signature."""
        token, address = self.deployment.token, buyer.account.address
        names = {"owner": "address", "spender": "address", "value": "uint256"}
        names |= {"nonce": "uint256", "deadline": "uint256"}
        message = {
            "owner": address,
            "spender": self.deployment.licences.address,
            "value": value,
            "nonce": token.read("nonces", address),
            "deadline": self.node.block("latest").timestamp + HOUR_S,
        }
        domain = {
            "name": token.read("name"),
            "version": token.read("version"),
            "chainId": self.node.chain_id,
            "verifyingContract": token.address,
        }
        fields = [{"name": name, "type": kind} for name, kind in names.items()]
        signed = buyer.account.sign_typed_data(domain, {"Permit": fields}, "Permit", message)
        parts = {"v": signed[64], "r": signed[:32], "s": signed[32:64]}
        return {"value": value, "deadline": message["deadline"], **parts}


def measure(folder: Path) -> list[Row]:
    """Deploy on a fresh chain and send one transaction for each figure."""
    with LocalNode.start(folder / "chain") as local, Node(local.url) as node:
        accounts = Accounts(folder / "accounts", local_chain=True)
        senders = [
            Sender(node, accounts.open(f"local-{index}", None), folder / "chain")
            for index in range(6)
        ]
        deployment = deploy(node, senders[0], folder / "deployments")
        for receiver in senders[1:]:
            address = receiver.account.address
            senders[0].transact(deployment.token, "transfer", address, 100 * PRICE)
        market = Market(deployment, senders[0], senders[1], tuple(senders[2:]))
        return [*own_rows(market), *peer_rows(market)]


def own_rows(market: Market) -> list[Row]:
    """Purchases, a renewal, a resale and a subscription with our contract."""
    licences, (first, second, *_) = market.deployment.licences, market.buyers
    offer = market.offer()
    purchases = [
        first.transact(licences, "buyWithPermit", offer, PRICE, market.permit(first, PRICE))
        for _ in range(2)
    ]
    licence = (int(first.account.address, 16) << 64) + 1
    renewal = first.transact(
        licences, "renewWithPermit", licence, PRICE, market.permit(first, PRICE)
    )
    first.transact(licences, "list", licence, PRICE)
    resale = second.transact(
        licences, "buyListedWithPermit", licence, PRICE, market.permit(second, PRICE)
    )
    assert licences.read("ownerOf", licence) == second.account.address
    subscription = market.offer(subscription=True)
    permit = market.permit(first, 12 * PRICE)
    subscribed = first.transact(licences, "buyWithPermit", subscription, PRICE, permit)
    return [
        Row("buy_gas", "buy with permit, the buyer's first of both", _gas(purchases[:1]), GOAL),
        Row("buy_gas_later", "buy with permit, later", _gas(purchases[1:]), GOAL),
        Row("renew_gas", "renew with permit", _gas([renewal])),
        Row("resell_gas", "buy from another, with permit, the first", _gas([resale])),
        Row("subscribe_gas", "subscribe for a year with permit", _gas([subscribed])),
    ]


def peer_rows(market: Market) -> list[Row]:
    """The same purchase with plain contracts: approve and buy; and pay, mint and transfer."""
    peer = PlainPeer(market)
    *_, third, fourth = market.buyers
    token, seller = market.deployment.token, market.seller
    bought = [peer.approve_and_buy(third) for _ in range(2)]
    handed = []
    for licence in (3, 4):
        paid = fourth.transact(token, "transfer", seller.account.address, PRICE)
        minted = peer.send(seller, "mint", Digest.of(b"licence").token_id, MONTH_S)
        addresses = (seller.account.address, fourth.account.address)
        moved = peer.send(seller, "transferFrom", *addresses, licence)
        handed.append((paid.gas_used, minted, moved))
    two, three = "plain ERC-721: approve, then buy", "plain ERC-721: pay, mint, transfer"
    return [
        Row("peer_approve_buy_gas", f"{two}, the buyer's first", bought[0]),
        Row("peer_approve_buy_gas_later", f"{two}, later", bought[1]),
        Row("peer_mint_transfer_gas", f"{three}, the buyer's first", handed[0]),
        Row("peer_mint_transfer_gas_later", f"{three}, later", handed[1]),
    ]


class PlainPeer:
    """The peer contract, compiled and deployed.

    Raises:
        CalledProcessError: it does not compile.
    """

    def __init__(self, market: Market) -> None:
        forge = ["node", str(CONTRACTS / "forge.mjs"), "build", "test/peer"]
        subprocess.run(forge, check=True, capture_output=True)
        path = CONTRACTS / "out/PlainLicences.sol/PlainLicences.json"
        artefact = json.loads(path.read_text())
        self.token = market.deployment.token
        self.functions = {
            entry["name"]: entry for entry in artefact["abi"] if entry["type"] == "function"
        }
        constructor = next(entry for entry in artefact["abi"] if entry["type"] == "constructor")
        parties = (market.seller.account.address, market.platform.account.address)
        arguments = encode_values(constructor["inputs"], (self.token.address, *parties, PRICE))
        init_code = bytes.fromhex(artefact["bytecode"]["object"][2:]) + arguments
        market.platform.wait(market.platform.send(FACTORY, creation_data(init_code)))
        self.address = create2_address(init_code)

    def send(self, sender: Sender, function: str, *arguments: Any) -> int:
        """Call the peer; the gas."""
        entry = self.functions[function]
        data = selector(entry) + encode_values(entry["inputs"], arguments)
        return sender.wait(sender.send(self.address, data)).gas_used

    def approve_and_buy(self, buyer: Sender) -> tuple[int, int]:
        """Buy in two transactions; the gas of each."""
        approval = buyer.transact(self.token, "approve", self.address, PRICE)
        bought = self.send(buyer, "buy", Digest.of(b"licence").token_id, MONTH_S)
        return approval.gas_used, bought


def _gas(receipts: Sequence[Any]) -> tuple[int, ...]:
    return tuple(receipt.gas_used for receipt in receipts)


def show(rows: list[Row]) -> None:
    """Print the table."""
    table = Table("operation", "transactions", "gas", "goal", "", title="Gas of a licence")
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:,}"
        verdict = "" if row.goal is None else "met" if row.gas <= row.goal else "MISSED"
        table.add_row(row.title, str(len(row.transactions)), f"{row.gas:,}", goal, verdict)
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Gas of buying a licence, on a real node.")
    parser.add_argument("--json", action="store_true", help="one flat object of numbers")
    as_json = parser.parse_args().json
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder))
    if as_json:
        print(json.dumps({row.key: row.gas for row in rows}))
    else:
        show(rows)


if __name__ == "__main__":
    main()
