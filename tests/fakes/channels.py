"""A settlement contract, a book, an index and a clock that live in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import UnavailableError
from assay.market.channels.errors import ClaimRefused, ClaimTooLarge
from assay.market.channels.model import (
    ChainState,
    Channel,
    ChannelConfig,
    SettlementDomain,
)
from assay.market.channels.ports import ChainNote, ChannelEvent, Claim, Deposit, Mined

PAYER = Address("0x1000000000000000000000000000000000000001")
RECEIVER = Address("0x2000000000000000000000000000000000000002")
TOKEN = Address("0x3000000000000000000000000000000000000003")
DOMAIN = SettlementDomain(31337, Address("0x4000000000000000000000000000000000000004"))
DELAY_S = 900


def config_of(number: int, **changes: object) -> ChannelConfig:
    """The configuration of channel `number`."""
    salt = Digest(number.to_bytes(32, "big"))
    config = ChannelConfig(PAYER, PAYER, RECEIVER, RECEIVER, TOKEN, DELAY_S, salt)
    return replace(config, **changes)  # type: ignore[arg-type]


def channel_of(
    number: int = 1,
    *,
    balance: int = 1_000_000,
    claimed: int = 0,
    charged: int = 0,
    withdrawal: int = 0,
    withdrawal_at: int = 0,
    block: int = 1,
    **more: int,
) -> Channel:
    """A channel whose voucher allows whatever was charged or is reserved."""
    config = config_of(number)
    chain = ChainState(balance, claimed, withdrawal, withdrawal_at, 0, block)
    signed = charged + more.get("reserved", 0)
    given = {"signed": signed, "signature": b"signed", **more}
    return Channel(config.channel_id(DOMAIN), config, chain, charged, **given)  # type: ignore[arg-type]


@dataclass
class FakeSettlement:
    """The `ChannelChain` port with the contract's rules.

    Attributes:
        refuses: channels whose claims the contract refuses.
        largest_batch: lines that fit into a block.
        fails: errors that the next claims end with, before they are made.
        fails_after: the same, after they are made.
    """

    channels: dict[Digest, ChainState] = field(default_factory=dict)
    refuses: set[Digest] = field(default_factory=set)
    largest_batch: int = 1000
    fails: list[UnavailableError] = field(default_factory=list)
    fails_after: list[UnavailableError] = field(default_factory=list)
    block: int = 1
    time_s: int = 1_000
    gas_price: int = 0
    batches: list[list[Claim]] = field(default_factory=list)
    trials: int = 0
    claimed_total: int = 0
    settled_total: int = 0
    payouts: list[int] = field(default_factory=list)

    def hold(self, channel: Channel) -> None:
        self.channels[channel.id] = channel.chain

    def change(self, channel: Digest, **sums: int) -> None:
        self.block += 1
        self.channels[channel] = replace(self.channels[channel], **sums)

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        return [replace(self.channels[channel], block=self.block) for channel in channels]

    def claim_gas(self, claims: Sequence[Claim]) -> int:
        self.trials += 1
        if len(claims) > self.largest_batch:
            raise ClaimTooLarge(len(claims), None, 1)
        for claim in claims:
            state = self.channels[claim.voucher.channel]
            if claim.total <= state.claimed:
                continue
            if claim.voucher.channel in self.refuses or claim.total > state.balance:
                raise ClaimRefused(len(claims), "the signature is not the payer's")
            assert claim.total <= claim.voucher.max_claimable
        return 60_000 + 16_000 * len(claims)

    def claim(self, claims: Sequence[Claim]) -> Mined:
        if self.fails:
            raise self.fails.pop()
        gas = self.claim_gas(claims)
        self.block += 1
        for claim in claims:
            state = self.channels[claim.voucher.channel]
            self.claimed_total += max(0, claim.total - state.claimed)
            claimed = max(state.claimed, claim.total)
            self.channels[claim.voucher.channel] = replace(state, claimed=claimed)
        self.batches.append(list(claims))
        if self.fails_after:
            raise self.fails_after.pop()
        return Mined(f"0xclaim{self.block}", self.block, gas, self.gas_price)

    def unsettled(self, receiver: Address, token: Address) -> int:
        assert receiver == RECEIVER
        return self.claimed_total - self.settled_total if token == TOKEN else 0

    def settle(self, receiver: Address, token: Address) -> Mined:
        self.payouts.append(self.unsettled(receiver, token))
        self.settled_total = self.claimed_total
        self.block += 1
        return Mined(f"0xpayout{self.block}", self.block, 54_000, self.gas_price)

    def resend(self) -> int:
        return 0

    def now_s(self) -> int:
        return self.time_s

    def gas_price_wei(self) -> int:
        return self.gas_price

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        raise NotImplementedError

    def deposit(self, deposit: Deposit) -> str:
        raise NotImplementedError

    def refund(
        self, config: ChannelConfig, amount: int, nonce: int, claims: Sequence[Claim]
    ) -> str:
        raise NotImplementedError


@dataclass
class MemoryBook:
    """The `SettlementBook` port."""

    channels: dict[Digest, Channel] = field(default_factory=dict)

    def add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def charge(self, channel: Digest, amount: int) -> None:
        before = self.channels[channel]
        charged = before.charged + amount
        self.channels[channel] = replace(before, charged=charged, signed=charged)

    def find(self, channel: Digest) -> Channel | None:
        return self.channels.get(channel)

    def open_channels(self, receiver: Address) -> list[Channel]:
        return [each for each in self.channels.values() if each.config.receiver == receiver]

    def note_chain(
        self,
        config: ChannelConfig,
        channel: Digest,
        state: ChainState,
        *,
        rolled_back: bool = False,
    ) -> Channel:
        before = self.channels.get(channel) or Channel(channel, config, state)
        if state.block >= before.chain.block or rolled_back:
            before = replace(before, chain=state)
        self.channels[channel] = before
        return before

    def note_chains(self, notes: Sequence[ChainNote]) -> list[Channel]:
        return [
            self.note_chain(note.config, note.channel, note.state, rolled_back=note.rolled_back)
            for note in notes
        ]


@dataclass
class MemoryAges:
    """The `ClaimAges` port."""

    begun: dict[Digest, int] = field(default_factory=dict)

    def since(self) -> dict[Digest, int]:
        return dict(self.begun)

    def note(self, begun: Mapping[Digest, int], ended: Collection[Digest]) -> None:
        for channel in ended:
            self.begun.pop(channel, None)
        self.begun = {**begun, **self.begun}


@dataclass
class MemoryEvents:
    """The `ChannelEvents` port."""

    events: list[ChannelEvent] = field(default_factory=list)

    def happen(self, channel: Digest, block: int, transaction: str = "0x1") -> None:
        self.events.append(ChannelEvent(channel, block, 0, transaction))

    def newest(self) -> int:
        return max((event.block for event in self.events), default=0)

    def after(self, block: int) -> list[ChannelEvent]:
        return [event for event in self.events if event.block > block]


@dataclass
class SetClock:
    """The `Clock` port."""

    time_s: int = 1_000

    def now_s(self) -> int:
        return self.time_s
