"""SHA-256 of a stream in a second thread, beside the hashing of its chunks."""

from __future__ import annotations

import hashlib
from types import TracebackType

from assay.core.digest import Digest
from assay.store.background import BoundedThread

_MAX_WAITING = 64


class BackgroundDigest:
    """A running SHA-256. The thread starts with the second chunk: small files need none."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._thread: BoundedThread | None = None
        self._first: bytes | None = None

    def update(self, chunk: bytes) -> None:
        """Take in `chunk`; returns at once unless the thread is far behind."""
        if self._first is None:
            self._first = chunk
            return
        if self._thread is None:
            self._thread = BoundedThread("digest", _MAX_WAITING)
            self._thread.submit(self._hash.update, self._first)
        self._thread.submit(self._hash.update, chunk)

    def result(self) -> Digest:
        """The digest of everything taken in."""
        if self._thread is None:
            return Digest.of(self._first or b"")
        self._thread.finish()
        return Digest(self._hash.digest())

    def __enter__(self) -> BackgroundDigest:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread is not None:
            self._thread.close()
