"""The cache in memory: what is in it is what was put, for as long and as much as was allowed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assay.coordination.memory_cache import MemoryCache


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_there_until_its_time_is_over() -> None:
    clock = Hands()
    cache = MemoryCache(clock=clock)
    cache.put("a", b"1", ttl_s=10)

    clock.now = 9.9
    before = cache.get("a")
    clock.now = 10.0

    assert (before, cache.get("a")) == (b"1", None)


def test_what_was_not_used_for_longest_makes_room() -> None:
    cache = MemoryCache(largest_bytes=3)
    for key in ("a", "b", "c"):
        cache.put(key, key.encode(), ttl_s=60)
    cache.get("a")

    cache.put("d", b"d", ttl_s=60)

    assert [cache.get(key) for key in "abcd"] == [b"a", None, b"c", b"d"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=6)), max_size=30))
def test_it_never_holds_more_than_allowed_and_never_the_wrong_value(
    puts: list[tuple[str, bytes]],
) -> None:
    cache = MemoryCache(largest_bytes=5)
    last: dict[str, bytes] = {}

    for key, value in puts:
        cache.put(key, value, ttl_s=60)
        if len(value) <= 5:
            last[key] = value

    held = {key: value for key in "abc" if (value := cache.get(key)) is not None}
    assert sum(map(len, held.values())) <= 5
    assert held.items() <= last.items()
