"""One SQL database for the whole of Assay: SQLite in a file, or Postgres by URL.

>>> engine = open_database("sqlite://")
>>> with reading(engine) as connection:
...     connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one()
0

Areas declare their tables on `metadata` in their `stored.py` and create them in a migration (see
`migrations/README.md`). `engine.begin()` opens a transaction that may write and is durable when it
ends; `reading(engine)` opens one that only reads and never waits for a writer.
"""

from __future__ import annotations

from sqlalchemy import Engine, MetaData

from assay.ledger.connection import connect, reading
from assay.ledger.migration import is_current, upgrade

__all__ = ["metadata", "open_database", "reading"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def open_database(url: str) -> Engine:
    """Connect, create or migrate the tables where needed, and hand out the engine.

    Any number of processes may open the same database at once; one of them migrates.

    Raises:
        InputError: `url` is not a database URL.
        DatabaseUnavailableError: no such folder or server, locked, read-only, disk full.
        DatabaseNewerError: written by a newer Assay.
        DatabaseDamagedError: the file is no database or is broken.
    """
    engine = connect(url)
    try:
        if not is_current(engine):
            upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
