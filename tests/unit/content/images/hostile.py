"""Picture files as a careless or hostile world sends them, made by code.

Each function returns a file's bytes; `photograph` is what the harmless ones show.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

WIDTH, HEIGHT = 96, 64


def photograph() -> NDArray[np.uint8]:
    """Smooth colours, a bright left upper corner and a red right lower one: every turn is told."""
    across, down = np.meshgrid(np.linspace(0, 1, WIDTH), np.linspace(0, 1, HEIGHT))
    red = 40 + 200 * across * down
    green = 40 + 190 * (1 - across) * (1 - down)
    blue = 60 + 120 * (1 - across)
    return np.stack([red, green, blue], axis=2).astype(np.uint8)


def image() -> Image.Image:
    """The photograph for Pillow."""
    return Image.fromarray(photograph())


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    """A file in a format that Pillow writes."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def png(width: int, height: int, pixels: bytes, *, bits: int = 8, colour: int = 0) -> bytes:
    """A PNG written by hand, which may claim what it does not hold."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_bomb() -> bytes:
    """30 000 x 30 000 black pixels in under a megabyte."""
    packer = zlib.compressobj(9)
    rows = [packer.compress(bytes(3751) * 1000) for _ in range(30)]
    return png(30_000, 30_000, b"".join(rows) + packer.flush(), bits=1)


def png_text_bomb() -> bytes:
    """A small picture whose comment unpacks to 200 MB."""
    packer = zlib.compressobj(9)
    text = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    plain = saved(image(), "PNG")
    return plain[:33] + _chunk(b"zTXt", b"Comment\x00\x00" + text) + plain[33:]


def jpeg_claiming(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A small JPEG whose header claims another size."""
    data = bytearray(saved(image(), "JPEG", progressive=progressive))
    marker = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[marker + 5 : marker + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    """A small WebP whose canvas claims another size."""
    data = bytearray(saved(image(), "WEBP", exif=_exif(1)))
    assert data[12:16] == b"VP8X"
    data[24:27] = (width - 1).to_bytes(3, "little")
    data[27:30] = (height - 1).to_bytes(3, "little")
    return bytes(data)


def gif_claiming(width: int, height: int) -> bytes:
    """A small GIF whose screen claims another size."""
    data = bytearray(saved(image(), "GIF"))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def tiff_with_tile(side: int) -> bytes:
    """A small TIFF that says it is stored in one tile of this side."""
    entries = [
        (256, 4, 16),
        (257, 4, 16),
        (258, 3, 8),
        (259, 3, 5),
        (262, 3, 1),
        (277, 3, 1),
        (322, 4, side),
        (323, 4, side),
        (324, 4, 8),
        (325, 4, 64),
    ]
    directory = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries
    )
    return b"II*\x00" + struct.pack("<I", 80) + bytes(72) + directory + bytes(4)


def tiff_loop() -> bytes:
    """A TIFF whose next directory is its first."""
    data = bytearray(saved(image(), "TIFF"))
    start = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[start : start + 2])[0]
    data[start + 2 + 12 * count : start + 6 + 12 * count] = struct.pack("<I", start)
    return bytes(data)


def animation(form: str) -> bytes:
    """The photograph, then two frames that are other ones."""
    others = [Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("red", "blue")]
    options = {"lossless": True} if form == "WEBP" else {}
    return saved(image(), form, save_all=True, append_images=others, duration=100, **options)


def turned(orientation: int, form: str = "PNG") -> bytes:
    """Stored so that a viewer has to turn it by EXIF to show the photograph."""
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = image() if undo is None else image().transpose(undo)
    options = {"quality": 95, "subsampling": 0} if form == "JPEG" else {}
    return saved(stored, form, exif=_exif(orientation), **options)


def cmyk(profile: bytes | None = None) -> bytes:
    """A JPEG in the colours of print."""
    options = {"icc_profile": profile} if profile else {}
    return saved(image().convert("CMYK"), "JPEG", quality=97, subsampling=0, **options)


def cmyk_profile() -> bytes:
    """A profile for ink that shows full ink as white, which no formula would."""
    return _device_profile(b"CMYK", channels=4)


def swapped_profile() -> bytes:
    """A profile in which red and blue stand for each other."""
    standard = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = bytearray(standard)
    red, blue = data.index(b"rXYZ", 128), data.index(b"bXYZ", 128)
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    description = data.find("sRGB".encode("utf-16-be"))
    if description >= 0:
        data[description : description + 8] = "swap".encode("utf-16-be")
    return bytes(data)


def sixteen_bit_png(*, colour: bool) -> bytes:
    """The photograph, or its red, with 16 bits a channel."""
    values = photograph() if colour else photograph()[..., 0]
    rows = (values.astype(">u2") * 257).reshape(HEIGHT, -1)
    packed = zlib.compress(b"".join(b"\x00" + row.tobytes() for row in rows))
    return png(WIDTH, HEIGHT, packed, bits=16, colour=2 if colour else 0)


def archive() -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as files:
        files.writestr("evil.class", b"\xca\xfe\xba\xbe")
    return file.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def _device_profile(space: bytes, *, channels: int) -> bytes:
    """The least ICC profile with a table from a device's colours: two grid points a channel."""
    points = 2**channels
    lab = b"".join(
        struct.pack("BBB", 255 * bin(index).count("1") // channels, 128, 128)
        for index in range(points)
    )
    ramp = bytes(range(256))
    identity = b"".join(struct.pack(">i", 65536 if i % 4 == 0 else 0) for i in range(9))
    table = (
        b"mft1\x00\x00\x00\x00"
        + bytes([channels, 3, 2, 0])
        + identity
        + ramp * channels
        + lab
        + ramp * 3
    )
    white = b"XYZ \x00\x00\x00\x00" + struct.pack(">iii", 63190, 65536, 54061)
    text = b"text\x00\x00\x00\x00" + b"ink\x00"
    description = b"desc\x00\x00\x00\x00" + struct.pack(">I", 4) + b"ink\x00" + bytes(78)
    tags = [(b"desc", description), (b"cprt", text), (b"wtpt", white), (b"A2B0", table)]
    offset = 128 + 4 + 12 * len(tags)
    directory, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        padded = data + bytes(-len(data) % 4)
        directory += name + struct.pack(">II", offset + len(body), len(data))
        body += padded
    header = bytearray(128)
    header[0:4] = struct.pack(">I", offset + len(body))
    header[8:12] = bytes([2, 0x20, 0, 0])
    header[12:16], header[16:20], header[20:24] = b"prtr", space, b"Lab "
    header[36:40] = b"acsp"
    header[68:80] = struct.pack(">iii", 63190, 65536, 54061)
    return bytes(header) + directory + body
