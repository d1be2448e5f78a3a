"""Unsigned variable-length integers (LEB128), as protocol buffers and multiformats write them.

>>> encode_varint(300)
b'\\xac\\x02'
>>> decode_varint(b"\\xac\\x02", 0)
(300, 2)
"""

from __future__ import annotations

from assay.store.errors import MalformedBlockError

_MAX_BYTES = 9


def encode_varint(number: int) -> bytes:
    """`number`, at least 0, in as few bytes as it takes."""
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def decode_varint(data: bytes, start: int) -> tuple[int, int]:
    """The number at `start`, and where the next thing begins.

    Raises:
        MalformedBlockError: cut short, longer than 63 bits, or not in its shortest form.
    """
    number = 0
    for index in range(_MAX_BYTES):
        if start + index >= len(data):
            raise MalformedBlockError("a number is cut short")
        byte = data[start + index]
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            if byte == 0 and index:
                raise MalformedBlockError("a number is not in its shortest form")
            return number, start + index + 1
    raise MalformedBlockError("a number is longer than 63 bits")
