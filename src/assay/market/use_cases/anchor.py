"""Anchor served calls: one Merkle root on chain for a whole batch of records."""

from __future__ import annotations

from assay.market.batches import BatchEntry, RecordDigest, batch_tree
from assay.market.ports import Anchors, BatchBook, CallIndex

LARGEST_BATCH = 10_000


def anchor_calls(
    *,
    book: BatchBook,
    anchors: Anchors,
    index: CallIndex,
    digest: RecordDigest,
    at_least: int = 1,
) -> BatchEntry | None:
    """Anchor the oldest calls that are in no batch; None if there are fewer than `at_least`.

    A batch is fixed durably before it is sent, and the contract takes each number once, so that a
    crash at any point neither loses a call nor anchors one twice. A batch that the chain has lost
    in a reorganisation is sent again.
    """
    expected = anchors.next_batch()
    batch = _unfinished(book, anchors, expected) or _open_batch(
        book, anchors, digest, expected, at_least
    )
    if batch is None:
        return None
    transaction = index.anchor_transaction(batch.provider, batch.number)
    if batch.number >= expected or transaction is None:
        transaction = anchors.anchor(batch.number, batch.root, batch.calls)
    book.close_batch(batch, transaction)
    return BatchEntry(batch.provider, batch.number, batch.root, batch.calls, transaction)


def _unfinished(book: BatchBook, anchors: Anchors, expected: int) -> BatchEntry | None:
    for batch in book.batches(anchors.provider):
        if batch.transaction is None or batch.number >= expected:
            return batch
    return None


def _open_batch(
    book: BatchBook, anchors: Anchors, digest: RecordDigest, number: int, at_least: int
) -> BatchEntry | None:
    entries = book.unbatched(anchors.provider, LARGEST_BATCH)
    if len(entries) < max(at_least, 1):
        return None
    root = batch_tree(entries, digest).root
    batch = BatchEntry(anchors.provider, number, root, len(entries), None)
    return batch if book.open_batch(batch, [entry.cid for entry in entries]) else None
