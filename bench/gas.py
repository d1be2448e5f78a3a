"""What the chain costs: every operation as a real transaction on Anvil, beside its goal and a peer.

    python bench/gas.py           a table
    python bench/gas.py --json    {"register_asset": ..., "mint_content": ..., ...}

The peer token is compiled, deployed and used in the same run. Payment and channel peers are
published figures: x402's `exact` scheme with USDC, and Raiden's contracts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak
from rich.console import Console
from rich.table import Table

from assay.chain.account import Accounts
from assay.chain.codec import encode_values, selector
from assay.chain.contract import Contract
from assay.chain.create2 import FACTORY, create2_address, creation_data
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.cid import Cid
from assay.core.digest import Digest

CONTRACTS = Path(__file__).parents[1] / "contracts"
DATASET, MODEL, SERVICE = 0, 1, 2
CALLS_IN_BATCH = 1000
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; gas in units, `goal` None where none was set."""

    key: str
    title: str
    gas: int
    goal: int | None = None
    peer: str = ""


class Creator:
    """An account that commits, waits and reveals, and notes the gas of each step."""

    def __init__(self, sender: Sender, deployment: Deployment) -> None:
        self.sender = sender
        self.deployment = deployment

    def register(self, label: str, kind: int, parent: int = 0, price: int = 0) -> tuple[int, int]:
        """Register an asset; its id and the gas of the registration."""
        digest = Digest.of(label.encode())
        salt = keccak(text=label)
        self.commit(self.deployment.registry, digest, salt)
        registration = {
            "contentDigest": digest.raw,
            "metadataDigest": keccak(digest.raw),
            "parent": parent,
            "kind": kind,
            "licence": keccak(text="Apache-2.0")[:4],
            "royaltyBps": 500,
            "price": price,
        }
        receipt = self.sender.transact(self.deployment.registry, "register", registration, salt)
        return digest.token_id, receipt.gas_used

    def mint(self, label: str, model: int) -> int:
        """Mint a content; the gas of the mint."""
        digest = Digest.of(label.encode())
        salt = keccak(text=label)
        self.commit(self.deployment.content, digest, salt)
        content = {
            "contentDigest": digest.raw,
            "promptDigest": keccak(text="prompt"),
            "model": model,
            "metadataDigest": keccak(text="metadata"),
            "sharesDigest": bytes(32),
            "royaltyBps": 500,
        }
        return self.sender.transact(self.deployment.content, "mint", content, salt).gas_used

    def commit(self, contract: Contract, digest: Digest, salt: bytes) -> int:
        """Commit to a digest; the gas of the commitment."""
        address = self.sender.account.address
        commitment = contract.read("commitmentOf", address, digest.raw, salt)
        return self.sender.transact(contract, "commit", commitment).gas_used

    def anchor(self, batch: int) -> int:
        """Anchor a batch; its gas."""
        root = keccak(text=f"batch {batch}")
        anchor = self.deployment.anchor
        return self.sender.transact(anchor, "anchor", batch, root, CALLS_IN_BATCH).gas_used


def measure(folder: Path) -> list[Row]:
    """Deploy on a fresh chain and send one transaction for each figure."""
    with LocalNode.start(folder / "chain") as local, Node(local.url) as node:
        accounts = Accounts(folder / "accounts", local_chain=True)
        senders = [
            Sender(node, accounts.open(f"local-{index}", None), folder / "chain")
            for index in range(3)
        ]
        deployment = deploy(node, senders[0], folder / "deployments")
        creator = Creator(senders[1], deployment)
        return [
            *asset_rows(creator),
            *content_rows(creator, peer_mint_three_strings(senders[0])),
            *anchor_rows(creator),
            payment_row(node, deployment, senders[0], senders[2]),
        ]


def asset_rows(creator: Creator) -> list[Row]:
    """Commitment and registrations; the dearest kind, a service with price and parent, last."""
    commit = creator.commit(creator.deployment.registry, Digest.of(b"committed"), b"\x01" * 32)
    dataset, first = creator.register("dataset", DATASET)
    model, model_gas = creator.register("model", MODEL)
    _, version_gas = creator.register("next version", MODEL, parent=model)
    _, service_gas = creator.register("service", SERVICE, parent=model, price=1000)
    assert creator.deployment.registry.read("ownerOf", dataset)
    return [
        Row("commit", "commit to a digest", commit, 50_000),
        Row("register_asset_first", "register, the creator's very first", first),
        Row("register_model", "register a model", model_gas, 130_000),
        Row("register_version", "register a new version", version_gas, 130_000),
        Row("register_asset", "register a priced service of a model", service_gas, 130_000),
    ]


