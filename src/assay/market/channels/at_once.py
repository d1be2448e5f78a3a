"""Transactions of SQLite in the thread that asks, which wait for nothing; not for the disk either.

    outcomes = at_once.take(steps, worker)     # None: another one is writing
    at_once.flush()                            # now what was charged is on the disk

A commit of SQLite in WAL mode appends to the log. With `synchronous = FULL` it then holds the lock
of writers until the disk has the log, and nobody can even set a price aside meanwhile. Here it does
not (`NORMAL`), and the log is flushed by whoever needs that: once for all commits before it.

Why that is as durable: the log is one file as long as a connection is open; SQLite flushes it
before it moves pages into the database, and its header when it begins it anew. Where it is gone, the
last connection has moved all of it. See https://sqlite.org/wal.html.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine

from assay.errors import AssayError
from assay.ledger.errors import DatabaseUnavailableError
from assay.market.channels.account import Judged, Worker
from assay.market.channels.posting import Posting
from assay.market.channels.rows import SqliteRows
from assay.market.channels.steps import Step

_LOCKED = ("database is locked", "database table is locked")
_NEVER_WAIT = ("busy_timeout = 0", "synchronous = NORMAL", "wal_autocheckpoint = 0")
_TEND_AFTER = 200  # transactions: about as many pages as SQLite itself lets gather
_LONGEST_LOG_PAGES = 50_000
_flush = getattr(os, "fdatasync", os.fsync)


class AtOnce:
    """Transactions on a connection of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows = SqliteRows()
        self._alone = threading.Lock()
        self._connection: Connection | None = None
        self._log = ""
        self._untended = 0

    def take(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError] | None:
        """Take steps without notes, if nobody else is writing; durable after `flush`."""
        if not self._alone.acquire(blocking=False):
            return None
        try:
            return self._take(steps, worker)
        finally:
            self._alone.release()

    def flush(self) -> None:
        """Have everything on the disk that any connection has committed so far.

        Raises:
            DatabaseUnavailableError: the disk fails; what is on it is not known.
        """
        if not self._log:
            return
        try:
            file = os.open(self._log, os.O_RDONLY)
        except FileNotFoundError:
            return
        try:
            _flush(file)
        except OSError as error:
            raise DatabaseUnavailableError(
                self._log,
                f"cannot be written to the disk ({error.strerror})",
                hint="Check the disk; repeat the request with the same payment.",
            ) from None
        finally:
            os.close(file)

    def tend(self) -> None:
        """Move the log into the database, now and then; the first two times in nobody's way."""
        if self._untended < _TEND_AFTER:
            return
        self._untended = 0
        with self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            for _ in range(2):
                _, logged, moved = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if logged == moved:
                    return
            if logged > _LONGEST_LOG_PAGES:
                driver.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()

    def close(self) -> None:
        """Close the connection for good: its settings are not the usual ones."""
        with self._alone:
            self._drop()

    def _take(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError] | None:
        driver = self._driver()
        errors = self._engine.dialect.loaded_dbapi
        try:
            driver.execute("BEGIN IMMEDIATE")
        except errors.OperationalError as error:
            if str(error) not in _LOCKED:
                self._drop()  # whoever waits for its turn gets to know what is wrong
            return None
        cursor = driver.cursor()
        try:
            posting = Posting(self._rows, cursor, worker)
            posting.open(steps)
            posting.find([step.order for step in steps])
            outcomes: list[Judged | AssayError] = [posting.take(step) for step in steps]
            posting.write()
            driver.commit()
        except errors.Error:  # undone, or perhaps done: taking the steps again is harmless
            self._drop()
            return None
        finally:
            cursor.close()
        self._untended += 1
        return outcomes

    def _driver(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.connect()
            driver: Any = self._connection.connection.driver_connection
            for setting in _NEVER_WAIT:
                driver.execute(f"PRAGMA {setting}")
            self._log = driver.execute("PRAGMA database_list").fetchone()[2] + "-wal"
        return self._connection.connection.driver_connection

    def _drop(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.invalidate()
            connection.close()
