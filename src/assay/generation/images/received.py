"""Pictures that a server sends: checked, and brought to PNG where they are something else."""

from __future__ import annotations

import io
import warnings
from importlib.metadata import version

import numpy as np
from PIL import Image

from assay.generation.images.errors import ImageAnswerUnusable
from assay.generation.images.png import encoder_versions, write_png

_FORMATS = ("PNG", "JPEG", "WEBP")
_LARGEST_PIXELS = 4096 * 4096


def receive_picture(model: str, data: bytes) -> tuple[bytes, int, int, dict[str, str]]:
    """The picture as PNG, its width and height, and the libraries that changed its bytes.

    A whole PNG stays as it came, to the byte. JPEG and WebP are decoded and packed as PNG.

    Raises:
        ImageAnswerUnusable: no picture of these kinds, a damaged one, or a far too large one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                width, height = picture.size
                if width * height > _LARGEST_PIXELS:
                    raise ImageAnswerUnusable(model, f"the picture has {width} x {height} pixels")
                if picture.format == "PNG":
                    picture.load()
                    return data, width, height, {}
                pixels = np.asarray(picture.convert("RGB"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageAnswerUnusable(model, f"the picture is too large: {error}") from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ImageAnswerUnusable(model, f"no readable picture: {error}") from None
    libraries = {"pillow": version("pillow"), **encoder_versions()}
    return write_png(pixels), width, height, libraries
