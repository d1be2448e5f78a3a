"""The Range header of HTTP (RFC 9110, section 14), one range at a time.

>>> parse_range("bytes=2-5", 10)
ByteRange(offset=2, length=4)
>>> parse_range("bytes=-3", 10)
ByteRange(offset=7, length=3)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assay.errors import InputError

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class RangeNotSatisfiableError(InputError):
    """The range begins behind the end of the content."""

    http_status = 416

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"The content has {size_bytes} bytes; the range begins behind them.")
        self.size_bytes = size_bytes


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Part of some content."""

    offset: int
    length: int

    def content_range(self, size_bytes: int) -> str:
        """The header of the answer."""
        return f"bytes {self.offset}-{self.offset + self.length - 1}/{size_bytes}"


def parse_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """The range asked for; None for the whole, also where the header is one to be ignored.

    Raises:
        RangeNotSatisfiableError: nothing of it is inside the content.
    """
    match = _RANGE.fullmatch(header.strip().lower()) if header else None
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        offset, end = max(0, size_bytes - int(last)), size_bytes
    else:
        offset, end = int(first), min(int(last) + 1, size_bytes) if last else size_bytes
        if last and int(last) < offset:
            return None
    if offset >= size_bytes or offset >= end:
        raise RangeNotSatisfiableError(size_bytes)
    return ByteRange(offset, end - offset)
