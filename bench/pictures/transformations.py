"""What people do to pictures, each at a stated strength, the same for the same seed.

    altered = TRANSFORMATIONS["crop_20"](pixels, Random("china.jpg crop_20"))

Pixels are 8-bit RGB of shape (height, width, 3), and so is what comes back. Percentages are of
each side: `crop_30` keeps 70 % of the width and of the height, that is 49 % of the picture, at a
random place; `pad_50` adds half of the width on the left and on the right, and half of the height
above and below, so that the picture is a quarter of what comes back.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pictures.page import font, screenshot

Pixels = NDArray[np.uint8]
Transformation = Callable[[Pixels, Random], Pixels]

_PLAIN_COLOURS = ((255, 255, 255), (0, 0, 0), (128, 128, 128))


def jpeg(pixels: Pixels, _: Random, *, quality: int) -> Pixels:
    """Saved as JPEG and opened again."""
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=quality)
    return np.asarray(Image.open(stored).convert("RGB"))


def resize(pixels: Pixels, _: Random, *, percent: int) -> Pixels:
    """Scaled evenly."""
    height, width = pixels.shape[:2]
    size = (max(1, width * percent // 100), max(1, height * percent // 100))
    way = cv2.INTER_AREA if percent < 100 else cv2.INTER_CUBIC
    return _rgb(cv2.resize(pixels, size, interpolation=way))


def crop(pixels: Pixels, random: Random, *, percent: int) -> Pixels:
    """A window that is so much narrower and lower, anywhere in the picture."""
    height, width = pixels.shape[:2]
    kept_width, kept_height = (side * (100 - percent) // 100 for side in (width, height))
    left = random.randint(0, width - kept_width)
    top = random.randint(0, height - kept_height)
    return pixels[top : top + kept_height, left : left + kept_width].copy()


def pad(pixels: Pixels, random: Random, *, percent: int) -> Pixels:
    """Laid on a larger plain canvas, in its middle."""
    height, width = pixels.shape[:2]
    across, down = width * percent // 100, height * percent // 100
    colour = _plain_or_any(random)
    return _rgb(
        cv2.copyMakeBorder(pixels, down, down, across, across, cv2.BORDER_CONSTANT, value=colour)
    )


def rotate(pixels: Pixels, random: Random, *, degrees: int) -> Pixels:
    """Turned to either side: on a larger canvas, on one of its own size, or cut to no corners."""
    turned = random.choice((-1, 1)) * degrees
    image = Image.fromarray(pixels)
    style = random.choice(("larger", "same", "cut"))
    fill = random.choice(_PLAIN_COLOURS)
    rotated = image.rotate(
        turned, Image.Resampling.BICUBIC, expand=style == "larger", fillcolor=fill
    )
    if style == "cut":
        width, height = _inscribed(image.width, image.height, float(np.radians(degrees)))
        left, top = (image.width - width) // 2, (image.height - height) // 2
        rotated = rotated.crop((left, top, left + width, top + height))
    return np.asarray(rotated)


def quarter_turn(pixels: Pixels, _: Random, *, turns: int) -> Pixels:
    """Turned leftwards by so many times 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, turns))


def mirror(pixels: Pixels, _: Random) -> Pixels:
    """Left and right exchanged."""
    return np.ascontiguousarray(pixels[:, ::-1])


def brightness(pixels: Pixels, random: Random) -> Pixels:
    """Half or one and a half times as bright."""
    return _levels(pixels, random.choice((0.5, 1.5)), 0.0)


def contrast(pixels: Pixels, random: Random) -> Pixels:
    """Half or one and a half times the contrast, around the mean."""
    factor = random.choice((0.5, 1.5))
    return _levels(pixels, factor, float(pixels.mean()) * (1 - factor))


def blur(pixels: Pixels, _: Random) -> Pixels:
    """Gaussian, its deviation 1/200 of the longer side (4 pixels of 800)."""
    return _rgb(cv2.GaussianBlur(pixels, (0, 0), max(pixels.shape[:2]) / 200))


