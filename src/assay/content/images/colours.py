"""Colours of any kind of picture as a viewer shows them: 8-bit sRGB over white.

By embedded profile where there is one (relative colorimetric with black point compensation, as
browsers do), by the plain formula otherwise.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_SIXTEEN_BIT_MODES = ("I;16", "I;16L", "I;16B", "I;16N")
_DEEP_MODES = (*_SIXTEEN_BIT_MODES, "I", "F")
_TIFF_BITS_PER_SAMPLE = 258
_PROFILE_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}


class Colours:
    """How the pixels of one picture become sRGB; made once it is decoded, asked for every band.

    Attributes:
        notes: what is done to the colours, each in a few words.
    """

    def __init__(self, image: Image.Image, data: bytes) -> None:
        self.notes: list[str] = []
        self._range = _value_range(image) if image.mode in _DEEP_MODES else (0.0, 1.0)
        self._transparent = image.has_transparency_data and image.mode not in _DEEP_MODES
        self._base = _base_mode(image)
        self._transform = self._profile_transform(image)
        if self._transparent:
            self.notes.append("transparency laid over white")
        if _is_deep(image, data):
            self.notes.append("reduced to 8 bits a channel")
        if image.mode == "CMYK" and self._transform is None:
            self.notes.append("CMYK without a profile converted by the plain formula")

    def shown(self, band: Image.Image) -> NDArray[np.uint8]:
        """A band of the picture, shape (height, width, 3)."""
        if band.mode in _DEEP_MODES:
            low, high = self._range
            values = np.nan_to_num(np.asarray(band, dtype=np.float32), posinf=high, neginf=low)
            scaled = np.clip((values - low) * (255.0 / (high - low)), 0, 255)
            band = Image.fromarray((scaled + 0.5).astype(np.uint8))
        alpha = None
        if self._transparent:
            band = band.convert("RGBA")
            alpha = band.getchannel("A")
        if band.mode != self._base:
            band = band.convert(self._base)
        if self._transform is not None:
            band = ImageCms.applyTransform(band, self._transform) or band
        elif band.mode != "RGB":
            band = band.convert("RGB")
        if alpha is not None:
            white = Image.new("RGB", band.size, (255, 255, 255))
            white.paste(band, mask=alpha)
            band = white
        return np.asarray(band)

    def _profile_transform(self, image: Image.Image) -> ImageCms.ImageCmsTransform | None:
        embedded = image.info.get("icc_profile")
        if not embedded:
            if image.mode != "LAB":
                return None
            profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            try:
                profile = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
            except (OSError, ImageCms.PyCMSError):
                self.notes.append("unreadable colour profile ignored")
                return None
        space = profile.profile.xcolor_space
        name = (profile.profile.profile_description or "unnamed").strip()
        if space != _PROFILE_SPACES[self._base]:
            self.notes.append(f"colour profile of another colour space ({space.strip()}) ignored")
            return None
        if space == "RGB " and "srgb" in name.lower() and "linear" not in name.lower():
            return None
        try:
            transform = ImageCms.buildTransform(
                profile,
                ImageCms.createProfile("sRGB"),
                self._base,
                "RGB",
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except ImageCms.PyCMSError:
            self.notes.append("unusable colour profile ignored")
            return None
        self.notes.append(f"colours converted from the profile {name[:80]!r}")
        return transform


def _base_mode(image: Image.Image) -> str:
    """The mode in which a profile of the picture would speak of its colours."""
    if image.mode in ("CMYK", "LAB"):
        return image.mode
    if image.mode in _DEEP_MODES:
        return "L"
    gray = image.mode in ("1", "L") and not image.has_transparency_data
    return "L" if gray else "RGB"


def _value_range(image: Image.Image) -> tuple[float, float]:
    """Which values are black and white in a picture of more than 8 bits."""
    if image.mode in _SIXTEEN_BIT_MODES:
        return 0.0, 65535.0
    low, high = image.getextrema()
    if not (isinstance(low, int | float) and isinstance(high, int | float)):
        return 0.0, 1.0
    if image.mode == "I":
        usual = low >= 0 and high <= 65535
        return (0.0, 65535.0) if usual else (float(low), float(max(high, low + 1)))
    if not np.isfinite([low, high]).all() or high <= 1.0:
        return 0.0, 1.0
    return 0.0, 255.0 if high <= 255.0 else float(high)


def _is_deep(image: Image.Image, data: bytes) -> bool:
    if image.mode in _DEEP_MODES:
        return True
    if image.format == "PNG":
        return data[24] == 16
    bits = getattr(image, "tag_v2", {}).get(_TIFF_BITS_PER_SAMPLE, (8,))
    return max(bits) > 8 if isinstance(bits, tuple) else False
