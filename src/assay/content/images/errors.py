"""What can go wrong with a picture; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError


class NotAPicture(InputError):
    """The bytes are none of the picture formats that Assay reads.

    Attributes:
        seen: what the bytes look like instead, if that is known.
    """

    http_status = 415

    def __init__(self, seen: str | None = None, *, hint: str = "") -> None:
        super().__init__(
            f"This is {seen}, not a picture that can be read."
            if seen
            else "The bytes are no picture of a known format.",
            hint=hint or "Give a PNG, JPEG, WebP, GIF, TIFF, BMP or AVIF file.",
        )
        self.seen = seen


class PictureTooLarge(InputError):
    """A picture has more pixels than Assay decodes."""

    http_status = 413

    def __init__(self, width: int, height: int, limit_pixels: int) -> None:
        super().__init__(
            f"The picture has {width} x {height} pixels, more than {limit_pixels} in all.",
            hint="Scale it down first; a copy is recognised at a tenth of that size too.",
        )
        self.width = width
        self.height = height
        self.limit_pixels = limit_pixels


class PictureTooLong(InputError):
    """A picture has a side that is longer than Assay decodes: a strip rather than a picture."""

    http_status = 413

    def __init__(self, width: int, height: int, limit_pixels: int) -> None:
        super().__init__(
            f"The picture has {width} x {height} pixels, more than {limit_pixels} on one side.",
            hint="Cut it into pieces first.",
        )
        self.width = width
        self.height = height
        self.limit_pixels = limit_pixels


class PictureFileTooLarge(InputError):
    """A picture file is larger than Assay takes."""

    http_status = 413

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            f"The picture file has {size_bytes} bytes, more than {limit_bytes}.",
            hint="Save it compressed, for example as JPEG.",
        )
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class PictureTruncated(InputError):
    """A picture file ends before the picture does."""

    def __init__(self, media_type: str, size_bytes: int) -> None:
        super().__init__(
            f"The {media_type} file ends after {size_bytes} bytes, before its picture is complete.",
            hint="Fetch the file again; it was probably cut off on its way.",
        )
        self.media_type = media_type
        self.size_bytes = size_bytes


class PictureDamaged(InputError):
    """A picture file starts like one but cannot be decoded."""

    def __init__(self, media_type: str, detail: str) -> None:
        super().__init__(
            f"The {media_type} file is damaged: {detail}.",
            hint="If a viewer shows it, save it anew there and give that file.",
        )
        self.media_type = media_type
        self.detail = detail
