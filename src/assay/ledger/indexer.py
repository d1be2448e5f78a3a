"""Bring the chain's events into SQL, and keep them true to the chain.

    Indexer(engine, node, deployment.contracts).sync()

A range of blocks is read so that all of it belongs to one chain (`chain_ranges`), and stored with
the checkpoint in one transaction (`index`): a killed indexer leaves the state between two ranges.
Before each range the last stored block is held against the chain. If the chain has another one
there, or none, the index goes back to the last stored block that both have, however far, and reads
on from there. The index answers where to look; what it says is never taken as proof.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from assay.chain.contract import Contract
from assay.chain.errors import BlockMissing
from assay.chain.node import Node
from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.ledger.chain_ranges import ChainReader
from assay.ledger.errors import UnstableChainError
from assay.ledger.events import events_where
from assay.ledger.index import NOTHING, Checkpoint, Index

__all__ = ["Indexer", "SyncReport", "events_where"]

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one call of `sync` did.

    Attributes:
        block_number: the index now reaches to this block.
        events: how many were added.
        rolled_back_to: the lowest common ancestor that it went back to; None without a reorg,
            -1 if nothing stored was left.
    """

    block_number: int
    events: int = 0
    rolled_back_to: int | None = None


class Indexer:
    """Indexes the events of some contracts of one chain into one database."""

    def __init__(
        self, engine: Engine, node: Node, contracts: Sequence[Contract], *, first_block: int = 0
    ) -> None:
        """Remember the parts; nothing is read yet.

        Args:
            first_block: no event of the contracts is older.
        """
        self._index = Index(engine)
        self._chain = ChainReader(node, contracts)
        self._node = node
        self._first_block = first_block
        self._scope = _scope(contracts)

    def sync(self) -> SyncReport:
        """Read up to the newest block; safe at any time, in any number of processes.

        Raises:
            WrongChainError: the database holds the index of another chain.
            UnstableChainError: the chain kept changing under the reader.
            ChainUnreachable, RpcFault: the node failed; what was stored before is consistent.
        """
        events, failures, highest = 0, 0, NOTHING
        ancestors: list[int] = []
        while True:
            reached, newest, holds = self._look()
            first = max(reached.block_number + 1, self._first_block)
            if holds and first > newest:
                lowest = min(ancestors) if ancestors else None
                return SyncReport(reached.block_number, events, lowest)
            if failures == _ATTEMPTS:
                raise UnstableChainError(first, newest, failures)
            if not holds:
                ancestor = self._common_ancestor()
                if self._index.roll_back(reached, ancestor):
                    ancestors.append(ancestor)
                failures += 1
                continue
            before = {reached.block_number: reached.block_hash} if reached.block_hash else {}
            read = self._chain.read(first, newest, before)
            if read is None:
                failures += 1
            elif self._index.extend(reached, read):
                events += len(read.events)
                if read.last > highest:
                    highest, failures = read.last, 0

    def _look(self) -> tuple[Checkpoint, int, bool]:
        """The checkpoint, the newest block, and whether the chain still has the checkpoint."""
        known = self._index.checkpoint()
        number = known.block_number if known else NOTHING
        asked: list[int | str] = [0, 1, "latest", *([number] if number > 1 else [])]
        found = self._chain.headers(asked)
        genesis, second, latest = found[0], found[1], found["latest"]
        if genesis is None or latest is None:
            raise BlockMissing(0 if genesis is None else "latest")
        reached = self._index.open(
            chain_id=self._node.chain_id,
            # Anvil makes itself another block 0 at each restart; the chain goes on from the first.
            genesis_hash=second.parent_hash if second else genesis.hash,
            scope=self._scope,
        )
        if reached.block_number != number:  # another process moved it, or this one emptied it
            return self._look()
        block = found.get(number)
        holds = not reached.block_hash or (block is not None and block.hash == reached.block_hash)
        return reached, latest.number, holds

    def _common_ancestor(self) -> int:
        """The last stored block that the chain has too, by bisection; NOTHING if it has none."""
        kept = self._index.kept_blocks()

        def is_lost(place: int) -> bool:
            number, block_hash = kept[place]
            block = self._chain.headers([number])[number]
            return block is None or block.hash != block_hash

        # Up to some place all blocks are the chain's, after it none is: each hash fixes the past.
        first_lost = bisect_left(range(len(kept)), True, key=is_lost)
        return kept[first_lost - 1][0] if first_lost else NOTHING


def _scope(contracts: Sequence[Contract]) -> str:
    covered = [
        [contract.name, contract.address, [e for e in contract.abi if e["type"] == "event"]]
        for contract in sorted(contracts, key=lambda contract: contract.address)
    ]
    return Digest.of(canonical_json(covered)).hex
