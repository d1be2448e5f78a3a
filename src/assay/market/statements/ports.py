"""What statements need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.batches import BatchEntry
from assay.market.calls import CallRecord
from assay.market.channels.model import ChainState, ChannelConfig
from assay.market.statements.model import StatementLine
from assay.market.statements.period import Period


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A charge as the provider's book has it: a line without its proof.

    Attributes:
        position: the record's leaf in its batch.
    """

    line: StatementLine
    batch: int | None
    position: int | None


class StatementBook(Protocol):
    """The provider's durable list of charges."""

    def count(self, provider: Address, payer: Address | None, period: Period) -> int:
        """How many charges there are."""
        ...

    def lines(
        self, provider: Address, payer: Address | None, period: Period
    ) -> Iterator[BookedLine]:
        """The charges to one payer, or to all, by time and payment."""
        ...

    def batch(self, provider: Address, number: int) -> BatchEntry | None:
        """A batch of the provider."""
        ...

    def records(self, provider: Address, number: int) -> list[CallRecord]:
        """The records of a batch, in the order of its leaves."""
        ...


@dataclass(frozen=True, slots=True)
class PaymentSeen:
    """A transfer that the ledger's events tell of: where to look, never what to believe.

    Attributes:
        time_s: of its block, seconds since 1970.
    """

    nonce: Digest
    transaction: str
    time_s: int


class PayerIndex(Protocol):
    """The ledger's view of what one payer paid."""

    def payments(self, payer: Address, period: Period) -> list[PaymentSeen]:
        """The authorizations of this payer that were used in blocks of the period."""
        ...

    def channels(self, payer: Address, receiver: Address) -> list[Digest]:
        """All channels that were ever opened from one to the other."""
        ...


class ChannelStates(Protocol):
    """The settlement contract's word on channels."""

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """Balance and claimed sum of each."""
        ...

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        """Whether who may sign the channel's vouchers signed, by key or by EIP-1271."""
        ...


class OwnCharges(Protocol):
    """What the payer itself knows to have been charged."""

    def charged(self, channels: Sequence[Digest]) -> dict[Digest, int]:
        """The last sum of each of these channels that the payer accepted, where it knows one."""
        ...
