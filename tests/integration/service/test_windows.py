"""Requests are counted for all workers in Redis, and by each for itself while it is away."""

from __future__ import annotations

import pytest
from limits import RateLimitItemPerMinute

from assay.errors import InputError
from assay.service.windows import Windows
from tests.database_servers import RedisServer, ServerMissing
from tests.databases import unavailable

LIMIT = RateLimitItemPerMinute(3)


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_two_workers_count_together(redis_url: str) -> None:
    workers = [Windows(redis_url), Windows(redis_url)]

    within = [await workers[number % 2].hit(LIMIT, "api", "203.0.113.7") for number in range(5)]
    other_client = await workers[0].hit(LIMIT, "api", "203.0.113.8")

    assert within == [True, True, True, False, False]
    assert other_client


async def test_without_redis_each_worker_counts_for_itself() -> None:
    one, another = Windows(None), Windows(None)

    within = [await one.hit(LIMIT, "api", "203.0.113.7") for _ in range(4)]

    assert within == [True, True, True, False]
    assert await another.hit(LIMIT, "api", "203.0.113.7")


async def test_while_redis_is_away_counting_goes_on_here_and_it_is_asked_again_later() -> None:
    try:
        server = RedisServer()
    except ServerMissing as missing:
        unavailable(str(missing))
    server.start()
    clock = Hands()
    windows = Windows(server.url, clock=clock)
    assert await windows.hit(LIMIT, "api", "203.0.113.7")

    server.kill()
    while_away = [await windows.hit(LIMIT, "api", "203.0.113.7") for _ in range(4)]
    server.start()
    too_soon = await windows.hit(LIMIT, "api", "203.0.113.7")
    clock.now += 6
    back = await windows.hit(LIMIT, "api", "203.0.113.7")

    server.stop()
    server.remove()
    assert while_away == [True, True, True, False]
    assert (too_soon, back) == (False, True)


@pytest.mark.parametrize("url", ["nonsense", "http://127.0.0.1/", "redis://host:port"])
def test_a_url_of_something_else_is_the_callers_mistake(url: str) -> None:
    with pytest.raises(InputError, match="Redis URL"):
        Windows(url)
