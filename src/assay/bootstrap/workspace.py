"""One home folder and everything in it, wired together; each area has its own module beside this.

Each part is built, and its module imported, when it is first asked for: `assay store add` starts no
node, and nobody waits for web3 or SQL to list a folder. All are closed together, in reverse order.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assay.bootstrap.channels import ChannelParts
    from assay.bootstrap.connection import Connection
    from assay.bootstrap.credentials import CredentialParts
    from assay.bootstrap.economy import EconomyParts
    from assay.bootstrap.identity import IdentityParts
    from assay.bootstrap.image_models import ImageParts
    from assay.bootstrap.licences import LicenceParts
    from assay.bootstrap.market import MarketParts
    from assay.bootstrap.pictures import PictureParts
    from assay.bootstrap.pipelines import PipelineParts
    from assay.bootstrap.purse import PurseParts
    from assay.bootstrap.review import ReviewParts
    from assay.bootstrap.statements import StatementParts
    from assay.bootstrap.texts import TextParts
    from assay.bootstrap.tokens import TokenParts
    from assay.bootstrap.training import TrainingParts
    from assay.chain.account import Account, Accounts
    from assay.chain.deployment import Deployment
    from assay.chain.errors import ManifestDamaged
    from assay.chain.node import Node
    from assay.chain.transaction import Sender
    from assay.config import Settings
    from assay.content.onchain import OnChainContent
    from assay.content.stored import StoredContentIndex
    from assay.content.use_cases.matching import Matcher
    from assay.coordination.port import Cache, Lease, Locks
    from assay.core.address import Address
    from assay.generation.embeddings.openai_compatible import OpenAIEmbedder
    from assay.ledger.indexer import Indexer, SyncReport
    from assay.ledger.lineage import LineageSource
    from assay.market.model import ContractState
    from assay.market.sign_in import SignInDesk
    from assay.store.port import BlobStore


class Workspace:
    """The parts of Assay on one set of settings."""

    token_decimals = 6

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._closing = ExitStack()
        self._accounts: dict[str, Account] = {}
        self._senders: dict[str, Sender] = {}
        self._building = threading.RLock()
        self._manifest_damage: ManifestDamaged | None = None

    def close(self) -> None:
        """Close what was opened."""
        self._closing.close()

    def close_with(self, other: Workspace | OpenAIEmbedder) -> None:
        """Close something else with this one."""
        self._closing.callback(other.close)

    # Storage

    @cached_property
    def store(self) -> BlobStore:
        """Blobs: on disk or in Kubo, filled from a gateway where a URL of one is set."""
        return self.blobs_from(self.settings.gateway_url)

    @cached_property
    def _own_store(self) -> BlobStore:
        if self.settings.kubo_url:
            from assay.store.kubo import KuboStore

            return KuboStore(self.settings.kubo_url, self.cache)
        from assay.store.disk import DiskStore

        return DiskStore(self.settings.home / "store")

    def blobs_from(self, gateway: str | None) -> BlobStore:
        """The store, filled on demand from a trustless gateway where one is named."""
        if not gateway:
            return self._own_store
        from assay.store.gateway import GatewayStore

        return GatewayStore(gateway, self._own_store)

    @cached_property
    def engine(self) -> Engine:
        """The SQL database of index, payments and records."""
        from assay.ledger.database import open_database

        engine = open_database(self.settings.database)
        self._closing.callback(engine.dispose)
        return engine

    # Other workers

    @cached_property
    def locks(self) -> Locks:
        """Named locks between the workers of this home, or of all that share a Redis."""
        from assay.bootstrap.coordination import build_locks

        return build_locks(self.settings, self._closing)

    @cached_property
    def cache(self) -> Cache:
        """Bytes that are cheaper to keep than to get; nothing in it is believed unchecked."""
        from assay.bootstrap.coordination import build_cache

        return build_cache(self.settings, self._closing)

    def turn(
        self, work: str, *, account: str | None = None, wait_s: float = 0.0
    ) -> AbstractContextManager[Lease | None]:
        """Take an account's turn at some work, such as "anchor"; None if another worker keeps it.

        `wait_s` is how long the other worker is waited for.
        """
        from assay.coordination.waiting import attempt_for

        provider = self.address(account or self.settings.account)
        return attempt_for(self.locks, f"{work}/{self.node.chain_id}/{provider}", wait_s)

    # Chain

    @cached_property
    def _connection(self) -> Connection:
        from assay.bootstrap.connection import Connection

        with self._building:
            return self._closing.enter_context(Connection(self.settings))

    @property
    def node(self) -> Node:
        """The node at the configured URL, or the local one, started where needed."""
        return self._connection.node

    def node_unbroken(self) -> bool:
        """False if the local node died: call `revive_node`. True for a node that is not ours."""
        return self._connection.unbroken()

    def revive_node(self) -> None:
        """Start the local node again where it died, and send again what it lost.

        Raises:
            UnavailableError: it does not start, or does not answer; to be tried again.
        """
        self._connection.revive()

    @cached_property
    def accounts(self) -> Accounts:
        """The accounts of the home folder, and the known ones on the local chain."""
        from assay.chain.account import Accounts

        return Accounts(self.settings.home / "accounts", local_chain=self.node.is_local)

    def account(self, name: str | None = None) -> Account:
        """An account with its key; the configured one if None. It is opened once, which is slow."""
        chosen, password = name or self.settings.account, self.settings.account_password
        with self._building:
            if chosen not in self._accounts:
                opened_by = password.get_secret_value() if password else None
                self._accounts[chosen] = self.accounts.open(chosen, opened_by)
            return self._accounts[chosen]

    def sender(self, name: str | None = None) -> Sender:
        """The one sender of an account.

        Raises:
            ManifestDamaged: nothing is sent to contracts whose manifest was changed.
        """
        _ = self.deployment
        if self._manifest_damage:
            raise self._manifest_damage
        return self.open_sender(name or self.settings.account)

    def open_sender(self, name: str) -> Sender:
        """The same, before there is a deployment."""
        from assay.chain.transaction import Sender

        with self._building:
            if name not in self._senders:
                outbox = self._connection.outbox
                self._senders[name] = Sender(self.node, self.account(name), outbox)
            return self._senders[name]

    @cached_property
    def deployment(self) -> Deployment:
        """The contracts, verified; on the local chain they are deployed where missing.

        While the manifest is damaged (`find_deployment`), `sender` refuses to send.
        """
        from assay.bootstrap.deployments import find_deployment

        found, self._manifest_damage = find_deployment(self)
        return found

    @property
    def deployments(self) -> Path:
        """The folder of deployment manifests."""
        return self.settings.home / "deployments"

    def contract_states(self) -> list[ContractState]:
        """Each contract's manifest entry held against its build and the chain."""
        from assay.chain.verification import check_deployment
        from assay.market.model import ContractState

        return [
            ContractState(check.name, str(check.address), check.ok, check.evidence, check.reason)
            for check in check_deployment(self.node, self.deployments)
        ]

    def recover(self) -> None:
        """Send again what a node that was killed has lost."""
        from assay.chain.recovery import recover_all

        recover_all(self.node, self._connection.outbox)

    # Index

    @cached_property
    def _indexer(self) -> Indexer:
        from assay.ledger.indexer import Indexer

        return Indexer(self.engine, self.node, self.deployment.contracts)

    def sync(self) -> SyncReport:
        """Bring the index up to the newest block."""
        with self._building:
            return self._indexer.sync()

    # Areas

    @cached_property
    def market(self) -> MarketParts:
        """Assets, paid calls, their records and batches."""
        from assay.bootstrap.market import MarketParts

        return MarketParts(self)

    @cached_property
    def purse(self) -> PurseParts:
        """Payment channels that were opened from here, to pay others."""
        from assay.bootstrap.purse import PurseParts

        return PurseParts(self)

    @cached_property
    def channels(self) -> ChannelParts:
        """Payment channels: the settlement contract, the book, and the settlement worker."""
        from assay.bootstrap.channels import ChannelParts

        return ChannelParts(self)

    @cached_property
    def pipelines(self) -> PipelineParts:
        """Several paid calls as one, also on several chains."""
        from assay.bootstrap.pipelines import PipelineParts

        return PipelineParts(self)

    @cached_property
    def sign_in(self) -> SignInDesk:
        """Challenges that callers sign to show who they are."""
        from assay.bootstrap.sign_in import build_sign_in_desk

        return build_sign_in_desk(self)

    @cached_property
    def licences(self) -> LicenceParts:
        """Offers, licences, sealed assets and the keys released for them."""
        from assay.bootstrap.licences import LicenceParts

        return LicenceParts(self)

    @cached_property
    def statements(self) -> StatementParts:
        """Bills: made from the book, fetched from a service, checked."""
        from assay.bootstrap.statements import StatementParts

        return StatementParts(self)

    @cached_property
    def identity(self) -> IdentityParts:
        """Services as agents, and what those who paid them say."""
        from assay.bootstrap.identity import IdentityParts

        return IdentityParts(self)

    # Content

    @cached_property
    def content_index(self) -> StoredContentIndex:
        """What the ledger knows of minted content, and its fingerprints."""
        from assay.content.stored import StoredContentIndex

        return StoredContentIndex(self.engine)

    @property
    def content_matchers(self) -> tuple[Matcher, ...]:
        """The kinds of content that can be minted, verified and found."""
        return (self.pictures.when_needed, *self.texts.matchers)

    @cached_property
    def texts(self) -> TextParts:
        """What finds minted texts by their meaning."""
        from assay.bootstrap.texts import TextParts

        return TextParts(self)

    @cached_property
    def pictures(self) -> PictureParts:
        """What finds minted pictures."""
        from assay.bootstrap.pictures import PictureParts

        return PictureParts(self)

    @cached_property
    def images(self) -> ImageParts:
        """The models that draw pictures."""
        from assay.bootstrap.image_models import ImageParts

        return ImageParts(self)

    @cached_property
    def credentials(self) -> CredentialParts:
        """Certificates for content credentials, and whom to trust."""
        from assay.bootstrap.credentials import CredentialParts

        return CredentialParts(self)

    @cached_property
    def tokens(self) -> TokenParts:
        """Content tokens in bulk, on sale, ended, and what they earn."""
        from assay.bootstrap.tokens import TokenParts

        return TokenParts(self)

    def content_contract(self, account: str | None = None) -> OnChainContent:
        """The content contract, as an account sees it."""
        from assay.content.onchain import OnChainContent

        name, contract = account or self.settings.account, self.deployment.content
        return OnChainContent(self.node, contract, self.address(name), lambda: self.sender(name))

    @cached_property
    def economy(self) -> EconomyParts:
        """What content earns: reposts, tips, subscriptions to creators."""
        from assay.bootstrap.economy import EconomyParts

        return EconomyParts(self)

    @cached_property
    def review(self) -> ReviewParts:
        """Community review of content, and its attestations."""
        from assay.bootstrap.review import ReviewParts

        return ReviewParts(self)

    @cached_property
    def training(self) -> TrainingParts:
        """Tasks of training together, and who takes part in them from here."""
        from assay.bootstrap.training import TrainingParts

        return TrainingParts(self)

    # Lineage

    @cached_property
    def lineage_sources(self) -> list[LineageSource]:
        """Every area's part of the lineage graph; the first that knows a subject answers."""
        from assay.bootstrap.lineage import build_lineage_sources

        return build_lineage_sources(self)

    def address(self, name: str) -> Address:
        """An account's address, without its key."""
        return self.accounts.address(name)
