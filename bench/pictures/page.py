"""A screenshot of a page: the picture scaled inside it, among text, a toolbar and other pictures.

The other pictures on the page are drawn here by chance, so that no picture of a corpus is shown on
the page of another.
"""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_TEXT = """
the light of late summer lay over the harbour and nobody had asked where the picture came from until
a reader wrote that she had seen it before in another paper with another name below it which is why
we went back to the archive and looked again
"""
WORDS = _TEXT.split()
PAGE_SIZES = ((1280, 800), (1440, 900), (1366, 768), (1080, 1600))


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The typeface that Pillow brings along."""
    return ImageFont.load_default(size=size)


def screenshot(pixels: NDArray[np.uint8], random: Random) -> NDArray[np.uint8]:
    """The picture on a page of 0.5 to 1.7 megapixels, on 15 to 45 % of its area."""
    width, height = random.choice(PAGE_SIZES)
    dark = random.random() < 0.4
    paper, ink = ((24, 26, 31), (225, 225, 230)) if dark else ((255, 255, 255), (25, 25, 30))
    page = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(page)
    _toolbar(draw, width, dark, random)
    image = _scaled(pixels, width, height, random)
    left = random.randint(40, max(40, width - image.width - 40))
    top = random.randint(110, max(110, height - image.height - 30))
    _text(draw, (40, 84, width - 40, top - 20), ink, random, headline=True)
    page.paste(image, (left, top))
    bottom = top + image.height
    draw.text((left, bottom + 6), " ".join(random.sample(WORDS, 7)), font=font(13), fill=ink)
    _text(draw, (40, bottom + 34, width - 40, height - 10), ink, random)
    for side in ((40, left - 24), (left + image.width + 24, width - 40)):
        _column(page, draw, (side[0], top, side[1], bottom), ink, random)
    return np.asarray(page)


def _scaled(pixels: NDArray[np.uint8], width: int, height: int, random: Random) -> Image.Image:
    image = Image.fromarray(pixels)
    area = random.uniform(0.15, 0.45) * width * height
    scale = (area / (image.width * image.height)) ** 0.5
    scale = min(scale, (width - 80) / image.width, (height - 150) / image.height)
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _toolbar(draw: ImageDraw.ImageDraw, width: int, dark: bool, random: Random) -> None:
    bar = (52, 55, 62) if dark else (222, 225, 230)
    field = (32, 33, 38) if dark else (250, 250, 252)
    draw.rectangle((0, 0, width, 66), fill=bar)
    for index, colour in enumerate(((236, 95, 87), (246, 190, 79), (98, 197, 84))):
        draw.ellipse((16 + 22 * index, 10, 28 + 22 * index, 22), fill=colour)
    draw.rounded_rectangle((110, 36, width - 120, 60), 12, fill=field)
    address = f"https://{random.choice(WORDS)}.{random.choice(WORDS)}.org/{random.choice(WORDS)}"
    draw.text((126, 40), address, font=font(14), fill=(128, 130, 140))
    for index in range(3):
        draw.rectangle(
            (width - 100 + 28 * index, 40, width - 82 + 28 * index, 56), outline=(128,) * 3
        )


def _text(
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    ink: tuple[int, int, int],
    random: Random,
    *,
    headline: bool = False,
) -> None:
    left, top, right, bottom = box
    if headline and bottom - top > 34:
        draw.text((left, top), " ".join(random.sample(WORDS, 5)).title(), font=font(26), fill=ink)
        top += 40
    while bottom - top > 18:
        count = max(1, (right - left) // 50)
        line = " ".join(random.choice(WORDS) for _ in range(count))
        while line and draw.textlength(line, font=font(15)) > right - left:
            line = line.rpartition(" ")[0]
        draw.text((left, top), line, font=font(15), fill=ink)
        top += 22


def _column(
    page: Image.Image,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    ink: tuple[int, int, int],
    random: Random,
) -> None:
    """Other pictures with a line of text below each, if there is room beside the picture."""
    left, top, right, bottom = box
    wide = min(220, right - left)
    if wide < 90:
        return
    while bottom - top > wide * 2 // 3 + 24:
        page.paste(_other_picture(wide, wide * 2 // 3, random), (left, top))
        top += wide * 2 // 3
        _text(draw, (left, top + 2, left + wide, top + 22), ink, random)
        top += 34


def _other_picture(width: int, height: int, random: Random) -> Image.Image:
    """Clouds of colour with shapes on them: as rich in corners as a photograph."""
    numbers = np.random.default_rng(random.getrandbits(64))
    clouds = numbers.integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = Image.fromarray(clouds).resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = random.randrange(width), random.randrange(height)
        reach = random.randint(6, max(7, width // 5))
        colour = tuple(random.randrange(256) for _ in range(3))
        shape = random.choice((draw.ellipse, draw.rectangle))
        shape((x, y, x + reach, y + random.randint(4, reach)), fill=colour)
    grain = numbers.normal(0, 6, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))
