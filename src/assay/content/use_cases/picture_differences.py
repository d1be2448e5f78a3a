"""How two picture files differ, in sentences: what to say of a picture that was made again."""

from __future__ import annotations

import numpy as np

from assay.content.images.reading import Picture, read_picture
from assay.errors import AssayError

_IMPERCEPTIBLE = 8  # of 255


def picture_differences(made: bytes, recorded: bytes) -> tuple[str, ...]:
    """One sentence each, the most telling first.

    Args:
        made: the file made now.
        recorded: the file that the recipe was written for.
    """
    try:
        picture, original = read_picture(made), read_picture(recorded)
    except AssayError as error:
        return (f"a picture cannot be read: {error}",)
    now, before = picture.pixels, original.pixels
    if now.shape != before.shape:
        sizes = [f"{shape[1]} x {shape[0]}" for shape in (now.shape, before.shape)]
        size = f"the size is {sizes[0]} instead of {sizes[1]} pixels"
        return (size, _verdict(picture, original))
    distance = np.abs(now.astype(np.int16) - before.astype(np.int16)).max(axis=2)
    if not distance.any():
        return ("every pixel is the same: only the file around them is packed in another way",)
    share = float(np.mean(distance > 0))
    largest = int(distance.max())
    telling = "too little to see" if largest <= _IMPERCEPTIBLE else "to be seen"
    pixels = f"{share:.1%} of the pixels differ, by up to {largest} of 255: {telling}"
    return (pixels, _verdict(picture, original))


def _verdict(picture: Picture, original: Picture) -> str:
    """Whether `verify` would take the one for an altered copy of the other."""
    from assay.content.images.comparing import compare_picture  # noqa: PLC0415 - slow, seldom used
    from assay.content.images.describing import fingerprint_picture  # noqa: PLC0415

    comparison = compare_picture(picture, fingerprint_picture(original))
    seen = "recognised" if comparison.is_copy else "not recognised"
    return f"by its fingerprint it is {seen} as the recorded picture ({comparison.confidence:.3f})"
