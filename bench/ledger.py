"""How fast the ledger indexes events and verifies a lineage, beside the usual way to do either.

    python bench/ledger.py           a table
    python bench/ledger.py --json    {"events_per_second": ..., "links_1000_seconds": ..., ...}

Events are real: `CallAnchor.anchor` transactions on a local node, read over JSON-RPC, decoded and
committed durably to a SQLite file. The peer reads the same blocks with web3.py's
`contract.events.get_logs`, asks for each block's time, and adds one ORM object an event.

The lineage is real too: models in a store on disk and in the registry, each a version of the one
before and made from datasets of its own. The peer is a script on web3.py that makes the same checks
with a call for each fact.

Every time is the best of three, ours and the peer's; the peer indexes the first 2 000 events only.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eth_utils.crypto import keccak
from rich.console import Console
from rich.table import Table
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from web3 import HTTPProvider, Web3

import assay
from assay.chain.account import Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.ledger.indexer import Indexer
from assay.ledger.lineage import Lineage

TRANSACTIONS_IN_BLOCK = 250
VERSIONS, DATASETS_EACH = 41, 4
PEER_BLOCKS = 8
REPEATS = 3
Result = TypeVar("Result")
GOAL_EVENTS, GOAL_SECONDS = 5_000, 2.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; times in seconds."""

    events: int
    events_per_second: float
    peer_events_per_second: float
    links: int
    links_1000_seconds: float
    peer_links_1000_seconds: float

    def as_json(self) -> dict[str, float]:
        """One flat object of numbers."""
        return {name: round(getattr(self, name), 4) for name in self.__slots__}


@contextmanager
def local_chain(folder: Path) -> Iterator[tuple[Node, Deployment]]:
    """A node of its own with the contracts."""
    options = ("--disable-block-gas-limit",)
    with LocalNode.start(folder / "chain", options=options) as local, Node(local.url) as node:
        deployer = Accounts(folder / "accounts", local_chain=True).open("local-0", None)
        sender = Sender(node, deployer, folder / "outbox")
        yield node, deploy(node, sender, folder / "deployments")


