"""Waiting for a lock that another worker holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from assay.coordination.port import Lease, Locks

_POLL_S = 0.25


@contextmanager
def attempt_for(locks: Locks, name: str, wait_s: float) -> Iterator[Lease | None]:
    """Hold a lock for the length of the block; None if another holds it for so many seconds."""
    deadline = time.monotonic() + wait_s
    while True:
        with locks.attempt(name) as lease:
            if lease is not None or time.monotonic() >= deadline:
                yield lease
                return
        time.sleep(_POLL_S)
