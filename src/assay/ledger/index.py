"""The stored side of the index: how far it reaches, and its three changes, each one transaction.

Every change names the state that it was computed from and is dropped if another process has moved
on meanwhile, so any number of indexers may work on one database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assay.ledger.chain_ranges import BlockRange
from assay.ledger.database import reading
from assay.ledger.errors import WrongChainError
from assay.ledger.stored import blocks, checkpoint, events

NOTHING = -1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far the index reaches.

    Attributes:
        scope: digest of the contracts and events that it covers.
        block_number: the last block in it; -1 if none is.
        block_hash: of that block; empty if there is none.
    """

    chain_id: int
    genesis_hash: str
    scope: str
    block_number: int
    block_hash: str


class Index:
    """The tables `blocks`, `events` and `checkpoint` of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def checkpoint(self) -> Checkpoint | None:
        """How far the index reaches; None in a new database."""
        with reading(self._engine) as connection:
            return _read(connection)

    def open(self, *, chain_id: int, genesis_hash: str, scope: str) -> Checkpoint:
        """The checkpoint, on the chain and for the contracts given.

        An index of other contracts, or of other events of them, is emptied, to be read again.

        Raises:
            WrongChainError: it is an index of another chain.
        """
        found = self.checkpoint() or self._begin(
            Checkpoint(chain_id, genesis_hash, scope, NOTHING, "")
        )
        if (found.chain_id, found.genesis_hash) != (chain_id, genesis_hash):
            raise WrongChainError(
                indexed=_chain(found.chain_id, found.genesis_hash),
                given=_chain(chain_id, genesis_hash),
            )
        if found.scope == scope:
            return found
        empty = replace(found, scope=scope, block_number=NOTHING, block_hash="")
        with self._engine.begin() as connection:
            if _read(connection, lock=True) == found:
                connection.execute(delete(events))
                connection.execute(delete(blocks))
                _write(connection, empty)
        return self.open(chain_id=chain_id, genesis_hash=genesis_hash, scope=scope)

    def extend(self, expected: Checkpoint, read: BlockRange) -> bool:
        """Add a range's blocks and events and move the checkpoint to its end.

        Returns:
            False, with nothing done, if the checkpoint was no longer the expected one.
        """
        with self._engine.begin() as connection:
            if _read(connection, lock=True) != expected:
                return False
            connection.execute(insert(blocks), read.blocks)
            if read.events:
                connection.execute(insert(events), read.events)
            _write(connection, replace(expected, block_number=read.last))
        return True

    def roll_back(self, expected: Checkpoint, ancestor: int) -> bool:
        """Drop all blocks after `ancestor`, with their events; `ancestor` is kept or NOTHING.

        Returns:
            False, with nothing done, if the checkpoint was no longer the expected one.
        """
        with self._engine.begin() as connection:
            if _read(connection, lock=True) != expected:
                return False
            connection.execute(delete(events).where(events.c.block_number > ancestor))
            connection.execute(delete(blocks).where(blocks.c.number > ancestor))
            _write(connection, replace(expected, block_number=ancestor))
        return True

    def kept_blocks(self) -> list[tuple[int, str]]:
        """Number and hash of every kept block, ascending."""
        query = select(blocks.c.number, blocks.c.hash).order_by(blocks.c.number)
        with reading(self._engine) as connection:
            return [(row.number, row.hash) for row in connection.execute(query)]

    def _begin(self, first: Checkpoint) -> Checkpoint:
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(checkpoint).values(id=1, **_columns(first)))
        except IntegrityError:  # another process was first
            pass
        return self.checkpoint() or first


def _read(connection: Connection, *, lock: bool = False) -> Checkpoint | None:
    query = select(checkpoint, blocks.c.hash).outerjoin(
        blocks, blocks.c.number == checkpoint.c.block_number
    )
    row = connection.execute(query.with_for_update(of=checkpoint) if lock else query).first()
    if row is None:
        return None
    return Checkpoint(row.chain_id, row.genesis_hash, row.scope, row.block_number, row.hash or "")


def _write(connection: Connection, reached: Checkpoint) -> None:
    connection.execute(update(checkpoint).values(**_columns(reached)))


def _columns(reached: Checkpoint) -> dict[str, int | str]:
    return {
        "chain_id": reached.chain_id,
        "genesis_hash": reached.genesis_hash,
        "scope": reached.scope,
        "block_number": reached.block_number,
    }


def _chain(chain_id: int, genesis_hash: str) -> str:
    return f"chain {chain_id} with genesis {genesis_hash[:18]}…"
