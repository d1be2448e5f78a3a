"""PNG files whose bytes depend on the pixels alone: no time, no comment, fixed settings.

>>> import numpy
>>> white = numpy.full((2, 3, 3), 255, dtype=numpy.uint8)
>>> write_png(white)[:8]
b'\\x89PNG\\r\\n\\x1a\\n'
>>> write_png(white) == write_png(white.copy())
True

Source: Portable Network Graphics, third edition, W3C 2025. zlib promises one result for one
setting within a version only; that version is therefore part of every recipe.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUECOLOUR = 2
_FILTER_UP = 2
_LEVEL = 9


def write_png(pixels: NDArray[np.uint8]) -> bytes:
    """Encode (height, width, 3) pixels of 8-bit sRGB as a PNG file."""
    height, width, channels = pixels.shape
    assert pixels.dtype == np.uint8, "pixels have 8 bits a channel"
    assert channels == 3, "pixels are red, green, blue"
    rows = pixels.reshape(height, width * 3)
    above = np.vstack([np.zeros((1, width * 3), np.uint8), rows[:-1]])
    # Each row as its difference to the one above, which wraps around at 256 as the format says.
    filtered = np.hstack([np.full((height, 1), _FILTER_UP, np.uint8), rows - above])
    header = struct.pack(">IIBBBBB", width, height, 8, _TRUECOLOUR, 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"sRGB", b"\x00"),
            _chunk(b"IDAT", zlib.compress(filtered.tobytes(), _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def encoder_versions() -> dict[str, str]:
    """The library that decides the bytes, with its version."""
    return {"zlib": zlib.ZLIB_RUNTIME_VERSION}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
