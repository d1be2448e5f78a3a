"""A book of channels in plain dictionaries: one step at a time, written to be obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.channels.account import Account, Change, Judged, VoucherEntry, Worker
from assay.market.channels.model import ChainState, Channel, ChannelConfig, Shortfall, VoucherState
from assay.market.channels.steps import Act, Step


@dataclass
class PlainBook:
    """What the SQL book has to agree with."""

    channels: dict[Digest, Channel] = field(default_factory=dict)
    entries: dict[tuple[Digest, int], VoucherEntry] = field(default_factory=dict)

    def apply(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError]:
        return [self.take(step, worker) for step in steps]

    def take(self, step: Step, worker: Worker) -> Judged:
        voucher = step.order.voucher
        channel = self.channels.get(voucher.channel)
        if channel is None:
            return Judged(None, Shortfall.BALANCE)
        account = Account(channel)
        if step.act is Act.SWEEP:
            self.free_dead(account, voucher.channel, worker)
        judged = self.judge(account, step, worker)
        self.write(step, judged)
        if judged.lacks is Shortfall.BUSY and self.free_dead(account, voucher.channel, worker):
            judged = self.judge(account, step, worker)
            self.write(step, judged)
        judged.channel = self.channels[voucher.channel] = account.snapshot()
        return judged

    def write(self, step: Step, judged: Judged) -> None:
        name = (step.order.voucher.channel, step.order.voucher.max_claimable)
        if judged.change is Change.PUT and judged.entry is not None:
            self.entries[name] = judged.entry
        elif judged.change is Change.REMOVE:
            self.entries.pop(name, None)

    def judge(self, account: Account, step: Step, worker: Worker) -> Judged:
        order = step.order
        entry = self.entries.get((order.voucher.channel, order.voucher.max_claimable))
        match step.act:
            case Act.RESERVE:
                return account.reserve(order, entry, worker)
            case Act.CHARGE:
                assert step.charge is not None
                return account.charge(order, entry, worker, step.charge)
            case Act.RELEASE:
                return account.release(entry, worker)
            case Act.RENEW:
                return account.renew(entry, worker)
            case Act.SWEEP:
                return Judged(entry)

    def free_dead(self, account: Account, channel: Digest, worker: Worker) -> bool:
        dead = [
            name
            for name, entry in self.entries.items()
            if name[0] == channel
            and entry.state is VoucherState.RESERVED
            and not entry.served(worker.now_s)
        ]
        for name in dead:
            account.free(self.entries.pop(name))
        return bool(dead)

    def find(self, channel: Digest) -> Channel | None:
        return self.channels.get(channel)

    def find_voucher(self, channel: Digest, max_claimable: int) -> VoucherEntry | None:
        return self.entries.get((channel, max_claimable))

    def note_chain(self, config: ChannelConfig, channel: Digest, state: ChainState) -> Channel:
        known = self.channels.get(channel) or Channel(channel, config, state)
        charged = max(known.charged, state.claimed)
        self.channels[channel] = replace(known, chain=state, charged=charged)
        return self.channels[channel]
