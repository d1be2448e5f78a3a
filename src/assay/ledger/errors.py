"""What can go wrong between the chain and the database.

LedgerError
├── DatabaseUnavailableError  missing folder, wrong URL, locked, read-only, disk full  exit 3
├── DatabaseNewerError        written by a newer Assay                                exit 3
├── DatabaseDamagedError      not a database, or pages that contradict each other     exit 1
├── WrongChainError           the node speaks for another chain than the index        exit 3
├── UnstableChainError        the chain reorganised faster than it could be read      exit 3
└── UnknownSubjectError       nothing known answers to this name                      exit 2
"""

from __future__ import annotations

from assay.errors import InputError, IntegrityError, UnavailableError


class LedgerError(Exception):
    """Marks every error of this area; never raised itself."""


class DatabaseUnavailableError(UnavailableError, LedgerError):
    """The database cannot be opened, read or written right now."""

    def __init__(self, database: str, reason: str, *, hint: str) -> None:
        super().__init__(f"The database {database} {reason}.", hint=hint)
        self.database = database
        self.reason = reason


class DatabaseNewerError(UnavailableError, LedgerError):
    """The database carries a schema revision that this version does not know."""

    def __init__(self, database: str, found: str, newest_known: str) -> None:
        super().__init__(
            f"The database {database} has revision {found!r}; this Assay knows up to "
            f"{newest_known!r}.",
            hint="It was written by a newer Assay: upgrade this one, or name another database in "
            "ASSAY_DATABASE_URL.",
        )
        self.database = database
        self.found = found
        self.newest_known = newest_known


class DatabaseDamagedError(IntegrityError, LedgerError):
    """The database file is not one, or its pages are damaged."""

    def __init__(self, database: str, reason: str) -> None:
        super().__init__(
            f"The database {database} is damaged: {reason}.",
            hint="Stop Assay and move the file away with its -wal and -shm. The index of the chain "
            "is only an index: it is rebuilt at the next start. Call records that were not "
            "anchored yet exist nowhere else: save them with `sqlite3 FILE .recover`.",
        )
        self.database = database
        self.reason = reason


class WrongChainError(UnavailableError, LedgerError):
    """The index belongs to another chain than the node that was asked to extend it."""

    def __init__(self, *, indexed: str, given: str) -> None:
        super().__init__(
            f"The database holds an index of {indexed}, but the node serves {given}.",
            hint="Point ASSAY_RPC_URL at the node of the indexed chain, or give this chain its own "
            "ASSAY_HOME or ASSAY_DATABASE_URL.",
        )
        self.indexed = indexed
        self.given = given


class UnstableChainError(UnavailableError, LedgerError):
    """The node changed its mind about the same blocks on every attempt."""

    def __init__(self, first_block: int, last_block: int, attempts: int) -> None:
        super().__init__(
            f"Blocks {first_block} to {last_block} changed while they were read, "
            f"{attempts} times in a row.",
            hint="Run again when the node has settled; nothing was stored from these blocks.",
        )
        self.first_block = first_block
        self.last_block = last_block
        self.attempts = attempts


class UnknownSubjectError(InputError, LedgerError):
    """No source of lineage knows the subject of a trace."""

    http_status = 404

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"Nothing recorded answers to {subject[:100]!r}.",
            hint="Give a file, a CID, a digest, or an asset or content id that was published or "
            "minted on this chain; `assay asset list` shows what there is.",
        )
        self.subject = subject
