"""The cache in Redis is shared, and while it is away nothing is in it."""

from __future__ import annotations

import time

import pytest

from assay.coordination.redis_cache import RedisCache
from assay.errors import InputError


def test_what_one_puts_another_gets_until_its_time_is_over(redis_url: str) -> None:
    one, another = RedisCache(redis_url), RedisCache(redis_url)
    one.put("a", b"\x00\xff", ttl_s=0.3)

    before = another.get("a")
    time.sleep(0.4)

    assert (before, another.get("a"), another.get("b")) == (b"\x00\xff", None, None)


def test_a_redis_that_is_away_is_an_empty_cache_and_is_complained_about_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache = RedisCache("redis://:hunter2@127.0.0.1:1/0")

    for _ in range(3):
        cache.put("a", b"1", ttl_s=60)
        assert cache.get("a") is None

    assert [record.message for record in caplog.records] == [
        "the Redis at 127.0.0.1:1 caches nothing (ConnectionError)"
    ]


def test_a_url_of_something_else_is_the_callers_mistake() -> None:
    with pytest.raises(InputError, match="Redis URL"):
        RedisCache("http://127.0.0.1/")
