"""Connections to the database: how SQLite and Postgres are set up.

Every transaction is durable when it is committed: the tables hold payments beside the index. On
SQLite `synchronous` is FULL for that (WAL with NORMAL would lose the last commits when the power
goes), and a writing transaction takes the write lock at once (BEGIN IMMEDIATE), because one that
reads first and writes later fails with "database is locked" when another writer came between.

On Postgres writers work side by side, in READ COMMITTED: who reads a row to write it locks it with
`.with_for_update()`, which SQLite passes over because its writer is alone. Readers have one
snapshot on both (REPEATABLE READ).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from assay.errors import InputError
from assay.ledger.errors import DatabaseUnavailableError
from assay.ledger.faults import translate, url_for_people

BUSY_TIMEOUT_S = 30.0
_CONNECT_TIMEOUT_S = 10
_SILENCE_TIMEOUT_S = 30.0
_ABANDONED_AFTER_S = 120.0
# A thread holds one connection at a time: threads are the limit, and none waits for another's.
_NO_LIMIT = -1
_POSTGRES_NAMES = ("postgres", "postgresql")
_SQLITE_READING = {"assay_reading": True}
_POSTGRES_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection in one consistent snapshot that only reads."""
    options = _SQLITE_READING if engine.dialect.name == "sqlite" else _POSTGRES_READING
    with engine.connect().execution_options(**options) as connection:
        yield connection


def connect(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine without a look at the schema; `open_database` is the one to call."""
    try:
        parsed = make_url(url)
        if parsed.drivername in _POSTGRES_NAMES:
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite_engine(parsed, foreign_keys=foreign_keys)
        else:
            engine = _server_engine(parsed)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise InputError(
            f"The database URL is not usable: {error}.",
            hint="Write sqlite:////path/to/file.db or postgresql+psycopg://user@host/name.",
        ) from None
    except ModuleNotFoundError as error:
        raise DatabaseUnavailableError(
            url_for_people(make_url(url)),
            f"needs the Python package {error.name}",
            hint=f"Install it: pip install {error.name}",
        ) from None
    event.listen(engine, "handle_error", translate)
    return engine


def _server_engine(url: URL) -> Engine:
    """An engine that notices a dead server, and that no other program can hold up for ever."""
    options: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        limits = {
            "lock_timeout": BUSY_TIMEOUT_S,
            "idle_in_transaction_session_timeout": _ABANDONED_AFTER_S,
        }
        settings = " ".join(f"-c {name}={int(value * 1000)}" for name, value in limits.items())
        options = {
            "connect_timeout": _CONNECT_TIMEOUT_S,
            "tcp_user_timeout": int(_SILENCE_TIMEOUT_S * 1000),
            **url.query,
            "options": f"{settings} {url.query.get('options', '')}".strip(),
        }
    return create_engine(url, connect_args=options, pool_pre_ping=True, max_overflow=_NO_LIMIT)


def _sqlite_engine(url: URL, *, foreign_keys: bool) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        folder = Path(str(url.database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailableError(
                str(url.database),
                f"has no folder, and none can be made ({error.strerror})",
                hint="Set ASSAY_HOME to a folder that you may write.",
            ) from None
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"max_overflow": _NO_LIMIT}
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S}, **pool)

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing: `begin` below does
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    def begin(connection: Connection) -> None:
        only_reads = connection.get_execution_options().get("assay_reading", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine
