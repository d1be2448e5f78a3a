"""OpenAI's image generations as JSON: reading a request, writing an answer.

As with chats, what would change the picture and cannot be honoured is refused, never ignored, and
every answer carries one more member, `assay`. Besides OpenAI's fields, `seed`, `negative_prompt`,
`num_inference_steps` and `guidance_scale` are read.

Reference: https://platform.openai.com/docs/api-reference/images
"""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assay.core.image_request import ImageRequest
from assay.market.metering import ImageCallRequest, PaidCall
from assay.service.chat_format import (
    ParameterUnsupported,
    RequestMalformed,
    evidence,
    malformed,
)

_HARMLESS = frozenset(("user", "metadata"))
# What these parameters say when they say nothing.
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "response_format": ("b64_json",),
    "output_format": ("png",),
    "quality": ("auto", "standard"),
    "background": ("auto", "opaque"),
    "stream": (False,),
    "partial_images": (0,),
}
_SIZE = re.compile(r"([1-9][0-9]{0,4})x([1-9][0-9]{0,4})")


class ImageGenerationRequest(BaseModel):
    """The body of POST /v1/images/generations."""

    model_config = ConfigDict(extra="allow", strict=True)

    model: str = Field(min_length=1, max_length=200)
    prompt: str
    size: str | None = None
    seed: int | None = None
    negative_prompt: str | None = None
    num_inference_steps: int | None = None
    guidance_scale: float | None = None


def read_request(body: bytes) -> ImageCallRequest:
    """Read a request's body.

    Raises:
        RequestMalformed: not UTF-8, not JSON, or of another shape.
        ParameterUnsupported: it asks for several pictures, a URL, another format or a stream.
        InputError: a parameter is out of range.
    """
    try:
        given = ImageGenerationRequest.model_validate_json(body)
    except ValidationError as error:
        raise malformed(error) from None
    for name, value in (given.model_extra or {}).items():
        if name not in _HARMLESS and value is not None and value not in _NEUTRAL.get(name, ()):
            raise ParameterUnsupported(name)
    width, height = _size(given.size)
    image = ImageRequest(
        prompt=given.prompt,
        seed=given.seed or 0,
        negative_prompt=given.negative_prompt or "",
        width=width,
        height=height,
        steps=given.num_inference_steps,
        guidance=given.guidance_scale,
    )
    return ImageCallRequest(given.model, image, seed_given=given.seed is not None)


def generation(call: PaidCall) -> dict[str, Any]:
    """The answer of a settled call: one PNG in base64."""
    assert call.answer, "only an answered call is written"
    return {
        "created": call.verified_at,
        "data": [{"b64_json": call.answer.text}],
        "output_format": "png",
        "assay": evidence(call),
    }


def _size(size: str | None) -> tuple[int | None, int | None]:
    if size in {None, "auto"}:
        return None, None
    matched = _SIZE.fullmatch(size or "")
    if matched is None:
        raise RequestMalformed("size: give WIDTHxHEIGHT, such as 256x256, or auto")
    return int(matched[1]), int(matched[2])
