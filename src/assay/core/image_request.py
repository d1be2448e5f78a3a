"""A request to an image model, as a value that every area shares and hashes alike.

>>> request = ImageRequest("a seven", seed=3)
>>> request.parameters["seed"]
3
>>> request.prompt_digest == ImageRequest("a seven", seed=3).prompt_digest
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from assay.core.canonical import canonical_json
from assay.core.chat import LARGEST_SEED, ParameterOutOfRange, PromptTooLong, decimal_text
from assay.core.digest import Digest
from assay.errors import InputError

LARGEST_IMAGE_PROMPT_BYTES = 32_768
LARGEST_SIDE = 4096
MOST_STEPS = 1000
LARGEST_GUIDANCE = 100.0


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One picture that is asked for; where a field is None, the model's default holds.

    Attributes:
        prompt: what to draw; may be empty for models that take no prompt.
        seed: 0 to 2**32 - 2; the same seed gives the same picture.
        negative_prompt: what not to draw, for models that know it.
        width: in pixels.
        height: in pixels.
        steps: of the sampler.
        guidance: how closely the prompt is followed, 0 to 100.

    Raises:
        PromptTooLong: the prompts have more than `LARGEST_IMAGE_PROMPT_BYTES` bytes.
        ParameterOutOfRange: a parameter is outside its range.
        InputError: a prompt is not valid Unicode.
    """

    prompt: str
    seed: int
    negative_prompt: str = ""
    width: int | None = None
    height: int | None = None
    steps: int | None = None
    guidance: float | None = None

    def __post_init__(self) -> None:
        _check_prompts(self.prompt, self.negative_prompt)
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ParameterOutOfRange("seed", self.seed, f"from 0 to {LARGEST_SEED}")
        for name, side in (("width", self.width), ("height", self.height)):
            if side is not None and not 1 <= side <= LARGEST_SIDE:
                raise ParameterOutOfRange(name, side, f"from 1 to {LARGEST_SIDE} pixels")
        if self.steps is not None and not 1 <= self.steps <= MOST_STEPS:
            raise ParameterOutOfRange("steps", self.steps, f"from 1 to {MOST_STEPS}")
        if self.guidance is not None and not (
            isfinite(self.guidance) and 0 <= self.guidance <= LARGEST_GUIDANCE
        ):
            raise ParameterOutOfRange("guidance", self.guidance, f"from 0 to {LARGEST_GUIDANCE:g}")

    @property
    def parameters(self) -> dict[str, Any]:
        """What decides the picture besides the prompts, in JSON without floats."""
        return {
            "seed": self.seed,
            "width": self.width,
            "height": self.height,
            "steps": self.steps,
            "guidance": None if self.guidance is None else decimal_text(float(self.guidance)),
        }

    def as_json(self) -> dict[str, Any]:
        """The prompt document: `{"prompt", "negative_prompt", "parameters": {...}}`."""
        return {
            "prompt": self.prompt,
            "negative_prompt": self.negative_prompt,
            "parameters": self.parameters,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> ImageRequest:
        """Read what `as_json` wrote."""
        parameters = document["parameters"]
        guidance = parameters["guidance"]
        return cls(
            prompt=str(document["prompt"]),
            negative_prompt=str(document["negative_prompt"]),
            seed=int(parameters["seed"]),
            guidance=None if guidance is None else float(guidance),
            **{name: _whole(parameters[name]) for name in ("width", "height", "steps")},
        )

    @property
    def prompt_digest(self) -> Digest:
        """SHA-256 of the canonical JSON of the prompt document."""
        return Digest.of(canonical_json(self.as_json()))


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _check_prompts(*prompts: str) -> None:
    try:
        size_bytes = sum(len(prompt.encode("utf-8")) for prompt in prompts)
    except UnicodeEncodeError:
        raise InputError("The prompt has text that is not valid Unicode.") from None
    if size_bytes > LARGEST_IMAGE_PROMPT_BYTES:
        raise PromptTooLong(size_bytes, LARGEST_IMAGE_PROMPT_BYTES)
