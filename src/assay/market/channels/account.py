"""The provider's account of one channel: what each step of a call does to its sums.

    account = Account(channel)
    judged = account.reserve(order, None, Worker("w1", now_s, until_s))
    judged.lacks                 # None: the price is set aside until the call is charged

Pure rules, which the book applies inside a transaction. For every channel, at any time:

    claimed <= charged - open,  charged + reserved <= signed <= what the channel held

A worker that serves a call is believed to live until `expires_at`, which it keeps moving. When it
has died, its reservation is free, and its call may be taken over by the same voucher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from assay.core.digest import Digest
from assay.market.channels.model import Channel, Shortfall, Voucher, VoucherState

RESERVED, OPEN, CHARGED = VoucherState.RESERVED, VoucherState.OPEN, VoucherState.CHARGED


@dataclass(frozen=True, slots=True)
class Order:
    """One call that a voucher is presented for.

    Attributes:
        digest: what was signed; the name of the payment.
        request: tells one request from another; a voucher is good for one of them.
        price: the most that the call may cost.
        identifier: of the x402 extension `payment-identifier`, if given.
        claimable: whether the signature was checked to its last byte, as the contract does.
    """

    voucher: Voucher
    digest: Digest
    request: Digest
    price: int
    identifier: str | None = None
    claimable: bool = True


@dataclass(frozen=True, slots=True)
class Worker:
    """Who takes a step, at which second, and until when it may be believed to live."""

    name: str
    now_s: int
    until_s: int


@dataclass(frozen=True, slots=True)
class Charge:
    """What a call costs in the end.

    Attributes:
        amount: at most the order's price.
        open: whether it may still fall, because a stream runs.
        response: what is answered when the request is repeated.
    """

    amount: int
    open: bool = False
    response: bytes | None = None


@dataclass(slots=True)
class VoucherEntry:
    """The call of one voucher, as the book has it. Not changed once made.

    Attributes:
        amount: what is set aside, or charged.
        worker: who serves or served the call; believed to live until `expires_at`, in s.
        charged_total: the channel's sum right after the charge.
        response: what a metered endpoint answered.
    """

    channel: Digest
    max_claimable: int
    digest: Digest
    signature: bytes
    request: Digest
    state: VoucherState
    amount: int
    worker: str
    expires_at: int
    charged_at: int | None = None
    charged_total: int | None = None
    identifier: str | None = None
    response: bytes | None = None

    def served(self, now_s: int) -> bool:
        """Whether a worker that lives is serving the call."""
        return self.state is not CHARGED and self.expires_at > now_s


class Change(Enum):
    """What a step does to the voucher's row."""

    NONE = 0
    PUT = 1
    REMOVE = 2


@dataclass(slots=True)
class Judged:
    """What became of a step. Not changed once its transaction has ended.

    Attributes:
        entry: the call of the voucher, as it is now.
        lacks: what keeps the voucher from paying; None if it pays, or has paid for this call.
        change: NONE if the book is as before: refused, or charged before.
        channel: as it stands when the transaction ends.
    """

    entry: VoucherEntry | None
    lacks: Shortfall | None = None
    change: Change = Change.NONE
    channel: Channel | None = None


