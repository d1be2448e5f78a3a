"""Locks of this machine and of all machines at once.

The machine's own are taken first: while Redis is down, workers that share a home still take turns.
Workers elsewhere may then do the same work twice, which the contracts refuse the second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from assay.coordination.complaint import Complaint
from assay.coordination.errors import RedisUnavailable
from assay.coordination.port import Lease, Locks


class JointLocks:
    """The `Locks` port on two others."""

    def __init__(self, own: Locks, shared: Locks) -> None:
        self._own = own
        self._shared = shared
        self._complaint = Complaint("locks hold on this machine only")

    @contextmanager
    def attempt(self, name: str) -> Iterator[Lease | None]:
        """See `Locks.attempt`; the lease is that of all machines where it can be had."""
        with ExitStack() as held:
            lease: Lease | None = held.enter_context(self._own.attempt(name))
            if lease is not None:
                try:
                    lease = held.enter_context(self._shared.attempt(name))
                    self._complaint.withdraw()
                except RedisUnavailable as error:
                    self._complaint.make(error)
            yield lease