def anchor_batches(node: Node, deployment: Deployment, count: int) -> int:
    """Make `count` events, `TRANSACTIONS_IN_BLOCK` in a block; the first block that has some."""
    first_block = node.block_number() + 1
    accounts = node.request("eth_accounts")
    node.request("evm_setAutomine", [False])
    each = TRANSACTIONS_IN_BLOCK // len(accounts)
    for block in range(count // TRANSACTIONS_IN_BLOCK):
        calls = [
            (
                "eth_sendTransaction",
                [
                    {
                        "from": account,
                        "to": deployment.anchor.address,
                        "gas": hex(120_000),
                        "data": "0x"
                        + deployment.anchor.encode(
                            "anchor", number, (number + 1).to_bytes(32), 7
                        ).hex(),
                    }
                ],
            )
            for account in accounts
            for number in range(block * each, (block + 1) * each)
        ]
        failed = [answer for answer in node.batch(calls) if not isinstance(answer, str)]
        assert not failed, failed[0]
        node.request("evm_mine")
    node.request("evm_setAutomine", [True])
    return first_block


def index(folder: Path, node: Node, deployment: Deployment) -> tuple[int, float]:
    """Events indexed, and seconds, by Assay."""
    engine = open_database(f"sqlite:///{tempfile.mkdtemp(dir=folder)}/ledger.db")
    indexer = Indexer(engine, node, deployment.contracts)
    started = time.perf_counter()
    report = indexer.sync()
    seconds = time.perf_counter() - started
    engine.dispose()
    return report.events, seconds


class Base(DeclarativeBase):
    """The peer's models."""


class AnchoredBatch(Base):
    """One event, as the peer stores it."""

    __tablename__ = "anchored_batches"
    id: Mapped[int] = mapped_column(primary_key=True)
    block_number: Mapped[int]
    block_hash: Mapped[str] = mapped_column(String(66))
    time_s: Mapped[int]
    transaction_hash: Mapped[str] = mapped_column(String(66), index=True)
    log_index: Mapped[int]
    provider: Mapped[str] = mapped_column(String(42), index=True)
    batch: Mapped[int]
    root: Mapped[str]
    calls: Mapped[int]
    head: Mapped[str]


def index_with_web3(
    folder: Path, node: Node, deployment: Deployment, first_block: int
) -> tuple[int, float]:
    """Events indexed, and seconds, by web3.py and the ORM, with a commit a block."""
    engine = create_engine(f"sqlite:///{tempfile.mkdtemp(dir=folder)}/peer.db")
    Base.metadata.create_all(engine)
    web3 = Web3(HTTPProvider(node.url))
    contract = web3.eth.contract(address=deployment.anchor.address, abi=list(deployment.anchor.abi))
    count = 0
    started = time.perf_counter()
    with Session(engine) as session:
        for number in range(first_block, first_block + PEER_BLOCKS):
            logs = contract.events.BatchAnchored.get_logs(from_block=number, to_block=number)
            seconds = web3.eth.get_block(number)["timestamp"] if logs else 0
            for log in logs:
                arguments = dict(log["args"])
                session.add(
                    AnchoredBatch(
                        block_number=log["blockNumber"],
                        block_hash=log["blockHash"].to_0x_hex(),
                        time_s=seconds,
                        transaction_hash=log["transactionHash"].to_0x_hex(),
                        log_index=log["logIndex"],
                        provider=arguments["provider"],
                        batch=arguments["batch"],
                        root=arguments["root"].hex(),
                        calls=arguments["calls"],
                        head=arguments["head"].hex(),
                    )
                )
                session.flush()
                count += 1
            session.commit()
    seconds_taken = time.perf_counter() - started
    engine.dispose()
    return count, seconds_taken


def publish_versions(client: assay.Client, folder: Path) -> str:
    """Register a line of models, each made from datasets of its own; the id of the newest."""
    parent = None
    for version in range(VERSIONS):
        datasets = []
        for part in range(DATASETS_EACH):
            file = folder / f"data-{version}-{part}.csv"
            file.write_text(f"version,part\n{version},{part}\n" * 200)
            dataset = client.market.publish(file, kind="dataset", licence="CC0-1.0")
            datasets.append(dataset.asset.registered.asset_id.hex)
        weights = folder / f"model-{version}.bin"
        weights.write_bytes(bytes([version]) * 100_000)
        parent = client.market.publish(
            weights, kind="model", licence="Apache-2.0", datasets=datasets, parent=parent
        ).asset.registered.asset_id.hex
    assert parent is not None
    return parent


def verify(client: assay.Client, subject: str) -> tuple[Lineage, float, float]:
    """The lineage of `subject`, and the seconds that it and the peer's walk took."""
    lineage, seconds = best_of(lambda: timed(lambda: client.trace(subject)))
    links, peer_seconds = best_of(lambda: timed(lambda: verify_with_web3(client, subject)))
    assert lineage.verified, lineage.faults[0]
    # Beyond the peer's links, the lineage checks the registry's own code.
    assert links == len(lineage.links) - 1, (links, len(lineage.links))
    return lineage, seconds, peer_seconds


def verify_with_web3(client: assay.Client, subject: str) -> int:
    """Check the same links, each asset by calls of its own; how many there were."""
    registry, store = client.workspace.deployment.registry, client.store
    web3 = Web3(HTTPProvider(client.workspace.node.url))
    contract = web3.eth.contract(address=registry.address, abi=list(registry.abi))
    waiting, seen, links = [Digest.parse(subject)], set(), 0
    while waiting:
        asset_id = waiting.pop()
        if asset_id in seen:
            continue
        seen.add(asset_id)
        held = contract.functions.assetOf(asset_id.token_id).call()
        contract.functions.ownerOf(asset_id.token_id).call()
        metadata = json.loads(store.read_bytes(Cid(RAW, Digest(held[5]))))
        content = Cid.parse(metadata["content"])
        assert store.digest_of(content) == asset_id
        assert store.verify(content).ok
        assert keccak(text=metadata["licence"])[:4] == held[4]
        related = [Digest.parse(item) for item in metadata["datasets"]]
        if held[6]:
            related.append(Digest.from_token_id(held[6]))
        for other in related:
            contract.functions.assetOf(other.token_id).call()
        waiting += related
        links += 4 + len(related)
    return links


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What `work` returns, and the seconds that it took."""
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def best_of(run: Callable[[], tuple[Result, float]]) -> tuple[Result, float]:
    """The fastest of a few runs."""
    return min((run() for _ in range(REPEATS)), key=lambda measured: measured[1])


def measure(events: int) -> Figures:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with local_chain(folder) as (node, deployment):
            first = anchor_batches(node, deployment, events)
            found, seconds = best_of(lambda: index(folder, node, deployment))
            peer_found, peer_seconds = best_of(
                lambda: index_with_web3(folder, node, deployment, first)
            )
        assert found > events, (found, events)
        assert peer_found == PEER_BLOCKS * TRANSACTIONS_IN_BLOCK, peer_found
        with assay.connect(home=folder / "home") as client:
            newest = publish_versions(client, folder)
            client.sync()
            lineage, walk, peer_walk = verify(client, newest)
    links = len(lineage.links)
    assert links >= 1000, links
    return Figures(
        events=found,
        events_per_second=found / seconds,
        peer_events_per_second=peer_found / peer_seconds,
        links=links,
        links_1000_seconds=walk * 1000 / links,
        peer_links_1000_seconds=peer_walk * 1000 / links,
    )


def show(figures: Figures) -> None:
    """The figures as a table."""
    table = Table("Measure", "Assay", "Goal", "Peer", title="Ledger")
    table.add_row(
        f"index {figures.events} events, per second",
        f"{figures.events_per_second:,.0f}",
        f">= {GOAL_EVENTS:,}",
        f"{figures.peer_events_per_second:,.0f} (web3.py get_logs, ORM)",
    )
    table.add_row(
        f"verify 1 000 links, seconds ({figures.links} walked)",
        f"{figures.links_1000_seconds:.2f}",
        f"< {GOAL_SECONDS}",
        f"{figures.peer_links_1000_seconds:.2f} (web3.py, a call a fact)",
    )
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one flat object of numbers")
    parser.add_argument("--events", type=int, default=20_000, help="events to index")
    arguments = parser.parse_args()
    figures = measure(arguments.events)
    if arguments.json:
        print(json.dumps(figures.as_json()))
    else:
        show(figures)


if __name__ == "__main__":
    main()