def content_rows(creator: Creator, peer_gas: int) -> list[Row]:
    """The creator's first content and a later one, and the peer."""
    model = Digest.of(b"model").token_id
    peer = f"{peer_gas:,} ERC-721 storing three CIDs as text"
    first = creator.mint("first text", model)
    later = creator.mint("second text", model)
    return [
        Row("mint_content_first", "mint, the creator's first", first, 100_000, peer),
        Row("mint_content", "mint", later, 100_000, peer),
        Row("peer_mint_three_strings", "the same with the peer, measured here", peer_gas),
    ]


def anchor_rows(creator: Creator) -> list[Row]:
    """The provider's first batch and a later one."""
    first, later = creator.anchor(0), creator.anchor(1)
    per_call = f"{later / CALLS_IN_BATCH:.0f} a call; Raiden claims 6 for 165,000 (published)"
    return [
        Row("anchor_batch_first", f"anchor {CALLS_IN_BATCH} calls, the very first", first),
        Row("anchor_batch", f"anchor {CALLS_IN_BATCH} calls", later, 40_000, per_call),
    ]


def payment_row(node: Node, deployment: Deployment, payer: Sender, payee: Sender) -> Row:
    """A payment by signed authorization, as x402 settles a call, to somebody who has tokens."""
    token = deployment.token
    payer.transact(token, "transfer", payee.account.address, 1)
    message: dict[str, Any] = {
        "from": payer.account.address,
        "to": payee.account.address,
        "value": 1000,
        "validAfter": 0,
        "validBefore": node.block("latest").timestamp + DAY_S,
        "nonce": keccak(text="payment"),
    }
    names = {"value": "uint256", "validAfter": "uint256", "validBefore": "uint256"}
    names |= {"from": "address", "to": "address", "nonce": "bytes32"}
    fields = [{"name": name, "type": names[name]} for name in message]
    domain = {
        "name": token.read("name"),
        "version": token.read("version"),
        "chainId": node.chain_id,
        "verifyingContract": token.address,
    }
    kind = "TransferWithAuthorization"
    signature = payer.account.sign_typed_data(domain, {kind: fields}, kind, message)
    parts = (signature[64], signature[:32], signature[32:64])
    arguments = (*message.values(), *parts)
    receipt = payer.transact(token, "transferWithAuthorization", *arguments)
    return Row(
        "pay_call", "pay by authorization", receipt.gas_used, None, "61,000-90,000 x402 (published)"
    )


def peer_mint_three_strings(sender: Sender) -> int:
    """Deploy the peer token and mint two tokens; the gas of the second, dearer parts already paid.

    Raises:
        CalledProcessError: the peer does not compile.
    """
    forge = ["node", str(CONTRACTS / "forge.mjs"), "build", "test/peer"]
    subprocess.run(forge, check=True, capture_output=True)
    artefact = json.loads((CONTRACTS / "out/StringToken.sol/StringToken.json").read_text())
    init_code = bytes.fromhex(artefact["bytecode"]["object"][2:])
    sender.wait(sender.send(FACTORY, creation_data(init_code)))
    mint = next(entry for entry in artefact["abi"] if entry.get("name") == "mint")
    gas = 0
    for label in ("first", "second"):
        texts = [str(Cid.raw(f"{label} {part}".encode())) for part in ("text", "prompt", "model")]
        data = selector(mint) + encode_values(mint["inputs"], texts)
        gas = sender.wait(sender.send(create2_address(init_code), data)).gas_used
    return gas


def show(rows: list[Row]) -> None:
    """Print the table."""
    table = Table("operation", "gas", "goal", "", "peer", title="Gas of a transaction")
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:,}"
        verdict = "" if row.goal is None else "met" if row.gas <= row.goal else "MISSED"
        table.add_row(row.title, f"{row.gas:,}", goal, verdict, row.peer)
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Gas of every operation, on a real node.")
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
