"""What the purse needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChainState, ChannelConfig
from assay.market.channels.ports import Deposit
from assay.market.pending import PendingCall
from assay.market.purse.model import OwnChannel
from assay.market.purse.wire import ChannelOffer, Shown

Sign = Callable[[OwnChannel], tuple[OwnChannel, PendingCall]]


class PurseBook(Protocol):
    """The durable list of channels that were opened from here, and of calls paid from them."""

    def add(self, channel: OwnChannel) -> None:
        """Note a new channel."""
        ...

    def find(self, channel: Digest) -> OwnChannel | None:
        """A channel as it stands."""
        ...

    def channels(self, payer: Address | None = None) -> list[OwnChannel]:
        """All, or those of one payer; oldest first."""
        ...

    def change(self, channel: Digest, change: Callable[[OwnChannel], OwnChannel]) -> OwnChannel:
        """Change a channel; no other process changes it meanwhile."""
        ...

    def begin_call(
        self, channel: Digest, sign: Sign, *, instead_of: PendingCall | None = None
    ) -> PendingCall:
        """Sign a voucher and note channel and call in one step, before anything is sent.

        Args:
            instead_of: the same call with an earlier voucher, which is forgotten.
        """
        ...

    def end_call(self, call: PendingCall, charged: int) -> None:
        """Note what an answered call has cost; once, however often it is said."""
        ...

    def pending_calls(self, payer: Address) -> list[PendingCall]:
        """Calls that were paid for and are not answered yet, oldest first."""
        ...


class PayerChain(Protocol):
    """The chain, as one payer sees it. Calls block; use threads."""

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """Balance, claimed, withdrawal and nonce of each, read at one block.

        Raises:
            UnavailableError: the chain cannot be asked.
        """
        ...

    def now_s(self) -> int:
        """The chain's time: of its newest block, in seconds since 1970."""
        ...

    def tokens(self) -> int:
        """What the payer holds of the payment token."""
        ...

    def pays_gas(self) -> bool:
        """Whether the payer can send transactions of its own."""
        ...

    def spent(self, nonce: Digest) -> bool:
        """Whether the token has spent an authorization of the payer."""
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

    def announce_withdrawal(self, config: ChannelConfig, amount: int) -> str:
        """Announce that what is left will be taken out; the transaction's hash."""
        ...

    def withdraw(self, config: ChannelConfig) -> str:
        """Take out what was announced, after the delay; the transaction's hash."""
        ...


class ChannelServices(Protocol):
    """Services that take payments from channels, over the network."""

    def offers(self, url: str) -> list[ChannelOffer]:
        """What a service asks for a call by channel, of every kind that it takes.

        Raises:
            ServiceFailed: no answer, or none that can be read.
            ChannelsNotOffered: it takes none.
        """
        ...

    def refund(
        self, channel: OwnChannel, offer: ChannelOffer, total: int, signature: bytes
    ) -> Shown | None:
        """Ask a service to give back what is left; `total` is the sum of all charges.

        Returns:
            None if it says that it did; else what it shows of the channel: sums that differ.

        Raises:
            RefundRefused, ServiceFailed: it does not.
        """
        ...
