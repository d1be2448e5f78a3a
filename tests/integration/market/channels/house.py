"""A provider on a real chain, with its book and index in a database, and a settlement worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.ledger.indexer import Indexer
from assay.market.channels.account import Charge, Judged, Order
from assay.market.channels.account import Worker as ServiceWorker
from assay.market.channels.claim_ages import SqlClaimAges
from assay.market.channels.indexed import IndexedChannels
from assay.market.channels.model import Channel, ChannelConfig
from assay.market.channels.onchain import SettlementChain
from assay.market.channels.policy import ClaimRules
from assay.market.channels.steps import Act, Step
from assay.market.channels.stored import SqlChannelBook
from assay.market.channels.use_cases.settle import Provider, SettlementWorker
from tests.fakes.channels import SetClock
from tests.integration.market.channels.scene import Scene

RULES = ClaimRules(minimum=1_000, after_s=3_600)


@dataclass
class House:
    """A provider, and calls in its book."""

    scene: Scene
    database_url: str
    clock: SetClock = field(default_factory=SetClock)

    def __post_init__(self) -> None:
        self.engine: Engine = open_database(self.database_url)
        self.book = SqlChannelBook(self.engine)
        self.indexer = Indexer(self.engine, self.scene.node, self.scene.deployment.contracts)
        self.chain = self.scene.chain()

    def channel(self, salt: int, amount: int = 1_000_000, **changes: Any) -> Channel:
        """One with money in it, known to the book."""
        return self.note(self.scene.open(salt, amount, **changes))

    def note(self, config: ChannelConfig) -> Channel:
        channel = config.channel_id(self.scene.domain)
        (state,) = self.chain.states([channel])
        return self.book.note_chain(config, channel, state)

    def channel_now(self, channel: Digest) -> Channel:
        found = self.book.find(channel)
        assert found is not None
        return found

    def serve(self, channel: Digest, total: int) -> None:
        """A call that brings the whole sum of a channel up to `total`, signed for and charged."""
        before = self.channel_now(channel)
        voucher = self.scene.voucher(before.config, total)
        price = total - before.charged
        order = Order(voucher, voucher.digest(self.scene.domain), Digest(bytes(32)), price)
        steps = [Step(Act.RESERVE, order), Step(Act.CHARGE, order, Charge(price))]
        reserved, charged = self.book.apply(steps, ServiceWorker("w1", 1_000, 1_010))
        assert isinstance(reserved, Judged)
        assert reserved.lacks is None
        assert isinstance(charged, Judged)
        assert self.channel_now(channel).charged == total

    def close(self) -> None:
        self.book.close()
        self.engine.dispose()

    def worker(
        self, rules: ClaimRules = RULES, chain: SettlementChain | None = None
    ) -> SettlementWorker:
        settings = self.scene.account("local-1").address
        token = self.scene.deployment.token.address
        return SettlementWorker(
            chain=chain or self.chain,
            book=self.book,
            ages=SqlClaimAges(self.engine),
            events=IndexedChannels(self.engine),
            provider=Provider(settings, settings, token, rules),
            clock=self.clock,
        )

    def claimed(self, *channels: Digest) -> list[int]:
        return [state.claimed for state in self.chain.states(channels)]