class Account:
    """One channel while a transaction moves its sums."""

    __slots__ = ("_base", "changed", "charged", "open", "reserved", "signature", "signed")

    def __init__(self, channel: Channel) -> None:
        self._base = channel
        self.charged = channel.charged
        self.reserved = channel.reserved
        self.open = channel.open
        self.signed = channel.signed
        self.signature = channel.signature
        self.changed = False

    @property
    def name(self) -> bytes:
        """The channel's name."""
        return self._base.id.raw

    def snapshot(self) -> Channel:
        """The channel with its sums as they are now."""
        if not self.changed:
            return self._base
        return replace(
            self._base,
            charged=self.charged,
            reserved=self.reserved,
            open=self.open,
            signed=self.signed,
            signature=self.signature,
        )

    def reserve(self, order: Order, entry: VoucherEntry | None, worker: Worker) -> Judged:
        """Set the price aside, or say what the voucher's call is already."""
        if entry is not None:
            if entry.served(worker.now_s):
                return Judged(entry, Shortfall.BUSY)
            if entry.state is not RESERVED:
                if entry.request != order.request:
                    return Judged(entry, Shortfall.SIGNED)
                if entry.state is CHARGED:
                    return Judged(entry)
                mine = replace(entry, worker=worker.name, expires_at=worker.until_s)
                return Judged(mine, None, Change.PUT)
            self.free(entry)
        if lacks := self._lacks(order.voucher.max_claimable, order.price):
            return self._refused(entry, lacks)
        self.reserved += order.price
        self._take(order.voucher)
        return Judged(_entry(order, RESERVED, order.price, worker), None, Change.PUT)

    def charge(
        self, order: Order, entry: VoucherEntry | None, worker: Worker, charge: Charge
    ) -> Judged:
        """Charge what was set aside, or what never was; or end a call that was charged openly."""
        if entry is not None:
            mine = entry.worker == worker.name and entry.request == order.request
            if entry.served(worker.now_s) and not mine:
                return Judged(entry, Shortfall.BUSY)
            if entry.state is CHARGED or (entry.state is OPEN and not mine):
                same = entry.request == order.request
                return Judged(entry, None if same else Shortfall.SIGNED)
            if entry.state is OPEN:
                return self._finish(entry, worker, charge)
            self.free(entry)
            if mine:  # what was set aside is there, whatever other vouchers were charged since
                return self._charge(order, worker, charge)
        lacks = self._lacks(order.voucher.max_claimable, charge.amount)
        if not order.claimable and order.voucher.max_claimable > self.signed:
            lacks = lacks or Shortfall.SIGNED  # there is nothing to claim it with
        if lacks:
            return self._refused(entry, lacks)
        return self._charge(order, worker, charge)

    def release(self, entry: VoucherEntry | None, worker: Worker) -> Judged:
        """Give back what was set aside for a call that will not be served.

        A stream that was charged openly stays charged, and may be taken over at once.
        """
        if entry is None or entry.state is CHARGED or entry.worker != worker.name:
            return Judged(entry)
        if entry.state is OPEN:
            return Judged(replace(entry, expires_at=worker.now_s), None, Change.PUT)
        self.free(entry)
        return Judged(None, None, Change.REMOVE)

    def renew(self, entry: VoucherEntry | None, worker: Worker) -> Judged:
        """Go on living: move the end of a call's lease."""
        if entry is None or entry.state is CHARGED or entry.worker != worker.name:
            return Judged(entry)
        return Judged(replace(entry, expires_at=worker.until_s), None, Change.PUT)

    def vouch(self, voucher: Voucher) -> None:
        """Keep a voucher to claim with, if the channel covers it, whatever it is presented for."""
        if voucher.max_claimable <= self._base.spendable:
            self._take(voucher)

    def free(self, entry: VoucherEntry) -> None:
        """Count a reservation no more."""
        self.reserved -= entry.amount
        self.changed = True

    def _charge(self, order: Order, worker: Worker, charge: Charge) -> Judged:
        self.charged += charge.amount
        if charge.open:
            self.open += charge.amount
        self._take(order.voucher)
        new = _entry(order, OPEN if charge.open else CHARGED, charge.amount, worker)
        new.charged_at, new.charged_total = worker.now_s, self.charged
        new.response = charge.response
        return Judged(new, None, Change.PUT)

    def _finish(self, entry: VoucherEntry, worker: Worker, charge: Charge) -> Judged:
        """End an open charge, at its amount or less; never below what the chain has claimed."""
        fall = min(entry.amount - charge.amount, self.charged - self._base.chain.claimed)
        assert fall >= 0, "an open charge only falls"
        self.open -= entry.amount
        self.charged -= fall
        self.changed = True
        ended = replace(
            entry,
            state=CHARGED,
            amount=entry.amount - fall,
            charged_at=worker.now_s,
            charged_total=self.charged,
            response=charge.response,
        )
        return Judged(ended, None, Change.PUT)

    def _lacks(self, max_claimable: int, price: int) -> Shortfall | None:
        """`Channel.lacks` on the sums of this moment."""
        if self.charged + price > max_claimable:
            return Shortfall.SIGNED
        if max_claimable > self._base.spendable:
            return Shortfall.BALANCE
        if self.charged + self.reserved + price > max_claimable:
            return Shortfall.BUSY
        unclaimed = self.charged + self.reserved - self._base.chain.claimed
        if unclaimed > 0 and unclaimed + price > self._base.most_unclaimed:
            return Shortfall.UNCLAIMED
        return None

    @staticmethod
    def _refused(entry: VoucherEntry | None, lacks: Shortfall) -> Judged:
        """A refusal; the reservation of a dead worker, freed before, is removed all the same."""
        return Judged(None, lacks, Change.NONE if entry is None else Change.REMOVE)

    def _take(self, voucher: Voucher) -> None:
        self.changed = True
        if voucher.max_claimable > self.signed:
            self.signed = voucher.max_claimable
            self.signature = voucher.signature


def _entry(order: Order, state: VoucherState, amount: int, worker: Worker) -> VoucherEntry:
    voucher = order.voucher
    return VoucherEntry(
        voucher.channel,
        voucher.max_claimable,
        order.digest,
        voucher.signature,
        order.request,
        state,
        amount,
        worker.name,
        worker.until_s,
        identifier=order.identifier,
    )
