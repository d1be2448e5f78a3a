"""What a node has spent of a task's privacy: one SQLite file, synced before a training begins.

    ledger = SqliteLedger(home / "training" / "task-1" / "privacy.sqlite")

Lines are only ever added. Two processes of one node can't both take the last of a budget: what is
allowed is decided while the file is locked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assay.training.privacy.accounting import Mechanism, Spent
from assay.training.privacy.errors import PrivacyLedgerDamaged

_TABLE = """
CREATE TABLE IF NOT EXISTS spent (
    number INTEGER PRIMARY KEY AUTOINCREMENT, round INTEGER NOT NULL,
    noise REAL NOT NULL, sample_rate REAL NOT NULL, steps INTEGER NOT NULL
)
"""
_LOCK_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class SqliteLedger:
    """The `PrivacyLedger` of one node in one task; only its owner can read it.

    Raises:
        PrivacyLedgerDamaged: by every method, where the file can't be used.
    """

    path: Path

    def spent(self) -> Sequence[Spent]:
        """See `PrivacyLedger.spent`."""
        with self._open() as connection:
            return _all(connection)

    def add(self, spent: Spent, allow: Callable[[Sequence[Spent]], None]) -> None:
        """See `PrivacyLedger.add`."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            allow(_all(connection))
            one = spent.mechanism
            connection.execute(
                "INSERT INTO spent (round, noise, sample_rate, steps) VALUES (?, ?, ?, ?)",
                (spent.round, one.noise, one.sample_rate, one.steps),
            )
            connection.execute("COMMIT")

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)
            opened = sqlite3.connect(self.path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
            with closing(opened) as connection:
                connection.execute("PRAGMA synchronous = EXTRA")  # the journal's folder as well
                connection.execute(_TABLE)
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise PrivacyLedgerDamaged(self.path, str(error)[:200]) from None


def _all(connection: sqlite3.Connection) -> list[Spent]:
    rows = connection.execute(
        "SELECT round, noise, sample_rate, steps FROM spent ORDER BY number"
    ).fetchall()
    return [Spent(round_, Mechanism(noise, rate, steps)) for round_, noise, rate, steps in rows]
