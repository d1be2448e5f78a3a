"""GGUF files as small as they can be, for tests: metadata and no tensors."""

from __future__ import annotations

import struct
from collections.abc import Mapping


def gguf(entries: Mapping[str, str | int | list[str]], version: int = 3) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", version, 0, len(entries))
    return head + b"".join(_text(key) + _value(value) for key, value in entries.items())


def _value(value: str | int | list[str]) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    items = b"".join(_text(item) for item in value)
    return struct.pack("<IIQ", 9, 8, len(value)) + items


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data
