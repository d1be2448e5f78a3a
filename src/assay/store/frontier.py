"""Taking a DAG in from somebody who is not trusted: which blocks are wanted, and when it is enough.

Blocks come verified against their CIDs; here they are held against the links that name them and
against limits, so that neither unwanted blocks nor endless links fill the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assay.core.cid import Cid
from assay.store.dag import BlockSource
from assay.store.errors import (
    DamagedBlockError,
    DamagedFileError,
    HostileGatewayError,
    TooLargeError,
    UnknownCidError,
)
from assay.store.port import Block, Progress
from assay.store.unixfs import Content, parse_block

LIMIT_BYTES = 1024**4
LIMIT_BLOCKS = 8_000_000


class Frontier:
    """What the blocks seen so far say is still wanted; enforces the limits."""

    def __init__(
        self,
        root: Cid,
        limit_bytes: int = LIMIT_BYTES,
        limit_blocks: int = LIMIT_BLOCKS,
        progress: Progress | None = None,
    ) -> None:
        self.root = root
        self.wanted = [root]
        self._known = {root}
        self._limit_bytes = limit_bytes
        self._limit_blocks = limit_blocks
        self._progress = progress or (lambda _done: None)
        self._bytes = 0

    def accept(self, block: Block) -> None:
        """Take note of a verified block that was wanted."""
        content = parse_block(block.cid, block.data)
        self._count(content, len(block.data))
        for link in reversed(content.links):
            if link.cid not in self._known:
                self._known.add(link.cid)
                self.wanted.append(link.cid)
        if len(self._known) > self._limit_blocks:
            raise TooLargeError(f"{self.root} (in blocks)", len(self._known), self._limit_blocks)

    def _count(self, content: Content, block_bytes: int) -> None:
        self._bytes += block_bytes
        largest = max(self._bytes, content.size)
        if largest > self._limit_bytes:
            raise TooLargeError(str(self.root), largest, self._limit_bytes)
        self._progress(len(content.inline))


def whole_archive(frontier: Frontier, blocks: Iterable[Block], url: str) -> Iterator[Block]:
    """Pass on the blocks of an archive: each one asked for by one before it, none missing.

    Raises:
        HostileGatewayError: a block that nothing asks for, or the end before everything is there.
    """
    pending: set[Cid] = set()
    for block in blocks:
        pending.update(frontier.wanted)
        frontier.wanted.clear()
        if block.cid not in pending:
            raise HostileGatewayError(url, f"the block {block.cid}, which nothing asks for")
        pending.discard(block.cid)
        frontier.accept(block)
        yield block
    if pending or frontier.wanted:
        missing = len(pending) + len(frontier.wanted)
        raise HostileGatewayError(url, f"an archive that lacks {missing} or more blocks")


def missing_blocks(
    frontier: Frontier, fetch_block: Callable[[Cid], bytes], store: BlockSource
) -> Iterator[Block]:
    """Block by block: fetch and pass on what is not in the store, or damaged there."""
    while frontier.wanted:
        cid = frontier.wanted.pop()
        try:
            frontier.accept(Block(cid, store.block(cid)))
        except (UnknownCidError, DamagedBlockError, DamagedFileError):
            block = Block(cid, fetch_block(cid))
            frontier.accept(block)
            yield block
