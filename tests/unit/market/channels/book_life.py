"""Everything that workers, payers and time may do to one channel, in any order, on any book."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from assay.core.digest import Digest
from assay.market.channels.account import Change, Charge, Judged, Order, VoucherEntry, Worker
from assay.market.channels.model import ChainState, VoucherState
from assay.market.channels.steps import Act, Step
from tests.fakes.payers import DOMAIN, Payer

LEASE_S = 10
PAYER = Payer(1)
CONFIG = PAYER.config()
CHANNEL = CONFIG.channel_id(DOMAIN)
WORKERS = st.sampled_from(["one", "two"])
AMOUNTS = st.integers(0, 40)


class BookLife(RuleBasedStateMachine):
    """A machine with a ledger of its own: what every call was charged, counted one by one."""

    orders = Bundle("orders")

    def make_book(self) -> Any:
        raise NotImplementedError

    @initialize(balance=st.integers(0, 300))
    def begin(self, balance: int) -> None:
        self.book = self.make_book()
        self.now_s, self.block = 1_000, 1
        self.chain = ChainState(balance, 0, 0, 0, 0, 1)
        self.most_held = balance
        self.reserved: dict[tuple[int, Digest], int] = {}
        self.charged: dict[tuple[int, Digest], int] = {}
        self.open: set[tuple[int, Digest]] = set()
        self.book.note_chain(CONFIG, CHANNEL, self.chain)

    @rule(target=orders, sums=st.integers(1, 320), price=AMOUNTS, request=st.integers(0, 2))
    def order(self, sums: int, price: int, request: int) -> Any:
        voucher = replace(PAYER.pay(1).voucher, max_claimable=sums, signature=b"%d" % sums)
        digest = voucher.digest(DOMAIN)
        return multiple(Order(voucher, digest, Digest(bytes([request]) * 32), price))

    @rule(order=orders, worker=WORKERS)
    def reserve(self, order: Order, worker: str) -> None:
        judged = self.take(Step(Act.RESERVE, order), worker)
        if judged.change is Change.PUT and judged.entry.state is VoucherState.RESERVED:
            self.reserved[self.name(judged.entry)] = order.price

    @rule(order=orders, worker=WORKERS, part=st.integers(0, 4), openly=st.booleans())
    def charge(self, order: Order, worker: str, part: int, openly: bool) -> None:
        before = self.book.find_voucher(CHANNEL, order.voucher.max_claimable)
        most = order.price if before is None or before.request != order.request else before.amount
        amount = most * part // 4
        judged = self.take(Step(Act.CHARGE, order, Charge(amount, openly)), worker)
        if judged.change is not Change.PUT:
            return
        name = self.name(judged.entry)
        if name in self.charged:
            assert name in self.open, "what is charged for good is never charged again"
            assert judged.entry.amount <= self.charged[name]
            self.open.discard(name)
        elif openly:
            self.open.add(name)
        self.charged[name] = judged.entry.amount
        self.reserved.pop(name, None)

    @rule(order=orders, worker=WORKERS)
    def release(self, order: Order, worker: str) -> None:
        self.take(Step(Act.RELEASE, order), worker)

    @rule(order=orders, worker=WORKERS)
    def renew(self, order: Order, worker: str) -> None:
        self.take(Step(Act.RENEW, order), worker)

    @rule(seconds=st.sampled_from([1, 5, LEASE_S + 1]))
    def time_passes(self, seconds: int) -> None:
        self.now_s += seconds

    @rule(amount=st.integers(1, 200))
    def payer_deposits(self, amount: int) -> None:
        self.note(balance=self.chain.balance + amount)

    @rule(amount=st.integers(0, 400))
    def payer_announces_a_withdrawal(self, amount: int) -> None:
        self.note(withdrawal=min(amount, self.chain.balance - self.chain.claimed))

    @rule()
    def provider_claims(self) -> None:
        channel = self.book.find(CHANNEL)
        total = min(channel.charged - channel.open, channel.signed, self.chain.balance)
        self.note(claimed=max(self.chain.claimed, total))

    @invariant()
    def the_sums_are_those_of_the_calls(self) -> None:
        if not hasattr(self, "book"):
            return
        channel = self.book.find(CHANNEL)
        assert channel.charged == sum(self.charged.values())
        assert channel.open == sum(self.charged[name] for name in self.open)
        live = {
            name: amount
            for name, amount in self.reserved.items()
            if (entry := self.book.find_voucher(CHANNEL, name[0])) is not None
            and entry.state is VoucherState.RESERVED
            and entry.request == name[1]
        }
        assert channel.reserved == sum(live.values())
        assert channel.chain.claimed <= channel.charged - channel.open
        assert channel.charged + channel.reserved <= channel.signed <= self.most_held

    @invariant()
    def a_voucher_pays_for_one_request(self) -> None:
        if hasattr(self, "book"):
            sums = [name[0] for name in self.charged]
            assert len(sums) == len(set(sums))

    def take(self, step: Step, worker: str) -> Judged:
        who = Worker(worker, self.now_s, self.now_s + LEASE_S)
        (judged,) = self.book.apply([step], who)
        return judged

    def note(self, **changes: int) -> None:
        self.block += 1
        self.chain = replace(self.chain, block=self.block, **changes)
        self.most_held = max(self.most_held, self.chain.balance)
        self.book.note_chain(CONFIG, CHANNEL, self.chain)

    @staticmethod
    def name(entry: VoucherEntry) -> tuple[int, Digest]:
        return entry.max_claimable, entry.request
