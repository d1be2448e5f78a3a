"""Locks between workers on several machines, in Redis, with a lease that the holder renews.

    RedisLocks("redis://cache:6379/0").attempt("anchor/31337")

A key holds the owner's random name and expires with the lease; only its owner renews or frees it,
both by script, so that looking and acting are one step. A holder who was paused for longer than the
lease finds so by `check`; the fencing token tells stores that can compare.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assay.coordination.errors import LockLost, RedisUnavailable
from assay.coordination.redis_client import open_redis, server_of

if TYPE_CHECKING:
    from redis import Redis

_PREFIX = "assay:lock:"
_TAKE = """
if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
    return redis.call('incr', KEYS[2])
end
return 0
"""
_RENEW = """
if redis.call('get', KEYS[1]) == ARGV[1] then
    return redis.call('pexpire', KEYS[1], ARGV[2])
end
return 0
"""
_FREE = """
if redis.call('get', KEYS[1]) == ARGV[1] then
    return redis.call('del', KEYS[1])
end
return 0
"""


class RedisLocks:
    """The `Locks` port on Redis.

    Args:
        lease_s: how long a lock outlives a holder who died; it is renewed three times as often.
    """

    def __init__(self, url: str, *, lease_s: float = 15.0) -> None:
        self._redis = open_redis(url)
        self._server = server_of(url)
        self._lease_s = lease_s

    @contextmanager
    def attempt(self, name: str) -> Iterator[RedisLease | None]:
        """See `Locks.attempt`.

        Raises:
            RedisUnavailable: Redis does not answer.
        """
        from redis import RedisError  # noqa: PLC0415 - an optional extra

        lease = RedisLease(self._redis, name, self._lease_s)
        try:
            taken = lease.take()
        except RedisError as error:
            reason = f"does not answer ({type(error).__name__})"
            raise RedisUnavailable(self._server, reason) from None
        if not taken:
            yield None
            return
        try:
            yield lease
        finally:
            lease.end()

    def close(self) -> None:
        """End the connections."""
        self._redis.close()


class RedisLease:
    """A lock that is held, and renewed by a thread of its own."""

    def __init__(self, redis: Redis, name: str, lease_s: float) -> None:
        self.token = 0
        self._redis = redis
        self._name = name
        self._keys = [f"{_PREFIX}{name}", f"{_PREFIX}{name}:token"]
        self._owner = secrets.token_hex(16)
        self._lease_s = lease_s
        self._good_until = 0.0
        self._ended = threading.Event()
        self._renewing = threading.Thread(target=self._keep, name=f"lease {name}", daemon=True)

    def take(self) -> bool:
        """Take the lock if nobody has it."""
        asked_at = time.monotonic()
        self.token = int(self._run(_TAKE, self._keys, self._owner, self._lease_ms))
        if not self.token:
            return False
        self._good_until = asked_at + self._lease_s
        self._renewing.start()
        return True

    def check(self) -> None:
        """See `Lease.check`."""
        if time.monotonic() >= self._good_until:
            raise LockLost(self._name, self.token)

    def end(self) -> None:
        """Free the lock if it is still ours; one that cannot be freed runs out."""
        from redis import RedisError  # noqa: PLC0415 - an optional extra

        self._ended.set()
        self._renewing.join()
        try:
            self._run(_FREE, self._keys[:1], self._owner)
        except RedisError:
            return

    @property
    def _lease_ms(self) -> int:
        return int(self._lease_s * 1000)

    def _keep(self) -> None:
        from redis import RedisError  # noqa: PLC0415 - an optional extra

        while not self._ended.wait(self._lease_s / 3):
            asked_at = time.monotonic()
            try:
                renewed = self._run(_RENEW, self._keys[:1], self._owner, self._lease_ms)
            except RedisError:
                continue  # until the lease has run out, the next round may still renew it
            if not renewed:
                self._good_until = 0.0
                return
            self._good_until = asked_at + self._lease_s

    def _run(self, script: str, keys: list[str], *arguments: str | int) -> Any:
        return self._redis.eval(script, len(keys), *keys, *arguments)
