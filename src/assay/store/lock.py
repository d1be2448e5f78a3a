"""The store's lock: writers share it, the garbage collector has it alone.

It is an advisory lock of the kernel (flock), so it holds between threads and processes, and a
process that is killed lets go of it. A second file is the gate that a writer passes on its way in
and the collector closes while it waits, so that a stream of writers cannot keep it out for ever.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreLock:
    """Lock files in `folder`; hold it once per operation, never nested."""

    def __init__(self, folder: Path) -> None:
        self._lock = folder / "lock"
        self._gate = folder / "gate"

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the lock beside other writers; waits for a running collection."""
        with _held(self._gate, fcntl.LOCK_SH):
            descriptor = _acquire(self._lock, fcntl.LOCK_SH)
        try:
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the lock alone; waits for running writers, and new ones wait."""
        with _held(self._gate, fcntl.LOCK_EX), _held(self._lock, fcntl.LOCK_EX):
            yield

    @contextmanager
    def exclusive_if_free(self) -> Iterator[bool]:
        """Hold the lock alone if nobody has it now; yields whether that worked."""
        try:
            descriptor = _acquire(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            os.close(descriptor)


@contextmanager
def _held(path: Path, operation: int) -> Iterator[None]:
    descriptor = _acquire(path, operation)
    try:
        yield
    finally:
        os.close(descriptor)


def _acquire(path: Path, operation: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, operation)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
