"""A local chain with the contracts, whose blocks are mined, taken back and replaced at will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assay.chain.account import Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.ledger.database import open_database
from assay.ledger.indexer import events_where


@dataclass
class AnchoringChain:
    """A node whose known accounts anchor batches."""

    node: Node
    deployment: Deployment
    accounts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.accounts = self.node.request("eth_accounts")

    def anchor(self, account: int = 5, root: int = 1) -> None:
        """Mine a block with the account's next batch."""
        provider = self.accounts[account]
        _head, number, _calls = self.deployment.anchor.read("headOf", provider)
        data = self.deployment.anchor.encode("anchor", number, root.to_bytes(32), 3)
        call = {"from": provider, "to": self.deployment.anchor.address, "data": "0x" + data.hex()}
        receipt = None
        tx_hash = self.node.request("eth_sendTransaction", [call])
        while receipt is None:
            receipt = self.node.receipt(tx_hash)
        assert receipt.succeeded

    def mine(self, blocks: int) -> None:
        self.node.request("anvil_mine", [hex(blocks)])

    def snapshot(self) -> str:
        return str(self.node.request("evm_snapshot"))

    def revert(self, snapshot: str) -> None:
        assert self.node.request("evm_revert", [snapshot])

    def batches(self) -> list[tuple[int, str, int, bytes]]:
        """Every `BatchAnchored` of the chain as it is now, straight from the node."""
        anchor = self.deployment.anchor
        logs = self.node.logs([anchor.address], 0, self.node.block_number())
        events = [event for log in logs if (event := anchor.decode_log(log))]
        return [(e.block_number, e.block_hash, e.args["batch"], e.args["root"]) for e in events]


def indexed(engine: Engine) -> list[tuple[int, str, int, bytes]]:
    """The same from the index."""
    events = events_where(engine, contract="CallAnchor", name="BatchAnchored")
    return [(e.block_number, e.block_hash, e.args["batch"], e.args["root"]) for e in events]


def start(folder: Path) -> tuple[LocalNode, Deployment]:
    local = LocalNode.start(folder / "chain")
    node = Node(local.url)
    deployer = Accounts(folder / "accounts", local_chain=True).open("local-0", None)
    return local, deploy(node, Sender(node, deployer, folder / "outbox"), folder / "deployments")


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[AnchoringChain]:
    local, deployment = start(tmp_path)
    with local, Node(local.url) as node:
        yield AnchoringChain(node, deployment)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()
