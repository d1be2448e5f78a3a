"""Messages between two processes: the whole length, a JSON header and some parts.

>>> import io
>>> read_message(io.BytesIO(encode_message(Message({"a": 1}, [b"part"])))).parts
[b'part']
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO

LENGTH_BYTES = 8


@dataclass(frozen=True)
class Message:
    """One request or answer; `parts`, which may be keys, are not shown by accident."""

    header: dict[str, Any]
    parts: list[bytes] = field(default_factory=list, repr=False)


def encode_message(message: Message) -> bytes:
    """Their length, the header's length, the header, and the parts, as they go through a pipe."""
    sizes = [len(part) for part in message.parts]
    header = json.dumps({"header": message.header, "sizes": sizes}).encode()
    body = b"".join((_length(len(header)), header, *message.parts))
    return _length(len(body)) + body


def read_message(stream: BinaryIO) -> Message | None:
    """The next message; None at the end of the stream, also in the middle of a message."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    body = stream.read(size)
    return decode_body(body) if len(body) == size else None


def decode_body(body: bytes) -> Message:
    """The message whose bytes after the first length these are."""
    position = LENGTH_BYTES + int.from_bytes(body[:LENGTH_BYTES], "big")
    value = json.loads(body[LENGTH_BYTES:position])
    parts = []
    for size in value["sizes"]:
        parts.append(body[position : position + size])
        position += size
    return Message(value["header"], parts)


def _length(size: int) -> bytes:
    return size.to_bytes(LENGTH_BYTES, "big")
