"""The sums of a channel, driven through every order of events."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings

from assay.core.digest import Digest
from assay.market.channels.account import Account, Change, Charge, Order, Worker
from assay.market.channels.model import ChainState, Channel, Shortfall, VoucherState
from tests.fakes.payers import DOMAIN, Payer
from tests.fakes.plain_book import PlainBook
from tests.unit.market.channels.book_life import CHANNEL, CONFIG, BookLife


class PlainLife(BookLife):
    def make_book(self) -> PlainBook:
        return PlainBook()


TestPlainLife = PlainLife.TestCase
TestPlainLife.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)

ME, OTHER = Worker("me", 100, 110), Worker("other", 100, 110)
LATER = Worker("other", 200, 210)


def order(max_claimable: int, price: int, request: int = 1) -> Order:
    voucher = Payer(1).pay(max_claimable).voucher
    return Order(voucher, voucher.digest(DOMAIN), Digest(bytes([request]) * 32), price)


def account(**sums: int) -> Account:
    chain = ChainState(1_000, 0, 0, 0, 0, 1)
    return Account(replace(Channel(CHANNEL, CONFIG, chain), **sums))


def test_what_is_set_aside_counts_until_it_is_charged() -> None:
    held = account()

    reserved = held.reserve(order(100, 60), None, ME)
    second = held.reserve(order(110, 60), None, ME)
    charged = held.charge(order(100, 60), reserved.entry, ME, Charge(60))

    assert second.lacks is Shortfall.BUSY
    assert charged.lacks is None
    assert (held.charged, held.reserved, held.signed) == (60, 0, 100)


def test_a_reserved_call_is_charged_whatever_other_vouchers_were_charged_since() -> None:
    held = account()
    first = held.reserve(order(60, 60), None, ME)
    second = held.reserve(order(120, 60), None, ME)
    held.charge(order(120, 60), second.entry, ME, Charge(60))

    charged = held.charge(order(60, 60), first.entry, ME, Charge(60))

    assert charged.lacks is None
    assert held.charged == 120


def test_a_call_of_a_worker_that_died_is_taken_over_by_the_same_voucher() -> None:
    held = account()
    entry = held.reserve(order(100, 60), None, ME).entry

    while_it_lives = held.reserve(order(100, 60, request=2), entry, OTHER)
    when_it_is_dead = held.reserve(order(100, 60, request=2), entry, LATER)

    assert while_it_lives.lacks is Shortfall.BUSY
    assert when_it_is_dead.lacks is None
    assert when_it_is_dead.entry is not None
    assert when_it_is_dead.entry.worker == "other"
    assert held.reserved == 60


def test_a_worker_that_lost_its_call_does_not_charge_for_it() -> None:
    held = account()
    lost = held.reserve(order(100, 60), None, ME).entry
    taken = held.reserve(order(100, 60), lost, LATER).entry

    late = held.charge(order(100, 60), taken, replace(ME, now_s=201), Charge(60))

    assert late.lacks is Shortfall.BUSY
    assert held.charged == 0


def test_an_open_charge_falls_and_is_then_fixed() -> None:
    held = account()
    entry = held.charge(order(100, 60), None, ME, Charge(60, open=True)).entry
    assert (held.charged, held.open) == (60, 60)

    ended = held.charge(order(100, 60), entry, ME, Charge(20))
    again = held.charge(order(100, 60), ended.entry, ME, Charge(10))

    assert ended.entry is not None
    assert (ended.entry.state, ended.entry.amount) == (VoucherState.CHARGED, 20)
    assert again.change is Change.NONE
    assert (held.charged, held.open) == (20, 0)


def test_an_announced_withdrawal_leaves_what_is_left_to_spend() -> None:
    chain = ChainState(1_000, 0, 900, 5, 0, 1)
    held = Account(Channel(CHANNEL, CONFIG, chain))

    assert held.reserve(order(101, 60), None, ME).lacks is Shortfall.BALANCE
    assert held.reserve(order(100, 60), None, ME).lacks is None


def test_what_is_being_refunded_is_not_spent() -> None:
    held = account(refunding=900)

    assert held.reserve(order(101, 60), None, ME).lacks is Shortfall.BALANCE
    assert held.reserve(order(100, 60), None, ME).lacks is None
