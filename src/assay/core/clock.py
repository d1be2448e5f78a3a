"""Time as an argument: use cases take a `Clock`, tests give their own."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now_s(self) -> int:
        """Whole seconds since 1970, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_s(self) -> int:
        """Whole seconds since 1970, UTC."""
        return int(time.time())
