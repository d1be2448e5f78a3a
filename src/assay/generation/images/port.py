"""The port to image models.

    image = await model.generate(ImageRequest("a seven", seed=3))
    Path("seven.png").write_bytes(image.png)

Same request, same weights, same libraries and same kind of machine: same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from assay.core.image_request import ImageRequest

__all__ = ["GeneratedImage", "ImageModel", "ImageRequest"]


@dataclass(frozen=True, slots=True)
class GeneratedImage:
    """A picture, and all that it takes to make it again besides weights, prompt and seed.

    Attributes:
        png: the file's bytes.
        width: in pixels, as drawn.
        height: in pixels, as drawn.
        steps: of the sampler; None where it is not known, as of a server.
        guidance: in decimal; None where there is none, or it is not known.
        scheduler: name of the sampler; None where it is not known.
        settings: what else decides the bytes, in JSON without floats.
        libraries: version by name of each library that decides the bytes.
        threads: that computed it; None where their number decides nothing.
    """

    png: bytes
    width: int
    height: int
    steps: int | None = None
    guidance: str | None = None
    scheduler: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)
    threads: int | None = None


class ImageModel(Protocol):
    """Draws one picture a request."""

    @property
    def name(self) -> str:
        """The name that callers know the model by."""
        ...

    @property
    def generator(self) -> str:
        """What kind of generator it is, as recipes say it, such as `assay-digits/1`."""
        ...

    async def generate(self, request: ImageRequest) -> GeneratedImage:
        """Draw.

        Raises:
            InputError: the model cannot draw this (`PromptNotDrawable`, `RequestRejected`, ...).
            UnavailableError: the model or its server fails (`ImageServerTimeout`, ...).
            IntegrityError: weights, or a server's answer, are not what they should be.
        """
        ...

    async def close(self) -> None:
        """Release memory and connections."""
        ...
