"""Any picture file as the pixels that a viewer would show, safely.

>>> is_picture(bytes.fromhex("89504e470d0a1a0a"))
True
>>> is_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
False

`read_picture` takes PNG, JPEG, WebP, GIF, TIFF, BMP and AVIF by their bytes, never by a name. It
turns the picture as its EXIF says, takes the first frame, lays transparency over white, converts
colours to sRGB by the embedded profile, and brings every depth to 8 bits; what it did is noted.
It stays under 600 MB of memory whatever the file claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assay.content.images.containers import foreign_hint, media_type_of
from assay.content.images.errors import NotAPicture, PictureFileTooLarge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PICTURE_LIMIT_BYTES = 100_000_000
PICTURE_LIMIT_PIXELS = 50_000_000
"""More than this is refused, except a baseline JPEG, which can be decoded at a part of its size."""
WEBP_LIMIT_PIXELS = 30_000_000
"""Less, because its decoder holds the picture four times."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as a viewer shows it.

    Attributes:
        pixels: 8-bit sRGB, shape (height, width, 3); read only.
        media_type: of the file that it was read from, for example `image/png`.
        notes: what was done on reading, each in a few words.
    """

    pixels: NDArray[np.uint8]
    media_type: str
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.pixels.shape[0])


def is_picture(data: bytes) -> bool:
    """Whether the bytes start like a picture that `read_picture` takes; 32 bytes are enough."""
    return media_type_of(data) is not None


def read_picture(data: bytes) -> Picture:
    """The picture in a file's bytes.

    Raises:
        NotAPicture: no known format; the hint helps with SVG, PDF, HEIC and the like.
        PictureFileTooLarge: more than `PICTURE_LIMIT_BYTES`.
        PictureTooLarge: more than `PICTURE_LIMIT_PIXELS`, and no JPEG that can be reduced.
        PictureTooLong: a side of more than 65 535 pixels.
        PictureTruncated: the file ends too early.
        PictureDamaged: the file cannot be decoded.
    """
    media_type = media_type_of(data)
    if media_type is None:
        seen, hint = foreign_hint(data)
        raise NotAPicture(seen, hint=hint)
    if len(data) > PICTURE_LIMIT_BYTES:
        raise PictureFileTooLarge(len(data), PICTURE_LIMIT_BYTES)
    from assay.content.images.decoding import decode  # noqa: PLC0415 - slow to import

    limit = WEBP_LIMIT_PIXELS if media_type == "image/webp" else PICTURE_LIMIT_PIXELS
    pixels, notes = decode(data, media_type, limit_pixels=limit)
    return Picture(pixels=pixels, media_type=media_type, notes=notes)
