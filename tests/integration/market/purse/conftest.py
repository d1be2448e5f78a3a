"""A payer with its purse, and a provider that takes its vouchers, on one chain."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assay.chain.signing import recover_typed_data
from assay.core.chat import Message, TextRequest
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.calls import RecordDomain
from assay.market.metering import CallRequest
from assay.market.pending import PendingCalls
from assay.market.purse.deposits import DepositTerms
from assay.market.purse.model import OwnChannel
from assay.market.purse.onchain import PayerSettlement
from assay.market.purse.payer import ChannelPayer
from assay.market.purse.ports import PayerChain
from assay.market.purse.remote import HttpServices
from assay.market.purse.stored import SqlPurse
from assay.market.purse.use_cases.close import Closing, close_channel
from assay.market.purse.use_cases.deposit import (
    Deposited,
    PayerParts,
    open_channel,
    top_up_channel,
)
from assay.market.remote import RemoteCalls
from tests.integration.market.channels.scene import Scene, running_scene
from tests.integration.market.purse.provider import MODEL, Provider, serving


def ask(prompt: str) -> CallRequest:
    text = TextRequest((Message("user", prompt),), max_tokens=4, temperature=0.0, seed=7)
    return CallRequest(MODEL, text, seed_given=True)


@dataclass
class Buyer:
    """One payer on one database; a second on the same database is another process of it."""

    scene: Scene
    folder: Path
    database_url: str
    name: str = "local-2"
    chain: PayerChain | None = None
    services: HttpServices = field(default_factory=lambda: HttpServices(timeout_s=10.0))

    def __post_init__(self) -> None:
        scene, account = self.scene, self.scene.account(self.name)
        self.book = SqlPurse(open_database(self.database_url), SystemClock())
        self.onchain = self.chain or PayerSettlement(
            scene.node, scene.chain(self.name), scene.deployment.token, account.address
        )
        self.payer = ChannelPayer(
            account, scene.domain, self.book, recover_typed_data, SystemClock()
        )
        self.calls = RemoteCalls(
            account,
            scene.deployment.token.address,
            RecordDomain(scene.node.chain_id, scene.deployment.anchor.address),
            recover_typed_data,
            PendingCalls(self.folder / "pending"),
            channels=self.payer,
            timeout_s=30.0,
        )
        self.parts = PayerParts(
            signer=account,
            domain=scene.domain,
            terms=DepositTerms(
                chain_id=scene.node.chain_id,
                token=scene.deployment.token.address,
                token_name="Assay",
                token_version="1",
                collector=scene.deployment.erc3009_collector.address,
            ),
            chain=self.onchain,
            book=self.book,
            clock=SystemClock(),
            choose_salt=lambda: Digest(secrets.token_bytes(32)),
        )

    def open(self, url: str, amount: int = 10_000, *, another: bool = False) -> Deposited:
        return open_channel(url, amount, another=another, services=self.services, parts=self.parts)

    def top_up(self, channel: OwnChannel, amount: int) -> Deposited:
        return top_up_channel(channel, amount, parts=self.parts)

    def close(self, channel: OwnChannel) -> Closing:
        return close_channel(
            channel,
            services=self.services,
            chain=self.onchain,
            book=self.book,
            payer=self.payer,
        )

    def now(self, channel: OwnChannel) -> OwnChannel:
        found = self.book.find(channel.id)
        assert found is not None
        return found

    def restarted(self, **changes: Any) -> Buyer:
        """The same payer after its process ended."""
        return Buyer(self.scene, self.folder, self.database_url, self.name, **changes)


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("purse")) as scene:
        yield scene


@pytest.fixture
def provider(scene: Scene) -> Iterator[Provider]:
    with serving(provider_of(scene)) as provider:
        yield provider


def provider_of(scene: Scene) -> Provider:
    return Provider(
        account=scene.account("local-1"),
        token=scene.deployment.token.address,
        domain=scene.domain,
        records=RecordDomain(scene.node.chain_id, scene.deployment.anchor.address),
        chain=scene.chain(),
        collector=scene.deployment.erc3009_collector.address,
    )


@pytest.fixture
def buyer(scene: Scene, tmp_path: Path, database_url: str) -> Buyer:
    return Buyer(scene, tmp_path, database_url)
