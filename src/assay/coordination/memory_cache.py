"""A cache in this process, bounded by the bytes that it holds."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_LARGEST_BYTES = 16_000_000


class MemoryCache:
    """The `Cache` port in memory; what was used longest ago goes first."""

    def __init__(
        self,
        *,
        largest_bytes: int = _LARGEST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._largest_bytes = largest_bytes
        self._clock = clock
        self._held_bytes = 0
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """See `Cache.get`."""
        with self._guard:
            if key not in self._entries:
                return None
            expires_at, value = self._entries[key]
            if self._clock() >= expires_at:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return value

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        """See `Cache.put`; a value larger than the whole cache is not kept."""
        if len(value) > self._largest_bytes:
            return
        with self._guard:
            self._drop(key)
            self._entries[key] = (self._clock() + ttl_s, value)
            self._held_bytes += len(value)
            while self._held_bytes > self._largest_bytes:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._held_bytes -= len(entry[1])
