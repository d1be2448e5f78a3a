"""What was worked out last, so that one request works it out once.

>>> recent: Recent[str, int] = Recent(limit=1)
>>> recent.get("a", lambda: 1), recent.get("a", lambda: 2), recent.get("b", lambda: 3)
(1, 1, 3)
>>> recent.get("a", lambda: 4)
4
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The `limit` values that were asked for last; what fails is not kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._guard = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value under a key, made now if it is not kept; two threads may both make it."""
        with self._guard:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._guard:
            self._values[key] = value
            if len(self._values) > self._limit:
                self._values.popitem(last=False)
        return value
