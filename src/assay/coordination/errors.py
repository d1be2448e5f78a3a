"""What can go wrong between workers.

CoordinationError
├── RedisUnavailable  no such server, it does not answer, its Python package is missing  exit 3
├── LockLost          the lease ended before the work did                               exit 3
└── WorkerBusy        another worker of the account keeps its turn at some work         exit 3
"""

from __future__ import annotations

from assay.errors import UnavailableError


class CoordinationError(Exception):
    """Marks every error of this package; never raised itself."""


class RedisUnavailable(UnavailableError, CoordinationError):
    """Redis cannot be asked right now."""

    def __init__(self, server: str, reason: str, *, hint: str = "") -> None:
        super().__init__(
            f"The Redis at {server} {reason}.",
            hint=hint or "Start it, or correct ASSAY_REDIS_URL; without one, memory is used.",
        )
        self.server = server
        self.reason = reason


class LockLost(UnavailableError, CoordinationError):
    """Somebody else may hold the lock by now: what was begun under it must not go on."""

    def __init__(self, name: str, token: int) -> None:
        super().__init__(
            f"The lock {name!r} was lost (fencing token {token}).",
            hint="Run again: the work goes on where it stopped.",
        )
        self.name = name
        self.token = token


class WorkerBusy(UnavailableError, CoordinationError):
    """Another worker of the account keeps its turn at some work."""

    def __init__(self, work: str, waited_s: float) -> None:
        super().__init__(
            f"Another worker of the account has been {work} for {waited_s:g} s.",
            hint="It does what you asked for: run the command again to see what is left.",
        )
        self.work = work
        self.waited_s = waited_s
