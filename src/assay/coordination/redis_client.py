"""The connection to Redis: short time-outs, because nothing here is worth waiting for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assay.coordination.errors import RedisUnavailable
from assay.errors import InputError

if TYPE_CHECKING:
    from redis import Redis

TIMEOUT_S = 1.0


def open_redis(url: str) -> Redis:
    """A client; nothing is sent yet.

    Raises:
        InputError: not a URL of a Redis.
        RedisUnavailable: the Python package is missing.
    """
    try:
        from redis import Redis  # noqa: PLC0415 - an optional extra
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415
    except ModuleNotFoundError:
        raise RedisUnavailable(
            server_of(url),
            "needs the Python package redis",
            hint="Install it: pip install 'assay-chain[redis]'",
        ) from None
    try:
        return Redis.from_url(
            url,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            # Once more, on a new connection: the old one may have died with the server before.
            retry=Retry(NoBackoff(), 1),
        )
    except ValueError as error:
        raise InputError(
            f"The Redis URL is not usable: {error}.", hint="Write redis://host:6379/0."
        ) from None


def server_of(url: str) -> str:
    """Host and port of a URL, without its password."""
    return urlsplit(url).netloc.rpartition("@")[2] or "an unnamed place"
