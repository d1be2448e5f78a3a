"""Our own generator as an `ImageModel`.

    model = DigitsModel(Path("generators/digits"))
    image = await model.generate(ImageRequest("the year 2026", seed=3))

Needs numpy alone, and no thread, clock, library generator or processor decides a pixel.
"""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import Path

import numpy as np

from assay.core.chat import ParameterOutOfRange, decimal_text
from assay.generation.images.digits.drawing import SMALLEST_SIDE, default_width, draw
from assay.generation.images.digits.folder import (
    DEFAULT_GUIDANCE,
    DEFAULT_STEPS,
    GENERATOR,
    Generator,
    open_generator,
)
from assay.generation.images.digits.prompts import MODEL, read_prompt
from assay.generation.images.digits.sampling import SCHEDULER, sample
from assay.generation.images.errors import SettingUnknown
from assay.generation.images.png import encoder_versions, write_png
from assay.generation.images.port import GeneratedImage, ImageRequest

_HEIGHT = 256
_LARGEST_PIXELS = 4096 * 1024


class DigitsModel:
    """The trained weights of one folder, read at the first picture."""

    name = MODEL
    generator = GENERATOR

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __repr__(self) -> str:
        return f"DigitsModel({str(self._folder)!r})"

    async def generate(self, request: ImageRequest) -> GeneratedImage:
        """Draw; see `ImageModel.generate`."""
        return await asyncio.to_thread(self.draw, request)

    async def close(self) -> None:
        """Nothing is open."""

    def draw(self, request: ImageRequest) -> GeneratedImage:
        """Draw, in this thread.

        Raises:
            PromptNotDrawable: the prompt asks for something else than digits.
            SettingUnknown: a negative prompt.
            ParameterOutOfRange: too small or too large a picture.
            WeightsDamaged: the folder does not hold what was trained.
        """
        if request.negative_prompt:
            raise SettingUnknown(self.name, "negative prompt")
        digits = read_prompt(request.prompt)
        width, height = _size(request, len(digits))
        steps = request.steps or DEFAULT_STEPS
        guidance = DEFAULT_GUIDANCE if request.guidance is None else request.guidance
        glyphs = sample(
            self._trained.layers, digits, seed=request.seed, steps=steps, guidance=guidance
        )
        return GeneratedImage(
            png=write_png(draw(glyphs, seed=request.seed, width=width, height=height)),
            width=width,
            height=height,
            steps=steps,
            guidance=decimal_text(float(guidance)),
            scheduler=SCHEDULER,
            settings={"digits": list(digits)},
            libraries={"numpy": np.__version__, **encoder_versions()},
        )

    @cached_property
    def _trained(self) -> Generator:
        return open_generator(self._folder)


def _size(request: ImageRequest, digits: int) -> tuple[int, int]:
    height = request.height or (min(_HEIGHT, request.width) if request.width else _HEIGHT)
    width = request.width or default_width(digits, height)
    smallest_width = default_width(digits, SMALLEST_SIDE)
    if height < SMALLEST_SIDE:
        raise ParameterOutOfRange("height", height, f"{SMALLEST_SIDE} or more")
    if width < smallest_width:
        raise ParameterOutOfRange("width", width, f"{smallest_width} or more for {digits} digits")
    if width * height > _LARGEST_PIXELS:
        raise ParameterOutOfRange(
            "size", f"{width}x{height}", f"at most {_LARGEST_PIXELS} pixels in all"
        )
    return width, height
