"""Real parts all the way down: Anvil with the contracts, a store on disk, an SQL index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.content.credentials.model import TrustAnchors
from assay.content.model import Authentication
from assay.content.onchain import OnChainContent
from assay.content.shares import LineageAsset
from assay.content.stored import StoredContentIndex
from assay.content.tokens.onchain import Contracts, OnChainTokens
from assay.content.tokens.stored import TokenFolders
from assay.content.tokens.use_cases.batch import Preparing
from assay.content.use_cases.indexing import Indexed, index_content
from assay.content.use_cases.matching import Matcher
from assay.content.use_cases.mint import Minted, NewContent, mint_content
from assay.content.use_cases.text_matching import TextMatcher
from assay.content.use_cases.verify import verify_content
from assay.core.clock import SystemClock
from assay.ledger.database import open_database
from assay.ledger.indexer import Indexer
from assay.store.disk import DiskStore
from tests.fakes.content import NO_REVIEWS


@dataclass
class Chain:
    """A running chain with deployed contracts."""

    folder: Path
    node: Node
    deployment: Deployment

    def account(self, name: str) -> Account:
        return Accounts(self.folder / "accounts", local_chain=True).open(name, None)

    def sender(self, name: str) -> Sender:
        return Sender(self.node, self.account(name), self.folder / "outbox")

    def contract(self, name: str) -> OnChainContent:
        return OnChainContent(
            self.node,
            self.deployment.content,
            self.account(name).address,
            lambda: self.sender(name),
        )

    def tokens(self, name: str) -> OnChainTokens:
        deployment = self.deployment
        contracts = Contracts(deployment.content, deployment.token, deployment.registry)
        return OnChainTokens(
            contracts, self.account(name).address, lambda: self.sender(name), SystemClock()
        )


@dataclass
class Machine:
    """One machine: its store and its index."""

    chain: Chain
    blobs: DiskStore
    engine: Engine

    @property
    def index(self) -> StoredContentIndex:
        return StoredContentIndex(self.engine)

    @property
    def matchers(self) -> tuple[Matcher, ...]:
        return (TextMatcher(self.index, self.blobs),)

    @property
    def folders(self) -> TokenFolders:
        return TokenFolders(self.blobs)

    def preparing(self, account: str, *lineage: LineageAsset) -> Preparing:
        self.sync()
        contract = self.chain.contract(account)
        return Preparing(self.blobs, contract, self.matchers, lambda _model: lineage)

    def sync(self) -> Indexed:
        Indexer(self.engine, self.chain.node, self.chain.deployment.contracts).sync()
        return index_content(index=self.index, blobs=self.blobs, matchers=self.matchers)

    def mint(self, text: str, account: str = "local-1", **fields: object) -> Minted:
        self.sync()
        new = NewContent(text.encode(), **fields)  # type: ignore[arg-type]
        return mint_content(
            new,
            blobs=self.blobs,
            contract=self.chain.contract(account),
            folders=self.folders,
            matchers=self.matchers,
        )

    def verify(self, text: str) -> Authentication:
        self.sync()
        return verify_content(
            text.encode(),
            contract=self.chain.contract("local-5"),
            index=self.index,
            matchers=self.matchers,
            reviews=NO_REVIEWS,
            trust=TrustAnchors(),
        )


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("chain")
    with LocalNode.start(folder / "chain") as local, Node(local.url, timeout_s=5.0) as node:
        accounts = Accounts(folder / "accounts", local_chain=True)
        deployer = Sender(node, accounts.open("local-0", None), folder / "outbox")
        yield Chain(folder, node, deploy(node, deployer, folder / "deployments"))


@pytest.fixture
def machine(chain: Chain, database_url: str, tmp_path: Path) -> Iterator[Machine]:
    engine = open_database(database_url)
    yield Machine(chain, DiskStore(tmp_path / "store"), engine)
    engine.dispose()
