"""One background thread with a short queue: work that overlaps, in order and in little memory.

>>> done = []
>>> thread = BoundedThread("example", 2)
>>> thread.submit(done.append, 1)
>>> thread.finish()
>>> thread.close()
>>> done
[1]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec

_Arguments = ParamSpec("_Arguments")


class BoundedThread:
    """Runs what is submitted, one after the other; the first failure comes back to the caller."""

    def __init__(self, name: str, max_waiting: int) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._max_waiting = max_waiting
        self._waiting: deque[Future[object]] = deque()

    def submit(
        self,
        function: Callable[_Arguments, object],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> None:
        """Run `function` later; waits only while too much is waiting already."""
        self._waiting.append(self._executor.submit(function, *arguments, **named))
        while len(self._waiting) > self._max_waiting:
            self._waiting.popleft().result()

    def is_idle(self) -> bool:
        """True if nothing is running or waiting."""
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft().result()
        return not self._waiting

    def finish(self) -> None:
        """Wait until everything has run."""
        while self._waiting:
            self._waiting.popleft().result()

    def close(self) -> None:
        """Drop what has not started and end the thread."""
        self._executor.shutdown(cancel_futures=True)
