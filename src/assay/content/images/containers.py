"""Picture files from outside: what they are, how large they claim to be, and where they end.

>>> media_type_of(b"GIF89a")
'image/gif'
>>> foreign_hint(b"%PDF-1.7")[0]
'a PDF document'

Nothing here decodes a pixel, so a size can be refused before any memory is taken for it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_BMP_HEADER_SIZES = (12, 16, 40, 52, 56, 64, 108, 124)
_AVIF_BRANDS = (b"avif", b"avis")

_CONVERT = "Convert it to PNG or JPEG first."
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "Give its pictures, or a page of it saved as PNG."),
    (b"II+\x00", "a BigTIFF file", _CONVERT),
    (b"MM\x00+", "a BigTIFF file", _CONVERT),
    (b"\x00\x00\x01\x00", "an icon file", _CONVERT),
    (b"8BPS", "a Photoshop file", _CONVERT),
    (b"\xff\x0a", "a JPEG XL file", _CONVERT),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL file", _CONVERT),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 file", _CONVERT),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 file", _CONVERT),
    (b"PK\x03\x04", "a ZIP archive", "Unpack it and give the picture in it."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and give the picture in it."),
)
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_JPEG_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SEQUENTIAL = (0xC0, 0xC1)


def media_type_of(data: bytes) -> str | None:
    """The media type of a picture format that can be read, by its first bytes."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _AVIF_BRANDS:
        return "image/avif"
    # Two letters are too little to go by: the size of the header that follows is known too.
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADER_SIZES:
        return "image/bmp"
    return None


def foreign_hint(data: bytes) -> tuple[str | None, str]:
    """What bytes that are no readable picture look like, and what to do about it."""
    if not data:
        return "an empty file", ""
    for magic, name, hint in _FOREIGN:
        if data.startswith(magic):
            return name, hint
    if data[4:8] == b"ftyp":
        return ("a HEIF picture", _CONVERT) if data[8:12] in _HEIF_BRANDS else ("a video", "")
    if _SVG.search(data[:4096]):
        return "an SVG drawing", "Render it first, for example with rsvg-convert, and give the PNG."
    return None, ""


@dataclass(frozen=True)
class JpegFrame:
    """What a JPEG file says of itself.

    Attributes:
        reducible: decoded line by line, so that a part of the size takes a part of the memory.
    """

    width: int
    height: int
    reducible: bool


def jpeg_frame(data: bytes) -> JpegFrame | None:
    """Size and kind of a JPEG; None if there is no frame header before the first scan."""
    frame: tuple[int, int, int, int] | None = None
    position = 2
    while found := _JPEG_MARKER.match(data, position):
        marker, start = data[found.end() - 1], found.end()
        length = int.from_bytes(data[start : start + 2], "big")
        if marker in _JPEG_FRAMES and len(data) >= start + 8:
            height, width, components = struct.unpack(">HHB", data[start + 3 : start + 8])
            frame = (marker, width, height, components)
        if marker == 0xDA:
            if frame is None or len(data) < start + 3:
                return None
            kind, width, height, components = frame
            # Several scans make the decoder hold every coefficient of the whole picture.
            single_scan = data[start + 2] == components
            return JpegFrame(width, height, kind in _JPEG_SEQUENTIAL and single_scan)
        if marker == 0xD9 or length < 2:
            return None
        position = start + length
    return None


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height that a WebP file claims; None if its first chunk is none of the known."""
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return (
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return None


def trailing_bytes(data: bytes, media_type: str) -> int:
    """How many bytes follow the picture in its file; 0 where the format has no end of its own."""
    find_end = _ENDS.get(media_type)
    end = find_end(data) if find_end else None
    return max(0, len(data) - end) if end is not None else 0


def holds_archive(data: bytes) -> bool:
    """Whether a ZIP reader would open the bytes: it looks for a directory at their end."""
    return b"PK\x05\x06" in data[-(65_535 + 22) :]


def _png_end(data: bytes) -> int | None:
    position = 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        position += 12 + length
        if kind == b"IEND":
            return position
    return None


def _jpeg_end(data: bytes) -> int | None:
    position = 2
    while found := _JPEG_MARKER.search(data, position):
        marker, start = data[found.end() - 1], found.end()
        if marker == 0xD9:
            return start
        position = start + (int.from_bytes(data[start : start + 2], "big") if marker != 1 else 0)
    return None


def _gif_end(data: bytes) -> int | None:
    if len(data) < 13:
        return None
    position = 13 + _gif_palette_bytes(data[10])
    while position < len(data):
        kind = data[position]
        if kind == 0x3B:
            return position + 1
        if kind == 0x2C and position + 9 < len(data):
            position += 11 + _gif_palette_bytes(data[position + 9])
        elif kind == 0x21:
            position += 2
        else:
            return None
        while position < len(data) and (size := data[position]):
            position += 1 + size
        position += 1
    return None


def _gif_palette_bytes(flags: int) -> int:
    return 3 * 2 ** (1 + (flags & 7)) if flags & 0x80 else 0


def _riff_end(data: bytes) -> int | None:
    size = int.from_bytes(data[4:8], "little")
    return 8 + size + size % 2


def _bmp_end(data: bytes) -> int | None:
    # Some writers leave the field zero or wrong; it is then no end.
    size = int.from_bytes(data[2:6], "little")
    return size if size > 26 else None


def _avif_end(data: bytes) -> int | None:
    position = 0
    while position + 8 <= len(data):
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 :][:4]
        if not kind.isalnum():
            return position
        if size < 8:
            return None
        position += size
    return position


_ENDS: dict[str, Callable[[bytes], int | None]] = {
    "image/png": _png_end,
    "image/jpeg": _jpeg_end,
    "image/gif": _gif_end,
    "image/webp": _riff_end,
    "image/bmp": _bmp_end,
    "image/avif": _avif_end,
}
