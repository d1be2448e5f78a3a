"""The ports to what workers share. Calls block; use threads.

with locks.attempt("anchor/31337") as lease:
    if lease is None:
        return  # another worker is at it
    prepare()
    lease.check()  # right before what cannot be taken back
    send()
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class Lease(Protocol):
    """A lock that is held.

    Attributes:
        token: larger than that of every holder before; a store that remembers the largest one it
            saw can refuse a holder who was paused and came back too late (fencing).
    """

    @property
    def token(self) -> int:
        """The fencing token."""
        ...

    def check(self) -> None:
        """Make sure that the lock is still ours.

        Raises:
            LockLost: it may be another's.
        """
        ...


class Locks(Protocol):
    """Named locks that end with the process that holds them."""

    def attempt(self, name: str) -> AbstractContextManager[Lease | None]:
        """Hold a lock for the length of the block; None, at once, if another holds it."""
        ...


class Cache(Protocol):
    """Bytes that may be gone at any moment, and that nobody should believe without a check."""

    def get(self, key: str) -> bytes | None:
        """What was put, if it is still there."""
        ...

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        """Keep for at most so long."""
        ...
