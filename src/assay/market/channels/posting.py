"""One transaction's view of the channels and vouchers that its steps move.

Rows are read before the first step and written after the last, so that a channel with a hundred
vouchers in a transaction is read and written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assay.market.channels.account import (
    Account,
    Change,
    Judged,
    Order,
    VoucherEntry,
    Worker,
)
from assay.market.channels.model import Shortfall, VoucherState
from assay.market.channels.rows import (
    Cursor,
    Key,
    Rows,
    channel_of,
    entry_of,
    sums_of,
    values_of,
)
from assay.market.channels.steps import Act, Step

_Name = tuple[bytes, int]  # channel and sum
_Sums = tuple[int, int, int, int]
_Mark = tuple[Account, _Sums, bytes, bool, dict[_Name, VoucherEntry | None], set[_Name]]


class Posting:
    """The steps of one transaction; used by one thread, and once."""

    def __init__(self, rows: Rows, cursor: Cursor, worker: Worker) -> None:
        self._rows = rows
        self._cursor = cursor
        self._worker = worker
        self._accounts: dict[bytes, Account] = {}
        self._entries: dict[_Name, VoucherEntry | None] = {}
        self._touched: set[_Name] = set()
        self._judged: list[tuple[Judged, Account]] = []

    def open(self, steps: Iterable[Step]) -> None:
        """Read and lock the channels of the steps."""
        raw = {step.order.voucher.channel.raw for step in steps}
        names = sorted("0x" + name.hex() for name in raw)
        for row in self._rows.channels(self._cursor, names):
            channel = channel_of(row)
            self._accounts[channel.id.raw] = Account(channel)

    def find(self, orders: Sequence[Order]) -> None:
        """Read the vouchers that may be there: none has a larger sum than `signed`."""
        keys: list[Key] = []
        for order in orders:
            voucher = order.voucher
            account = self._accounts.get(voucher.channel.raw)
            if account is not None and voucher.max_claimable <= account.signed:
                keys.append((voucher.channel.hex, str(voucher.max_claimable)))
        if keys:
            for row in self._rows.vouchers(self._cursor, keys):
                entry = entry_of(row)
                self._entries[entry.channel.raw, entry.max_claimable] = entry
        self._vouch(orders)

    def _vouch(self, orders: Sequence[Order]) -> None:
        """Have the voucher to claim with before those whose signature may not do for a claim."""
        unsure = {order.voucher.channel.raw for order in orders if not order.claimable}
        for order in orders:
            account = self._accounts.get(order.voucher.channel.raw)
            if order.claimable and account is not None and account.name in unsure:
                account.vouch(order.voucher)

    def take(self, step: Step) -> Judged:
        """Take one step, in memory."""
        order = step.order
        account = self._accounts.get(order.voucher.channel.raw)
        if account is None:
            return Judged(None, Shortfall.BALANCE)
        if step.act is Act.SWEEP:
            self._free_expired(account, order)
        entry = self._entry(order)
        judged = self._judge(account, step, entry)
        self._post(order, judged)  # what a refusal gave back already is not given back again
        if judged.lacks is Shortfall.BUSY and self._free_expired(account, order):
            judged = self._judge(account, step, self._entry(order))
            self._post(order, judged)
        self._judged.append((judged, account))
        return judged

    def mark(self, step: Step) -> _Mark | None:
        """Remember how things stand, for `restore`."""
        account = self._accounts.get(step.order.voucher.channel.raw)
        if account is None:
            return None
        sums = (account.charged, account.reserved, account.open, account.signed)
        touched = set(self._touched)
        return account, sums, account.signature, account.changed, dict(self._entries), touched

    def restore(self, mark: _Mark | None) -> None:
        """Undo what was taken since `mark`."""
        if mark is None:
            return
        account, sums, signature, changed, self._entries, self._touched = mark
        account.charged, account.reserved, account.open, account.signed = sums
        account.signature, account.changed = signature, changed

    def write(self) -> None:
        """Write all changes, and tell each step how its channel stands."""
        put, gone = [], []
        for name in self._touched:
            entry = self._entries[name]
            if entry is None:
                gone.append(("0x" + name[0].hex(), str(name[1])))
            else:
                put.append(values_of(entry))
        if gone:
            self._rows.remove(self._cursor, gone)
        if put:
            self._rows.put(self._cursor, put)
        snapshots = {name: account.snapshot() for name, account in self._accounts.items()}
        sums = [
            sums_of(snapshots[name], self._worker.now_s)
            for name, account in self._accounts.items()
            if account.changed
        ]
        if sums:
            self._rows.put_sums(self._cursor, sums)
        for judged, account in self._judged:
            judged.channel = snapshots[account.name]

    def _entry(self, order: Order) -> VoucherEntry | None:
        """The call of this voucher; or of another one that came with the same identifier."""
        voucher = order.voucher
        entry = self._entries.get((voucher.channel.raw, voucher.max_claimable))
        if entry is not None or order.identifier is None:
            return entry
        for other in self._entries.values():
            if (
                other is not None
                and other.identifier == order.identifier
                and other.channel == voucher.channel
            ):
                return other
        row = self._rows.identified(self._cursor, voucher.channel.hex, order.identifier)
        found = entry_of(row) if row else None
        if found is None:
            return None
        name = (found.channel.raw, found.max_claimable)
        return self._entries.setdefault(name, found)

    def _judge(self, account: Account, step: Step, entry: VoucherEntry | None) -> Judged:
        order, worker = step.order, self._worker
        match step.act:
            case Act.RESERVE:
                judged = account.reserve(order, entry, worker)
            case Act.CHARGE:
                assert step.charge is not None, "a charge says what the call costs"
                judged = account.charge(order, entry, worker, step.charge)
            case Act.RELEASE:
                judged = account.release(entry, worker)
            case Act.RENEW:
                judged = account.renew(entry, worker)
            case Act.SWEEP:
                judged = Judged(entry)
        if entry is not None and judged.change is not Change.NONE:
            self._supersede(order, entry)
        return judged

    def _supersede(self, order: Order, entry: VoucherEntry) -> None:
        """The reservation of another voucher with the same identifier makes room."""
        if entry.max_claimable != order.voucher.max_claimable:
            name = (entry.channel.raw, entry.max_claimable)
            self._entries[name] = None
            self._touched.add(name)

    def _post(self, order: Order, judged: Judged) -> None:
        if judged.change is Change.NONE:
            return
        name = (order.voucher.channel.raw, order.voucher.max_claimable)
        self._entries[name] = judged.entry if judged.change is Change.PUT else None
        self._touched.add(name)

    def _free_expired(self, account: Account, order: Order) -> bool:
        """Give back what dead workers had set aside in the channel."""
        freed = False
        now_s = self._worker.now_s
        rows = self._rows.expired(self._cursor, order.voucher.channel.hex, now_s)
        for stored in map(entry_of, rows):
            name = (stored.channel.raw, stored.max_claimable)
            entry = self._entries.setdefault(name, stored)
            if entry is None or entry.state is not VoucherState.RESERVED or entry.served(now_s):
                continue
            account.free(entry)
            self._entries[name] = None
            self._touched.add(name)
            freed = True
        return freed
