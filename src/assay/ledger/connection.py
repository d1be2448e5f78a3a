"""Connections to the database: how SQLite is set up, and what its failures are called.

On SQLite every transaction is durable when it is committed: the tables hold payments beside the
index, so `synchronous` is FULL (WAL with NORMAL would lose the last commits when the power goes).
A writing transaction takes the write lock at once (BEGIN IMMEDIATE), because one that reads first
and writes later fails with "database is locked" when another writer came between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import Pool, StaticPool

from assay.errors import AssayError, InputError
from assay.ledger.errors import DatabaseDamagedError, DatabaseUnavailableError

BUSY_TIMEOUT_S = 30.0


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection in one consistent snapshot that only reads."""
    with engine.connect().execution_options(assay_reading=True) as connection:
        yield connection


def connect(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine without a look at the schema; `open_database` is the one to call."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite_engine(parsed, foreign_keys=foreign_keys)
        else:
            engine = create_engine(parsed, pool_pre_ping=True)
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
    event.listen(engine, "handle_error", _translate)
    return engine


def url_for_people(url: URL) -> str:
    """The path of a SQLite file; any other URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


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
    pool: type[Pool] | None = StaticPool if in_memory else None
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S}, poolclass=pool)

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


_HINTS = (
    ("locked", "is locked by another program", "Wait for it, or stop the other program."),
    ("full", "cannot grow: the disk is full", "Free some space and run the command again."),
    ("readonly", "is read-only", "Give yourself the right to write the file and its folder."),
    ("unable to open", "cannot be opened", "Check that its folder exists and may be written."),
)


def _translate(context: ExceptionContext) -> None:
    """Raise our error for what the database, its disk or its server did; leave the rest alone.

    A violated constraint is no such thing: it stays SQLAlchemy's IntegrityError, which areas catch
    to find that a row is there already.
    """
    original = context.original_exception
    text = str(original)
    database = url_for_people(context.engine.url) if context.engine else "in use"
    if isinstance(original, AssayError):
        return
    if "malformed" in text or "not a database" in text:
        raise DatabaseDamagedError(database, text) from None
    if not isinstance(context.sqlalchemy_exception, OperationalError):
        return
    for word, reason, hint in _HINTS:
        if word in text:
            raise DatabaseUnavailableError(database, reason, hint=hint) from None
    if context.connection is None or context.is_disconnect:
        raise DatabaseUnavailableError(
            database,
            f"does not answer ({text.strip().splitlines()[0]})",
            hint="Start the database server, or correct ASSAY_DATABASE_URL.",
        ) from None
