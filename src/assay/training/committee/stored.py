"""A validator's journal: one SQLite file that is synced to the disk before anything is sent.

    with SqliteJournal(folder / "task-7.sqlite", domain, account.address) as journal:
        replica = Replica(..., saved=journal.load())

It is a file of its own, not a part of the index: the index can be deleted and made again, this
cannot. The file is locked as long as it is open, since two processes of one validator would be a
faulty validator, and it refuses a second vote in one round and view whatever asks for it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from assay.core.address import Address
from assay.errors import AssayError
from assay.training.committee.effects import (
    Accuse,
    Effect,
    ForgetBefore,
    SaveCertificate,
    Saved,
    SaveRound,
    SaveVote,
)
from assay.training.committee.encoding import decode, encode
from assay.training.committee.errors import (
    JournalBusy,
    JournalDamaged,
    JournalNotWritten,
    MessageRejected,
    VoteForbidden,
)
from assay.training.committee.messages import Commit, Equivocation, Message
from assay.training.committee.model import Certificate, result_digest
from assay.training.committee.signing import Domain

_TABLES = """
CREATE TABLE IF NOT EXISTS owner (identity TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS rounds (round INTEGER PRIMARY KEY, standing BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS votes (
    round INTEGER, view INTEGER, result TEXT NOT NULL, PRIMARY KEY (round, view)
);
CREATE TABLE IF NOT EXISTS certificates (round INTEGER PRIMARY KEY, certificate BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS evidence (
    round INTEGER, sender TEXT, first BLOB NOT NULL, second BLOB NOT NULL,
    PRIMARY KEY (round, sender)
);
"""
_LOCK_TIMEOUT_S = 1.0  # a predecessor may be about to end

T = TypeVar("T")


class SqliteJournal:
    """The `Journal` port on a disk; may be used by several threads of one process."""

    def __init__(self, path: Path, domain: Domain, validator: Address) -> None:
        """Open the file or make it.

        Raises:
            JournalBusy: another process has it open.
            JournalDamaged: it is no journal, or another validator's, task's or chain's.
            JournalNotWritten: the folder is not writable.
        """
        self.path = path
        self._task = domain.task
        self._alone = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=_LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.OperationalError) as error:
            raise JournalNotWritten(path, str(error)) from None
        try:
            self._guarded(self._prepare)
            self._claim(f"{domain.chain_id} {domain.tasks} {domain.task} {validator}")
        except AssayError:
            self._connection.close()
            raise

    def save(self, effects: Sequence[Effect]) -> None:
        """See `Journal`."""
        with self._alone:
            self._guarded(lambda: self._save(effects))

    def load(self) -> list[Saved]:
        """See `Journal`.

        Raises:
            JournalDamaged: it cannot be read.
        """
        with self._alone:
            certificates = self._rows("SELECT certificate FROM certificates ORDER BY round")
            rounds = self._rows("SELECT round, standing FROM rounds ORDER BY round")
        decided = [SaveCertificate(self._certificate(data)) for (data,) in certificates]
        return [*decided, *(SaveRound(round_, data) for round_, data in rounds)]

    def certificate(self, round_: int) -> Certificate | None:
        """See `Journal`."""
        query = "SELECT certificate FROM certificates WHERE round = ?"
        with self._alone:
            found = self._rows(query, round_)
        return self._certificate(found[0][0]) if found else None

    def evidence(self) -> list[Equivocation]:
        """All votes that contradict each other, by round."""
        with self._alone:
            found = self._rows("SELECT first, second FROM evidence ORDER BY round, sender")
        return [self._equivocation(first, second) for first, second in found]

    def close(self) -> None:
        """Let another process have it, once what is being saved is on the disk."""
        with self._alone:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self) -> None:
        for setting in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")

    def _claim(self, identity: str) -> None:
        owners = self._rows("SELECT identity FROM owner")
        if not owners:
            with self._alone:
                self._guarded(
                    lambda: self._connection.execute("INSERT INTO owner VALUES (?)", [identity])
                )
        elif owners != [(identity,)]:
            raise JournalDamaged(self.path, f"it belongs to {owners[0][0]}, not to {identity}")

    def _save(self, effects: Sequence[Effect]) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            for effect in effects:
                self._save_one(effect)
            run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                run("ROLLBACK")
            raise

    def _save_one(self, effect: Effect) -> None:
        run = self._connection.execute
        match effect:
            case SaveRound(round=round_, data=data):
                run("INSERT OR REPLACE INTO rounds VALUES (?, ?)", [round_, data])
            case SaveVote(result=result, view=view):
                voted = [result.round, view, result_digest(result).hex]
                run("INSERT OR IGNORE INTO votes VALUES (?, ?, ?)", voted)
                query = "SELECT result FROM votes WHERE round = ? AND view = ?"
                if run(query, voted[:2]).fetchone() != (voted[2],):
                    raise VoteForbidden(result.round, view)
            case SaveCertificate(certificate=one):
                data = encode(self._task, one)
                run("INSERT OR REPLACE INTO certificates VALUES (?, ?)", [one.round, data])
                run("DELETE FROM rounds WHERE round <= ?", [one.round])
            case ForgetBefore(round=round_):
                run("DELETE FROM certificates WHERE round < ?", [round_])
                run("DELETE FROM votes WHERE round < ?", [round_])
            case Accuse(evidence=evidence):
                votes = [encode(self._task, vote) for vote in (evidence.first, evidence.second)]
                at = [evidence.first.round, evidence.sender]
                run("INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?)", [*at, *votes])

    def _certificate(self, data: bytes) -> Certificate:
        found = self._message(data)
        if not isinstance(found, Certificate):
            raise JournalDamaged(self.path, "a certificate in it is none")
        return found

    def _equivocation(self, *votes: bytes) -> Equivocation:
        first, second = map(self._message, votes)
        if not isinstance(first, Commit) or not isinstance(second, Commit):
            raise JournalDamaged(self.path, "a vote in it is none")
        return Equivocation(first, second)

    def _message(self, data: bytes) -> Message:
        try:
            return decode(self._task, data)
        except MessageRejected as error:
            raise JournalDamaged(self.path, error.reason) from None

    def _rows(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        return self._guarded(lambda: self._connection.execute(query, values).fetchall())

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise JournalBusy(self.path) from None
            raise JournalNotWritten(self.path, str(error)) from None
        except sqlite3.DatabaseError as error:
            raise JournalDamaged(self.path, str(error)) from None
