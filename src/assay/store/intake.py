"""Taking blocks in: what is here already is skipped, the rest goes to disk in groups.

One block becomes a file of its own; more become a pack. Until `commit` returns nothing of a group
is visible, afterwards all of it is, and on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assay.store.block_files import BlockFiles
from assay.store.pack import PackWriter
from assay.store.port import Block


class Intake:
    """One writer's blocks on their way in; the caller holds the store's lock."""

    def __init__(self, files: BlockFiles, *, group_bytes: int | None = None) -> None:
        """With `group_bytes`, commit by itself whenever so many bytes have come together."""
        self._files = files
        self._group_bytes = group_bytes
        self._single: Block | None = None
        self._writer: PackWriter | None = None

    def put(self, block: Block) -> None:
        """Take in a block whose bytes have been checked against its CID."""
        if self._is_taken(block) or self._files.holds(block):
            return
        if self._single is None and self._writer is None:
            self._single = block
            return
        if self._writer is None:
            self._writer = self._files.pack_writer()
        if self._single is not None:
            self._writer.add(self._single.cid, self._single.data)
            self._single = None
        self._writer.add(block.cid, block.data)
        if self._group_bytes is not None and self._writer.size_bytes >= self._group_bytes:
            self.commit()

    def commit(self) -> None:
        """Make everything taken in so far visible and durable."""
        if self._writer is not None:
            self._writer.publish(self._files.packs_folder)
            self._files.refresh()
        elif self._single is not None:
            self._files.write_loose(self._single)
        self.close()

    def close(self) -> None:
        """Drop what has not been committed."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None
        self._single = None

    def _is_taken(self, block: Block) -> bool:
        if self._single is not None:
            return block.cid == self._single.cid
        return self._writer is not None and block.cid in self._writer


@contextmanager
def taking_in(files: BlockFiles, *, group_bytes: int | None = None) -> Iterator[Intake]:
    """An intake that is committed at the end, or dropped if something fails."""
    files.refresh()
    intake = Intake(files, group_bytes=group_bytes)
    try:
        yield intake
        intake.commit()
    finally:
        intake.close()
