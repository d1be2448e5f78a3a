"""What channels need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.channels.account import Judged, VoucherEntry, Worker
from assay.market.channels.model import ChainState, Channel, ChannelConfig, Voucher
from assay.market.channels.steps import Step


@dataclass(frozen=True, slots=True)
class Deposit:
    """A signed deposit, as it came in a payment.

    Attributes:
        collector: the contract that moves the tokens: by EIP-3009 or by Permit2.
        collector_data: what that contract needs, ABI-encoded.
        nonce: what the token or Permit2 spends once, 32 bytes.
    """

    config: ChannelConfig
    amount: int
    collector: Address
    collector_data: bytes
    nonce: Digest


@dataclass(frozen=True, slots=True)
class Claim:
    """One channel's line in a batch of claims: `total` is the whole sum after it."""

    config: ChannelConfig
    voucher: Voucher
    total: int


@dataclass(frozen=True, slots=True)
class Mined:
    """A transaction of ours that the chain has.

    Attributes:
        gas: units of gas that it used.
        gas_price_wei: what each of them cost.
    """

    transaction: str
    block: int
    gas: int
    gas_price_wei: int


class ChannelChain(Protocol):
    """The settlement contract, as provider and worker see it. Calls block; use threads."""

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """Balance, claimed, withdrawal and nonce of each, read at one block.

        Raises:
            UnavailableError: the chain cannot be asked.
        """
        ...

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        """Whether the payer signed, where that needs the chain (EIP-1271)."""
        ...

    def deposit(self, deposit: Deposit) -> str:
        """Have the contract collect a deposit; the same deposit again changes nothing.

        Returns:
            The hash of the transaction that made it, perhaps one of an earlier try.

        Raises:
            PaymentRefused: it was not made, and none of our transactions can still make it.
            SettlementUncertain: not known.
        """
        ...

    def claim_gas(self, claims: Sequence[Claim]) -> int:
        """Try a batch of claims without sending it; the gas that it would use.

        Raises:
            ClaimRefused: the contract refuses at least one line.
            ClaimTooLarge: it would take too much of a block.
        """
        ...

    def claim(self, claims: Sequence[Claim]) -> Mined:
        """Claim for many channels in one transaction, signed by the receiver's authorizer.

        The same claims again find the transaction of before; sums that were reached before are
        passed over.

        Raises:
            ClaimRefused, ClaimTooLarge: as `claim_gas`; nothing was claimed.
            UnavailableError: not known; claiming again is harmless.
        """
        ...

    def unsettled(self, receiver: Address, token: Address) -> int:
        """What was claimed and is not paid out yet."""
        ...

    def settle(self, receiver: Address, token: Address) -> Mined:
        """Pay out what was claimed; without effect if there is nothing."""
        ...

    def refund(
        self, config: ChannelConfig, amount: int, nonce: int, claims: Sequence[Claim]
    ) -> str:
        """Claim what is due and give up to `amount` of the rest back, in one transaction.

        Args:
            nonce: the channel's `refund_nonce`: the same refund is made once.
        """
        ...

    def resend(self) -> int:
        """Send again what the chain lost, as after a reorganisation; how many it took."""
        ...

    def now_s(self) -> int:
        """The chain's time: of its newest block, in seconds since 1970."""
        ...

    def gas_price_wei(self) -> int:
        """What a unit of gas costs now."""
        ...


@dataclass(frozen=True, slots=True)
class ChainNote:
    """What the chain says of one channel; see `SettlementBook.note_chain`."""

    config: ChannelConfig
    channel: Digest
    state: ChainState
    rolled_back: bool = False


class SettlementBook(Protocol):
    """What the settlement worker reads and writes of the channels."""

    def find(self, channel: Digest) -> Channel | None:
        """A channel as it stands."""
        ...

    def open_channels(self, receiver: Address) -> list[Channel]:
        """All channels that still hold or owe something."""
        ...

    def note_chain(
        self,
        config: ChannelConfig,
        channel: Digest,
        state: ChainState,
        *,
        rolled_back: bool = False,
    ) -> Channel:
        """Note what the chain says now, and the channel itself if it is new.

        A state of an earlier block than the noted one was read by somebody slower, and is passed
        over; unless the chain itself was `rolled_back`.
        """
        ...

    def note_chains(self, notes: Sequence[ChainNote]) -> list[Channel]:
        """`note_chain` for many channels, in one transaction."""
        ...


class ChannelBook(SettlementBook, Protocol):
    """The durable list of channels and vouchers, shared by all workers of a provider."""

    def find_voucher(self, channel: Digest, max_claimable: int) -> VoucherEntry | None:
        """The call of one voucher."""
        ...

    def apply(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError]:
        """Take steps in their order, in one transaction; durable if one of them charges.

        Returns:
            What became of each; or what its note raised, which undid it.

        Raises:
            UnavailableError: the database does not answer. The steps may have been taken or not;
                taking them again is harmless.
        """
        ...

    def apply_at_once(
        self, steps: Sequence[Step], worker: Worker
    ) -> list[Judged | AssayError] | None:
        """As `apply`, for steps that charge nothing and have no notes.

        Returns:
            None, and nothing was done, if it would have to wait for anything.
        """
        ...

    def hold_refund(self, channel: Digest, amount: int | None) -> Channel:
        """Keep vouchers from what is about to be given back: `amount`, or all that is left.

        A refund that is under way already is not changed.
        """
        ...

    def drop_refund(self, channel: Digest, nonce: int) -> Channel:
        """Let vouchers have what was held for a refund that the chain did not make.

        Args:
            nonce: of that refund; what is held for a later one stays held.
        """
        ...


class ClaimAges(Protocol):
    """Since when channels have had something to claim, kept over restarts."""

    def since(self) -> dict[Digest, int]:
        """Seconds since 1970, of each channel that was noted."""
        ...

    def note(self, begun: Mapping[Digest, int], ended: Collection[Digest]) -> None:
        """Begin and end the ages of channels; one that began before keeps its beginning."""
        ...


@dataclass(frozen=True, slots=True)
class ChannelEvent:
    """Something happened on chain to a channel."""

    channel: Digest
    block: int
    log_index: int
    transaction: str


class ChannelEvents(Protocol):
    """The index of the settlement contract's events: where to look, never what to believe."""

    def newest(self) -> int:
        """The block of the newest one; 0 if there is none."""
        ...

    def after(self, block: int) -> list[ChannelEvent]:
        """Events in later blocks, oldest first."""
        ...