def noise(pixels: Pixels, random: Random) -> Pixels:
    """Gaussian in every channel, with a deviation of 20 of 255."""
    grain = np.random.default_rng(random.getrandbits(64)).normal(0, 20, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def watermark(pixels: Pixels, _: Random) -> Pixels:
    """A name all over it, slanted and translucent, and an opaque badge in a corner."""
    image = Image.fromarray(pixels).convert("RGBA")
    width, height = image.size
    size = max(10, max(width, height) // 18)
    side = int((width**2 + height**2) ** 0.5) + 4 * size
    layer = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(layer)
    for row, top in enumerate(range(0, side, 4 * size)):
        for left in range(-(row % 2) * 5 * size, side, 10 * size):
            draw.text((left, top), "© PREVIEW ONLY", font=font(size), fill=(255, 255, 255, 110))
    layer = layer.rotate(30, Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    image.alpha_composite(layer.crop((left, top, left + width, top + height)))
    badge = ImageDraw.Draw(image)
    box = (width - 6 * size, height - 2 * size, width - size // 2, height - size // 2)
    badge.rectangle(box, fill=(200, 30, 30, 255))
    badge.text((box[0] + size // 3, box[1] + size // 8), "stock.no", font=font(size), fill="white")
    return np.asarray(image.convert("RGB"))


def border(pixels: Pixels, random: Random) -> Pixels:
    """A coloured frame of 5 % of the shorter side, with a thin line inside."""
    wide = max(3, min(pixels.shape[:2]) // 20)
    thin = max(1, wide // 5)
    colour = _plain_or_any(random)
    line = tuple(255 - channel for channel in colour)
    framed = cv2.copyMakeBorder(pixels, thin, thin, thin, thin, cv2.BORDER_CONSTANT, value=line)
    return _rgb(
        cv2.copyMakeBorder(framed, wide, wide, wide, wide, cv2.BORDER_CONSTANT, value=colour)
    )


def grayscale(pixels: Pixels, _: Random) -> Pixels:
    """Without colour."""
    return _rgb(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def both(pixels: Pixels, random: Random, *, first: str, second: str) -> Pixels:
    """One after the other."""
    return SINGLE[second](SINGLE[first](pixels, random), random)


SINGLE: dict[str, Transformation] = {
    **{f"jpeg_{quality}": partial(jpeg, quality=quality) for quality in (95, 75, 50, 30)},
    **{f"resize_{percent}": partial(resize, percent=percent) for percent in (25, 50, 200)},
    **{f"crop_{percent}": partial(crop, percent=percent) for percent in (5, 10, 20, 30)},
    **{f"pad_{percent}": partial(pad, percent=percent) for percent in (10, 25, 50)},
    **{f"rotate_{degrees}": partial(rotate, degrees=degrees) for degrees in (4, 10, 15)},
    **{f"rotate_{90 * turns}": partial(quarter_turn, turns=turns) for turns in (1, 2, 3)},
    "mirror": mirror,
    "brightness": brightness,
    "contrast": contrast,
    "blur": blur,
    "noise": noise,
    "watermark": watermark,
    "border": border,
    "screenshot": screenshot,
    "grayscale": grayscale,
}

_PAIRED = (
    ("crop_10", "jpeg_50"),
    ("crop_20", "resize_50"),
    ("crop_20", "grayscale"),
    ("crop_10", "rotate_4"),
    ("mirror", "crop_20"),
    ("mirror", "rotate_10"),
    ("rotate_90", "resize_50"),
    ("rotate_10", "jpeg_50"),
    ("pad_25", "brightness"),
    ("border", "jpeg_50"),
    ("watermark", "crop_10"),
    ("watermark", "jpeg_30"),
    ("blur", "resize_50"),
    ("noise", "jpeg_75"),
    ("contrast", "crop_10"),
    ("crop_10", "screenshot"),
    ("mirror", "screenshot"),
    ("screenshot", "jpeg_50"),
)
PAIRS: dict[str, Transformation] = {
    f"{first}+{second}": partial(both, first=first, second=second) for first, second in _PAIRED
}
TRANSFORMATIONS: dict[str, Transformation] = SINGLE | PAIRS


def _plain_or_any(random: Random) -> tuple[int, int, int]:
    any_colour = (random.randrange(256), random.randrange(256), random.randrange(256))
    return random.choice((*_PLAIN_COLOURS, any_colour))


def _levels(pixels: Pixels, factor: float, offset: float) -> Pixels:
    return np.clip(pixels * factor + offset, 0, 255).astype(np.uint8)


def _rgb(pixels: NDArray[np.generic]) -> Pixels:
    return pixels.astype(np.uint8, copy=False)


def _inscribed(width: int, height: int, angle: float) -> tuple[int, int]:
    """The largest upright rectangle within a rotated one, of the same shape as the whole."""
    sine, cosine = np.sin(angle), np.cos(angle)
    scale = min(width / (width * cosine + height * sine), height / (width * sine + height * cosine))
    return int(width * scale), int(height * scale)
