"""The book of channels in SQL, held against one in plain dictionaries; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, delete, select

from assay.core.digest import Digest
from assay.ledger.database import open_database, reading
from assay.market.channels.account import Change, Charge, Judged, Order, Worker
from assay.market.channels.model import ChainState, Shortfall, VoucherState
from assay.market.channels.steps import Act, Step
from assay.market.channels.stored import SqlChannelBook
from assay.market.channels.tables import channels, unclaimed, vouchers
from assay.market.errors import CallerLeft
from tests.fakes.payers import DOMAIN, Payer
from tests.fakes.plain_book import PlainBook
from tests.unit.market.channels.book_life import BookLife

ME = Worker("me", 100, 110)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def book(engine: Engine) -> Iterator[SqlChannelBook]:
    book = SqlChannelBook(engine)
    yield book
    book.close()


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (unclaimed, vouchers, channels):
            connection.execute(delete(table))


def order(
    max_claimable: int,
    price: int = 10,
    *,
    payer: int = 1,
    request: int = 1,
    name: str | None = None,
) -> Order:
    voucher = Payer(payer).pay(max_claimable).voucher
    digest = voucher.digest(DOMAIN)
    return Order(voucher, digest, Digest(bytes([request]) * 32), price, name)


def fund(book: SqlChannelBook | PlainBook, *payers: int, balance: int = 1_000) -> None:
    for number in payers:
        config = Payer(number).config()
        state = ChainState(balance, 0, 0, 0, 0, 1)
        book.note_chain(config, config.channel_id(DOMAIN), state)


def test_the_book_lives_through_every_order_of_events(engine: Engine, book: SqlChannelBook) -> None:
    class SqlLife(BookLife):
        def make_book(self) -> SqlChannelBook:
            empty(engine)
            return book

    run_state_machine_as_test(
        SqlLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


STEPS = st.tuples(
    st.sampled_from(list(Act)),
    st.integers(1, 3),  # payer
    st.integers(1, 6),  # sum, in prices
    st.integers(1, 2),  # request
    st.booleans(),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=st.lists(st.lists(STEPS, min_size=1, max_size=12), max_size=6))
def test_steps_of_one_transaction_are_as_if_taken_one_by_one(
    engine: Engine, book: SqlChannelBook, batches: list[list[tuple[Act, int, int, int, bool]]]
) -> None:
    empty(engine)
    plain = PlainBook()
    for each in (book, plain):
        fund(each, 1, 2, balance=40)

    for number, batch in enumerate(batches):
        steps = [
            Step(act, order(10 * sums, payer=payer, request=request), Charge(10, openly))
            for act, payer, sums, request, openly in batch
        ]
        worker = Worker("me" if number % 2 else "other", 100 + 6 * number, 110 + 6 * number)
        got, wanted = book.apply(steps, worker), plain.apply(steps, worker)

        assert [summary(each) for each in got] == [summary(each) for each in wanted]
    for payer in (1, 2):
        channel = Payer(payer).config().channel_id(DOMAIN)
        assert sums(book.find(channel)) == sums(plain.find(channel))


def summary(judged: object) -> object:
    assert isinstance(judged, Judged)
    entry = judged.entry
    if entry is None or judged.lacks:
        return judged.lacks, judged.change
    return judged.lacks, judged.change, entry.state, entry.amount, entry.worker, entry.expires_at


def sums(channel: object) -> object:
    return replace(channel, chain=replace(channel.chain, block=0))  # type: ignore[attr-defined,type-var]


def test_what_a_note_raises_undoes_its_step_and_no_other(
    engine: Engine, book: SqlChannelBook
) -> None:
    fund(book, 1, 2, 3)

    def leave(within: object, judged: Judged) -> None:
        book_channels = select(channels.c.channel_id)
        assert within.execute(book_channels).all()  # type: ignore[attr-defined]
        raise CallerLeft

    charge = Charge(10)
    first, broken, last = book.apply(
        [
            Step(Act.CHARGE, order(10, payer=1), charge),
            Step(Act.CHARGE, order(10, payer=2), charge, leave),
            Step(Act.CHARGE, order(10, payer=3), charge),
        ],
        ME,
    )

    assert isinstance(broken, CallerLeft)
    assert isinstance(first, Judged)
    assert isinstance(last, Judged)
    charged = [
        found.charged
        for payer in (1, 2, 3)
        if (found := book.find(Payer(payer).config().channel_id(DOMAIN)))
    ]
    assert charged == [10, 0, 10]


def test_a_repeated_identifier_finds_the_call_that_came_with_it(book: SqlChannelBook) -> None:
    fund(book, 1)
    first = book.apply([Step(Act.CHARGE, order(10, name="a" * 16), Charge(10, response=b"!"))], ME)

    (same,) = book.apply([Step(Act.RESERVE, order(20, name="a" * 16))], ME)
    (other,) = book.apply([Step(Act.RESERVE, order(20, request=2, name="a" * 16))], ME)
    (unnamed,) = book.apply([Step(Act.RESERVE, order(20))], ME)

    assert isinstance(first[0], Judged)
    assert isinstance(same, Judged)
    assert same.entry is not None
    assert (same.entry.max_claimable, same.entry.response, same.lacks) == (10, b"!", None)
    assert isinstance(other, Judged)
    assert other.lacks is Shortfall.SIGNED
    assert isinstance(unnamed, Judged)
    assert unnamed.change is Change.PUT


def test_an_identifier_passes_from_a_dead_reservation_to_a_new_voucher(
    book: SqlChannelBook,
) -> None:
    fund(book, 1)
    book.apply([Step(Act.RESERVE, order(10, name="a" * 16))], ME)
    later = Worker("other", 200, 210)

    (judged,) = book.apply([Step(Act.RESERVE, order(20, name="a" * 16))], later)

    channel = book.find(Payer(1).config().channel_id(DOMAIN))
    assert isinstance(judged, Judged)
    assert judged.lacks is None
    assert channel is not None
    assert channel.reserved == 10
    assert book.find_voucher(channel.id, 10) is None


def test_what_the_chain_says_is_kept_newest_last(book: SqlChannelBook) -> None:
    config = Payer(1).config()
    channel = config.channel_id(DOMAIN)
    book.note_chain(config, channel, ChainState(100, 0, 0, 0, 0, 5))

    stale = book.note_chain(config, channel, ChainState(50, 0, 0, 0, 0, 4))
    newer = book.note_chain(config, channel, ChainState(200, 30, 20, 7, 1, 6))

    assert stale.chain.balance == 100
    assert newer.chain == ChainState(200, 30, 20, 7, 1, 6)
    assert newer.charged == 30, "a book that was lost begins with what was claimed"


def test_a_refund_is_held_until_the_chain_has_made_it(book: SqlChannelBook) -> None:
    fund(book, 1, balance=100)
    channel = Payer(1).config().channel_id(DOMAIN)
    book.apply([Step(Act.CHARGE, order(10), Charge(10))], ME)

    held = book.hold_refund(channel, None)
    again = book.hold_refund(channel, 5)
    (refused,) = book.apply([Step(Act.RESERVE, order(20))], ME)
    made = book.note_chain(Payer(1).config(), channel, ChainState(10, 10, 0, 0, 1, 2))

    assert (held.refunding, again.refunding) == (90, 90)
    assert isinstance(refused, Judged)
    assert refused.lacks is Shortfall.BALANCE
    assert (made.refunding, made.spendable) == (0, 10)


def test_a_reservation_is_gone_from_the_table_once_it_is_released(
    engine: Engine, book: SqlChannelBook
) -> None:
    fund(book, 1)
    reserved, released = (
        book.apply([Step(act, order(10))], ME)[0] for act in (Act.RESERVE, Act.RELEASE)
    )

    assert isinstance(reserved, Judged)
    assert isinstance(released, Judged)
    with reading(engine) as connection:
        assert connection.execute(select(vouchers)).all() == []
    channel = book.find(Payer(1).config().channel_id(DOMAIN))
    assert channel is not None
    assert (channel.reserved, channel.signed) == (0, 10)


def test_small_steps_are_taken_at_once_unless_another_is_writing(
    engine: Engine, book: SqlChannelBook
) -> None:
    if engine.dialect.name != "sqlite":
        assert book.apply_at_once([Step(Act.RESERVE, order(10))], ME) is None
        return
    fund(book, 1)
    with engine.begin():
        assert book.apply_at_once([Step(Act.RESERVE, order(10))], ME) is None

    outcomes = book.apply_at_once([Step(Act.RESERVE, order(10))], ME)

    assert outcomes is not None
    assert isinstance(outcomes[0], Judged)
    entry = book.find_voucher(order(10).voucher.channel, 10)
    assert entry is not None
    assert entry.state is VoucherState.RESERVED
