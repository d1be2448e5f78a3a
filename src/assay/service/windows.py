"""Moving windows that count requests: in this process, or in Redis for all workers together.

    windows = Windows("redis://cache:6379/0")
    if not await windows.hit(RateLimitItemPerMinute(600), "api", "203.0.113.7"):
        ...  # refuse

While Redis does not answer each worker counts for itself, which is more generous than it should be,
and the service goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from limits import RateLimitItem
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter as SharedRateLimiter
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assay.coordination.redis_client import TIMEOUT_S, server_of
from assay.errors import InputError

_TRY_AGAIN_AFTER_S = 5.0
_log = structlog.get_logger("assay.service")


class Windows:
    """Counts the requests of each client.

    Args:
        redis_url: where to count for all workers; None counts in this process.
    """

    def __init__(
        self, redis_url: str | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = SharedRateLimiter(_storage(redis_url)) if redis_url else None
        self._server = server_of(redis_url) if redis_url else ""
        self._clock = clock
        self._down_until: float | None = None

    async def hit(self, limit: RateLimitItem, *names: str) -> bool:
        """Count one request; False if it is one too many."""
        if self._shared is not None and not self._resting():
            try:
                within = await self._shared.hit(limit, *names)
            except StorageError as error:
                self._rest(error)
            else:
                self._back()
                return within
        return self._own.hit(limit, *names)

    def _resting(self) -> bool:
        return self._down_until is not None and self._clock() < self._down_until

    def _rest(self, error: StorageError) -> None:
        """Do not let every request wait for a server that is down."""
        if self._down_until is None:
            cause = type(error.storage_error).__name__
            _log.warning("limits count in this process only", redis=self._server, error=cause)
        self._down_until = self._clock() + _TRY_AGAIN_AFTER_S

    def _back(self) -> None:
        if self._down_until is not None:
            self._down_until = None
            _log.info("limits count in Redis again", redis=self._server)


def _storage(url: str) -> RedisStorage:
    try:
        return RedisStorage(
            f"async+{url}",
            wrap_exceptions=True,
            implementation="redispy",
            key_prefix="assay:limits",
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
        )
    except (ConfigurationError, ValueError) as error:
        scheme = urlsplit(url).scheme
        raise InputError(
            f"The Redis URL (of scheme {scheme!r}) is not usable: {error}.",
            hint="Write redis://host:6379/0, and pip install 'assay-chain[redis]'.",
        ) from None
