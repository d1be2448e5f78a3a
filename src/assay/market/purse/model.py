"""A channel as its payer knows it, and the largest sum that may be signed for one more call.

    total = channel.next_sum(price)                        # of the voucher for a new call
    total = channel.corrected_sum(refused, price, told)    # where the provider says: too small

A provider may claim what the largest voucher says, so that a voucher is money. Whatever it answers:

    signed <= charged + sum of the prices of the calls under way + one unit a correction

`charged` is the sum of the records of answers that were seen here. A provider that says to have
charged more is believed in one case: it shows a voucher of ours for a sum that this purse does not
remember, which proves that the purse was lost or is an old copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assay.core.digest import Digest
from assay.market.channels.model import ChannelConfig
from assay.market.purse.deposits import SignedDeposit
from assay.market.purse.errors import ChannelContradicted, ChannelShort


class PurseState(StrEnum):
    """How far a channel is.

    OPENING: its first deposit is signed, and not in the chain as far as is known.
    OPEN: it pays for calls.
    CLOSING: its rest is being taken out; nothing more is signed.
    CLOSED: its rest is back with the payer.
    """

    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of a channel.

    Attributes:
        charged: the sum of all calls that it says it has served.
        proven: the sum of the voucher that it shows, if the signature on it is ours; else 0.
    """

    charged: int
    proven: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The voucher of a call under way that its provider does not take: its sum, and its price."""

    total: int
    price: int


@dataclass(frozen=True, slots=True)
class OwnChannel:
    """A channel that was opened from here. Sums are whole units of the token.

    Attributes:
        url: the service that it was opened for.
        deposited: all deposits that the chain has confirmed, less what came back.
        charged: the sum of the calls whose answers and records were seen here.
        under_way: the sum of the prices of calls that were paid for and are not answered yet.
        signed: the largest sum that a voucher was signed for; `signature` is its signature.
        deposit: one that is signed and not confirmed yet.
        opened_at: seconds since 1970.
    """

    id: Digest
    chain_id: int
    config: ChannelConfig
    url: str
    opened_at: int
    deposited: int = 0
    charged: int = 0
    under_way: int = 0
    signed: int = 0
    signature: bytes = b""
    state: PurseState = PurseState.OPENING
    deposit: SignedDeposit | None = None

    @property
    def spendable(self) -> int:
        """What vouchers may reach: the balance, with a deposit that travels with the next call."""
        return self.deposited + (self.deposit.amount if self.deposit else 0)

    @property
    def left(self) -> int:
        """What can still be spent, as far as is known here."""
        return max(0, self.spendable - self.charged - self.under_way)

    def pays(self, price: int) -> bool:
        """Whether a voucher for one more call could be signed."""
        return max(self.charged + self.under_way + price, self.signed + 1) <= self.spendable

    def pays_at(self, now_s: int) -> bool:
        """Whether calls may be paid from it: it is open, or its deposit can still be made."""
        if self.deposit is not None and now_s >= self.deposit.valid_before:
            return False
        return self.state is PurseState.OPEN or (
            self.state is PurseState.OPENING and self.deposit is not None
        )

    def next_sum(self, price: int) -> int:
        """The sum of the voucher for a new call: no other call's, and no more than is owed then.

        Raises:
            ChannelShort: the channel holds too little.
        """
        assert price > 0, "a free call is not paid for"
        total = max(self.charged + self.under_way + price, self.signed + 1)
        if total > self.spendable:
            raise ChannelShort(self.id, price, self.left)
        return total

    def corrected_sum(self, refused: Refused, price: int, told: Told) -> int:
        """The sum of a further voucher for a call under way; `learned` has been asked before.

        Args:
            price: what the provider asks now.

        Raises:
            ChannelContradicted: the provider says what cannot be.
            ChannelShort: the channel holds too little.
        """
        known = self.charged + self.under_way - refused.price
        if told.charged > known:
            raise ChannelContradicted(
                self.id, f"it says to have charged {told.charged}, where {known} can be"
            )
        if known + price <= refused.total and self.signed <= refused.total:
            raise ChannelContradicted(
                self.id, f"the voucher for {refused.total} pays for the call, and it is refused"
            )
        total = max(known + price, self.signed + 1)
        if total > self.spendable:
            raise ChannelShort(self.id, price, self.left)
        return total

    def learned(self, refused: Refused, told: Told) -> OwnChannel:
        """Take over what a voucher of ours proves that this purse does not remember."""
        if told.proven <= self.signed or told.charged > told.proven:
            return self
        others = self.under_way - refused.price
        return replace(self, signed=told.proven, charged=max(self.charged, told.charged - others))

    def vouched(self, total: int, signature: bytes) -> OwnChannel:
        """A voucher was signed."""
        assert total > self.signed, "sums only grow"
        return replace(self, signed=total, signature=signature)

    def deposit_signed(self, deposit: SignedDeposit) -> OwnChannel:
        """A deposit is about to leave; while one is under way there is no other."""
        assert self.deposit is None, "one deposit at a time"
        return replace(self, deposit=deposit)

    def confirmed(self, balance: int) -> OwnChannel:
        """The chain has the deposit."""
        state = PurseState.OPEN if self.state is PurseState.OPENING else self.state
        return replace(self, deposited=balance, deposit=None, state=state)

    def holding(self, balance: int) -> OwnChannel:
        """The chain says what the channel holds."""
        return replace(self, deposited=balance)

    def closing(self) -> OwnChannel:
        """Its rest is being taken out."""
        return replace(self, state=PurseState.CLOSING)

    def closed(self, balance: int) -> OwnChannel:
        """Its rest is back."""
        return replace(self, state=PurseState.CLOSED, deposited=balance, deposit=None)
