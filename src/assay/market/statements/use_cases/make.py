"""Make a statement from the provider's book, with a proof for every anchored line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assay.core.address import Address
from assay.core.merkle import MerkleTree
from assay.market.batches import BatchEntry, RecordDigest
from assay.market.calls import RecordDomain
from assay.market.statements.model import Anchoring, Statement, StatementLine
from assay.market.statements.period import Period
from assay.market.statements.ports import StatementBook

_KEPT_TREES = 4


class StatementMaker:
    """Lines one by one, so that a long statement needs little memory; afterwards the anchor."""

    def __init__(
        self,
        provider: Address,
        payer: Address | None,
        period: Period,
        *,
        book: StatementBook,
        domain: RecordDomain,
        digest: RecordDigest,
    ) -> None:
        self._provider = provider
        self._payer = payer
        self._period = period
        self._book = book
        self._domain = domain
        self._digest = digest
        self._batches: dict[int, BatchEntry | None] = {}
        self._trees: dict[int, MerkleTree] = {}

    def count(self) -> int:
        """How many lines there will be, unless calls are charged meanwhile."""
        return self._book.count(self._provider, self._payer, self._period)

    def lines(self) -> Iterator[StatementLine]:
        """All lines, by time and payment."""
        for booked in self._book.lines(self._provider, self._payer, self._period):
            batch = self._anchored(booked.batch)
            if batch is None or booked.position is None:
                yield booked.line
                continue
            proof = self._tree(batch.number).proof(booked.position)
            yield replace(booked.line, batch=batch.number, proof=tuple(proof))

    def anchor(self) -> Anchoring:
        """The batches that the lines so far are in."""
        found = sorted(self._batches.items())
        batches = tuple(batch for _number, batch in found if batch)
        return Anchoring(self._domain.chain_id, self._domain.anchor, self._provider, batches)

    def statement(self) -> Statement:
        """The whole at once."""
        lines = tuple(self.lines())
        return Statement(lines, self.anchor())

    def _anchored(self, number: int | None) -> BatchEntry | None:
        """The batch with this number, if the chain has it."""
        if number is None:
            return None
        if number not in self._batches:
            batch = self._book.batch(self._provider, number)
            self._batches[number] = batch if batch and batch.transaction else None
        return self._batches[number]

    def _tree(self, number: int) -> MerkleTree:
        if number not in self._trees:
            if len(self._trees) == _KEPT_TREES:
                del self._trees[next(iter(self._trees))]
            records = self._book.records(self._provider, number)
            self._trees[number] = MerkleTree([self._digest(record) for record in records])
        return self._trees[number]
