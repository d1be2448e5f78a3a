"""SHA-256 of a stream in a second thread, beside the hashing of its chunks."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from assay.core.digest import Digest

_MAX_WAITING = 8


class BackgroundDigest:
    """A running SHA-256. The thread starts with the second chunk: small files need none."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._thread: ThreadPoolExecutor | None = None
        self._first: bytes | None = None
        self._waiting: deque[Future[None]] = deque()

    def update(self, chunk: bytes) -> None:
        """Take in `chunk`; returns at once unless the thread is far behind."""
        if self._first is None:
            self._first = chunk
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="digest")
            self._waiting.append(self._thread.submit(self._hash.update, self._first))
        self._waiting.append(self._thread.submit(self._hash.update, chunk))
        if len(self._waiting) > _MAX_WAITING:
            self._waiting.popleft().result()

    def result(self) -> Digest:
        """The digest of everything taken in."""
        if self._thread is None:
            self._hash.update(self._first or b"")
        while self._waiting:
            self._waiting.popleft().result()
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
            self._thread.shutdown()
