"""A cache that all workers share, in Redis. One that does not answer is an empty one."""

from __future__ import annotations

from assay.coordination.complaint import Complaint
from assay.coordination.redis_client import open_redis, server_of

_PREFIX = "assay:cache:"


class RedisCache:
    """The `Cache` port on Redis."""

    def __init__(self, url: str) -> None:
        self._redis = open_redis(url)
        self._complaint = Complaint(f"the Redis at {server_of(url)} caches nothing")

    def get(self, key: str) -> bytes | None:
        """See `Cache.get`."""
        from redis import RedisError  # noqa: PLC0415 - an optional extra

        try:
            value = self._redis.get(_PREFIX + key)
        except RedisError as error:
            self._complaint.make(error)
            return None
        self._complaint.withdraw()
        assert value is None or isinstance(value, bytes)
        return value

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        """See `Cache.put`."""
        from redis import RedisError  # noqa: PLC0415 - an optional extra

        try:
            self._redis.set(_PREFIX + key, value, px=max(int(ttl_s * 1000), 1))
        except RedisError as error:
            self._complaint.make(error)

    def close(self) -> None:
        """End the connections."""
        self._redis.close()
