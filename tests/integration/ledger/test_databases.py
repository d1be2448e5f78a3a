"""What every area relies on, whichever database it is; and what a Postgres does when it dies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError

from assay.ledger import connection as connection_module
from assay.ledger.connection import connect
from assay.ledger.database import open_database, reading
from assay.ledger.errors import DatabaseUnavailableError
from tests.database_servers import PostgresServer, ServerMissing
from tests.databases import unavailable

purses = Table(
    "purses",
    MetaData(),
    Column("owner", String(80), primary_key=True),
    Column("units", Integer, nullable=False),
)
UNITS = select(purses.c.units).order_by(purses.c.owner)


def with_purses(url: str) -> Engine:
    engine = open_database(url)
    with engine.begin() as connection:
        purses.create(connection, checkfirst=True)
        connection.execute(insert(purses), [{"owner": "a", "units": 10}])
    return engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = with_purses(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    """A server of the test's own, to be killed."""
    try:
        server = PostgresServer()
    except ServerMissing as missing:
        unavailable(str(missing))
    server.start()
    yield server
    server.stop()
    server.remove()


def in_threads(number: int, work: Callable[[], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads


def test_a_reader_sees_one_snapshot_while_another_writes(engine: Engine) -> None:
    with reading(engine) as reader:
        before = reader.execute(UNITS).scalar_one()
        with engine.begin() as writer:
            writer.execute(update(purses).values(units=11))
        after = reader.execute(UNITS).scalar_one()

    with reading(engine) as reader:
        later = reader.execute(UNITS).scalar_one()
    assert (before, after, later) == (10, 10, 11)


def test_a_connection_that_has_read_may_write_when_it_is_used_again(engine: Engine) -> None:
    for units in range(5):
        with reading(engine) as reader:
            reader.execute(UNITS).scalar_one()
        with engine.begin() as writer:
            writer.execute(update(purses).values(units=units))

    with reading(engine) as reader:
        assert reader.execute(UNITS).scalar_one() == 4


def test_writers_that_lock_what_they_read_queue_up_and_lose_nothing(engine: Engine) -> None:
    def spend() -> None:
        for _ in range(20):
            with engine.begin() as connection:
                units = connection.execute(UNITS.with_for_update()).scalar_one()
                connection.execute(update(purses).values(units=units + 1))

    for thread in in_threads(4, spend):
        thread.join()

    with reading(engine) as connection:
        assert connection.execute(UNITS).scalar_one() == 90


def test_more_threads_than_the_pool_keeps_connections_do_not_wait_for_each_other(
    engine: Engine,
) -> None:
    inside = threading.Barrier(25)

    def read() -> None:
        with reading(engine) as connection:
            connection.execute(UNITS).scalar_one()
            inside.wait(20)

    for thread in in_threads(25, read):
        thread.join()

    assert not inside.broken


def test_a_transaction_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:  # noqa: PT012
        connection.execute(insert(purses).values(owner="b", units=1))
        connection.execute(insert(purses).values(owner="a", units=1))

    with reading(engine) as connection:
        assert connection.execute(UNITS).scalars().all() == [10]


def test_our_own_mistakes_in_sql_are_not_dressed_up_as_trouble_with_the_server(
    engine: Engine,
) -> None:
    with pytest.raises(ProgrammingError), engine.begin() as connection:
        connection.execute(text("SELECT 1; SELECT :two"), {"two": 2})


def test_a_row_that_another_keeps_locked_is_waited_for_within_a_bound(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = with_purses(postgres_url)
    monkeypatch.setattr(connection_module, "BUSY_TIMEOUT_S", 0.1)
    impatient = connect(postgres_url)

    with engine.begin() as keeper:
        keeper.execute(UNITS.with_for_update())
        with pytest.raises(DatabaseUnavailableError, match="locked"), impatient.begin() as other:
            other.execute(update(purses).values(units=0))

    engine.dispose()
    impatient.dispose()


def test_of_two_writers_in_each_others_way_one_is_told_to_ask_again(postgres_url: str) -> None:
    engine = with_purses(postgres_url)
    with engine.begin() as connection:
        connection.execute(insert(purses).values(owner="b", units=1))
    both_hold_one = threading.Barrier(2)
    refused: list[DatabaseUnavailableError] = []

    def write(first: str, second: str) -> None:
        try:
            with engine.begin() as connection:
                connection.execute(update(purses).where(purses.c.owner == first).values(units=5))
                both_hold_one.wait(10)
                connection.execute(update(purses).where(purses.c.owner == second).values(units=6))
        except DatabaseUnavailableError as error:
            refused.append(error)

    threads = [threading.Thread(target=write, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["gave up" in str(error) for error in refused] == [True]
    with reading(engine) as connection:
        assert sorted(connection.execute(UNITS).scalars()) == [5, 6]
    engine.dispose()


def test_a_postgres_that_was_killed_is_named_and_used_again_when_it_is_back(
    postgres: PostgresServer,
) -> None:
    engine = with_purses(postgres.url)
    with engine.connect() as open_before:
        open_before.execute(UNITS).scalar_one()
        postgres.kill()

        with pytest.raises(DatabaseUnavailableError, match="does not answer"):
            open_before.execute(UNITS)
    with pytest.raises(DatabaseUnavailableError, match="does not answer"), engine.begin():
        pass
    postgres.start()

    with engine.begin() as connection:
        connection.execute(update(purses).values(units=purses.c.units + 1))
    with reading(engine) as connection:
        assert connection.execute(UNITS).scalars().all() == [11]
    engine.dispose()


def test_a_plain_postgres_url_uses_the_driver_that_is_installed(postgres_url: str) -> None:
    engine = open_database(postgres_url.replace("postgresql+psycopg://", "postgres://"))

    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == 0
    engine.dispose()
