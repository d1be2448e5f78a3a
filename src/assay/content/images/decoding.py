"""Pictures decoded by Pillow and Little CMS: the one place where their errors are translated.

Sizes are checked before a decoder takes memory for them, and what is decoded is converted in
bands, so that the peak is the decoder's own picture (4 bytes a pixel, 10 for a progressive JPEG)
and the result (3 bytes a pixel).
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from assay.content.images.colours import Colours
from assay.content.images.containers import (
    holds_archive,
    jpeg_frame,
    trailing_bytes,
    webp_size,
)
from assay.content.images.errors import (
    PictureDamaged,
    PictureTooLarge,
    PictureTooLong,
    PictureTruncated,
)

_READERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "image/png": PngImageFile,
    "image/jpeg": JpegImageFile,
    "image/webp": WebPImageFile,
    "image/gif": GifImageFile,
    "image/tiff": TiffImageFile,
    "image/bmp": BmpImageFile,
    "image/avif": AvifImageFile,
}
# What Pillow raises on broken files, as its own fuzzing shows; SyntaxError is its "not my format".
_DECODER_ERRORS = (
    SyntaxError,
    OSError,
    ValueError,
    EOFError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
SIDE_LIMIT_PIXELS = 65_535
"""As of a JPEG; a strip that is longer costs every step after decoding many seconds."""

# What Pillow finds odd in a file is not for standard error; what matters is an error or a note.
warnings.filterwarnings("ignore", module=r"PIL\.")

_BAND_PIXELS = 1_000_000
_JPEG_SCALES = (2, 4, 8)
_ORIENTATION = 0x0112
_TILE_WIDTH, _TILE_LENGTH = 322, 323
_TILE_LIMIT_PIXELS = 4096 * 4096
# From what is stored to what is shown, as (mirror left to right first, quarter turns leftwards).
_TURNS: dict[int, tuple[bool, int]] = {
    2: (True, 0),
    3: (False, 2),
    4: (True, 2),
    5: (True, 1),
    6: (False, 3),
    7: (True, 3),
    8: (False, 1),
}


def decode(
    data: bytes, media_type: str, *, limit_pixels: int
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Pixels as shown, of shape (height, width, 3), and notes on what was done.

    Raises:
        PictureTooLarge: more than `limit_pixels` that cannot be reduced while decoding.
        PictureTooLong: a side of more than `SIDE_LIMIT_PIXELS`.
        PictureTruncated: the file ends too early.
        PictureDamaged: the file cannot be decoded.
    """
    _refuse_claimed_size(data, media_type, limit_pixels)
    try:
        with _READERS[media_type](io.BytesIO(data)) as image:
            notes = _prepare(image, media_type, limit_pixels)
            image.load()
            colours = Colours(image, data)
            pixels = _in_bands(image, colours)
            orientation = _orientation(image)
    except _DECODER_ERRORS as error:
        raise _translated(error, data, media_type) from error
    if orientation in _TURNS:
        mirrored, quarters = _TURNS[orientation]
        pixels = np.ascontiguousarray(np.rot90(pixels[:, ::-1] if mirrored else pixels, quarters))
        notes.append(f"turned as its EXIF orientation {orientation} says")
    pixels.flags.writeable = False
    return pixels, (*notes, *colours.notes, *_appended(data, media_type))


def _refuse_claimed_size(data: bytes, media_type: str, limit_pixels: int) -> None:
    """For the formats whose reader takes memory for a picture as soon as it opens one."""
    size = webp_size(data) if media_type == "image/webp" else None
    if size and size[0] * size[1] > limit_pixels:
        raise PictureTooLarge(*size, limit_pixels)
    if media_type == "image/jpeg":
        frame = jpeg_frame(data)
        if frame and not frame.reducible and frame.width * frame.height > limit_pixels:
            raise PictureTooLarge(frame.width, frame.height, limit_pixels)


def _prepare(image: ImageFile.ImageFile, media_type: str, limit_pixels: int) -> list[str]:
    """Refuse or reduce what is too large, before it is decoded."""
    notes: list[str] = []
    width, height = image.size
    if width < 1 or height < 1:
        raise PictureDamaged(media_type, f"it is {width} x {height} pixels in size")
    if width * height > limit_pixels and media_type == "image/jpeg":
        for scale in _JPEG_SCALES:
            if width * height <= limit_pixels * scale * scale:
                image.draft(None, (width // scale, height // scale))
                notes.append(f"read at 1/{scale} of its {width} x {height} pixels")
                break
    if image.width * image.height > limit_pixels:
        raise PictureTooLarge(width, height, limit_pixels)
    if max(width, height) > SIDE_LIMIT_PIXELS:
        raise PictureTooLong(width, height, SIDE_LIMIT_PIXELS)
    if isinstance(image, TiffImageFile):
        tile = [image.tag_v2.get(tag, 0) for tag in (_TILE_WIDTH, _TILE_LENGTH)]
        if tile[0] * tile[1] > _TILE_LIMIT_PIXELS:
            raise PictureTooLarge(tile[0], tile[1], _TILE_LIMIT_PIXELS)
    if getattr(image, "is_animated", False):
        notes.append("the first of several frames")
    return notes


def _in_bands(image: Image.Image, colours: Colours) -> NDArray[np.uint8]:
    pixels = np.empty((image.height, image.width, 3), dtype=np.uint8)
    rows = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        pixels[top:bottom] = colours.shown(image.crop((0, top, image.width, bottom)))
    return pixels


def _orientation(image: ImageFile.ImageFile) -> int:
    """1 to 8 by EXIF, 1 if it says nothing readable. (Pillow has turned a TIFF already.)"""
    if isinstance(image, TiffImageFile) or "exif" not in image.info:
        return 1
    exif = Image.Exif()
    try:
        exif.load(image.info["exif"])
    except _DECODER_ERRORS:
        return 1
    value = exif.get(_ORIENTATION, 1)
    return value if isinstance(value, int) else 1


def _appended(data: bytes, media_type: str) -> list[str]:
    notes = []
    if count := trailing_bytes(data, media_type):
        notes.append(f"{count} bytes after the picture's end ignored")
    if holds_archive(data):
        notes.append("the file can be opened as a ZIP archive too")
    return notes


def _translated(
    error: BaseException, data: bytes, media_type: str
) -> PictureTruncated | PictureDamaged:
    text = str(error).strip().rstrip(".")
    cut = "truncated" in text.lower() or isinstance(error, EOFError)
    if media_type == "image/webp":
        cut = 8 + int.from_bytes(data[4:8], "little") > len(data)
    if cut:
        return PictureTruncated(media_type, len(data))
    return PictureDamaged(media_type, text or type(error).__name__)
