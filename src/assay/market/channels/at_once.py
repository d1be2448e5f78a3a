"""Small steps taken at once, in the thread that asks, when nothing has to be waited for.

    outcomes = at_once.take([Step(Act.RESERVE, order)], worker)     # None: it would have to wait

A thread that commits for all is best when many calls come together; for one call alone, handing a
reservation to that thread and back costs more than the reservation. Nothing here waits: neither
for a lock, nor for the disk, nor for a checkpoint.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine

from assay.errors import AssayError
from assay.market.channels.account import Judged, Worker
from assay.market.channels.posting import Posting
from assay.market.channels.rows import SqliteRows
from assay.market.channels.steps import Step

_LOCKED = ("database is locked", "database table is locked")
_NEVER_WAIT = ("busy_timeout = 0", "synchronous = NORMAL", "wal_autocheckpoint = 0")


class AtOnce:
    """Transactions on a connection of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows = SqliteRows()
        self._alone = threading.Lock()
        self._connection: Connection | None = None

    def take(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError] | None:
        """Take steps that charge nothing and have no notes, if nobody else is writing."""
        if not self._alone.acquire(blocking=False):
            return None
        try:
            return self._take(steps, worker)
        finally:
            self._alone.release()

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
            if str(error) in _LOCKED:
                return None
            self._drop()
            return None  # whoever waits for its turn gets to know what is wrong
        cursor = driver.cursor()
        try:
            posting = Posting(self._rows, cursor, worker)
            posting.open(steps)
            posting.find([step.order for step in steps])
            outcomes: list[Judged | AssayError] = [posting.take(step) for step in steps]
            posting.write()
            driver.commit()
        except errors.Error:
            self._drop()
            return None
        finally:
            cursor.close()
        return outcomes

    def _driver(self) -> Any:
        if self._connection is None:
            self._connection = self._engine.connect()
            driver: Any = self._connection.connection.driver_connection
            for setting in _NEVER_WAIT:
                driver.execute(f"PRAGMA {setting}")
        return self._connection.connection.driver_connection

    def _drop(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.invalidate()
            connection.close()
