"""One thread that flushes what was committed at once, for as many calls as wait for it.

flusher.put(deliver)          # deliver(None) is called once the disk has it, in the thread
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from sqlalchemy.exc import SQLAlchemyError

from assay.errors import AssayError
from assay.market.channels.ports import ChannelBook

Deliver = Callable[[AssayError | None], None]


class Flusher:
    """Flushes in a thread of its own, which starts with the first one who waits."""

    def __init__(self, book: ChannelBook) -> None:
        self._book = book
        self._queue: SimpleQueue[Deliver | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, deliver: Deliver) -> None:
        """Have `deliver` called after the next flush, with what went wrong, if anything."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="flusher", daemon=True)
                    self._thread.start()
        self._queue.put(deliver)

    def close(self) -> None:
        """Flush for all who wait, then end the thread."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def _run(self) -> None:
        going_on = True
        while going_on:
            waiting, going_on = self._gather()
            if not waiting:
                continue
            failure: AssayError | None = None
            try:
                self._book.flush()
            except AssayError as error:
                failure = error
            for deliver in waiting:
                deliver(failure)
            try:
                self._book.tend()
            except (AssayError, SQLAlchemyError):
                continue  # who has something to write will find out, and be told

    def _gather(self) -> tuple[list[Deliver], bool]:
        waiting: list[Deliver] = []
        item = self._queue.get()
        while item is not None:
            waiting.append(item)
            try:
                item = self._queue.get_nowait()
            except Empty:
                return waiting, True
        return waiting, False
