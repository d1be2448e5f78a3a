"""What channels need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChainState, Channel, ChannelConfig, Voucher


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

    def claim(self, claims: Sequence[Claim]) -> str:
        """Claim for many channels in one transaction, signed by the receiver's authorizer."""
        ...

    def settle(self, receiver: Address, token: Address) -> str:
        """Pay out what was claimed."""
        ...

    def refund(
        self, config: ChannelConfig, amount: int, nonce: int, claims: Sequence[Claim]
    ) -> str:
        """Claim what is due and give the rest back, in one transaction."""
        ...


class ChannelBook(Protocol):
    """The durable list of channels and vouchers, shared by all workers of a provider."""

    def find(self, channel: Digest) -> Channel | None:
        """A channel as it stands."""
        ...

    def open_channels(self, receiver: Address) -> list[Channel]:
        """All channels that still hold or owe something."""
        ...

    def note_chain(self, config: ChannelConfig, channel: Digest, state: ChainState) -> Channel:
        """Note what the chain says now, and the channel itself if it is new."""
        ...
