"""Recipes: all that it takes to generate a picture again, as an artefact of its own.

>>> from assay.core.image_request import ImageRequest
>>> recipe = Recipe(
...     generator="assay-digits/1", name="assay-digits", model=None, weights=None,
...     request=ImageRequest("a seven", seed=3), drawn=Drawn(256, 256, 20, "1.5", "euler"),
...     libraries={"numpy": "2.4.6"}, machine=Machine("x86_64"), output=Digest.of(b"png"),
...     output_bytes=3)
>>> Recipe.decode(recipe.encode()) == recipe
True
>>> recipe.again().steps
20
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assay.content.errors import RecipeMalformed
from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.errors import InputError

SCHEMA = "recipe/1"
MEDIA_TYPE = "image/png"


@dataclass(frozen=True)
class Drawn:
    """The values in force when the picture was drawn, also where the request left them open.

    Attributes:
        width: in pixels.
        height: in pixels.
        steps: of the sampler; None where a server does not say.
        guidance: in decimal; None where there is none or a server does not say.
        scheduler: name of the sampler; None where a server does not say.
        settings: what else decided the bytes; no floats.
    """

    width: int
    height: int
    steps: int | None = None
    guidance: str | None = None
    scheduler: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "width": self.width,
            "height": self.height,
            "steps": self.steps,
            "guidance": self.guidance,
            "scheduler": self.scheduler,
            "settings": dict(self.settings),
        }

    @classmethod
    def from_json(cls, value: Any) -> Drawn:
        """Read what `as_json` wrote."""
        return cls(
            width=int(value["width"]),
            height=int(value["height"]),
            steps=None if value["steps"] is None else int(value["steps"]),
            guidance=_text_or_none(value["guidance"]),
            scheduler=_text_or_none(value["scheduler"]),
            settings=dict(value["settings"]),
        )


@dataclass(frozen=True)
class Machine:
    """The kind of machine that drew: `uname -m`, and the threads where their number counts."""

    architecture: str
    threads: int | None = None


@dataclass(frozen=True)
class Recipe:
    """What was asked of which weights, by which libraries, and what came of it.

    Attributes:
        generator: kind of generator, such as `assay-digits/1`.
        name: of the model; for a server, what the model is called there.
        model: id of the model asset; None if it is not known.
        weights: CID of the weights; None for a server.
        request: as it was made.
        drawn: what was in force.
        libraries: version by name.
        output: SHA-256 of the picture's bytes; the content id that they are minted as.
    """

    generator: str
    name: str
    model: Digest | None
    weights: Cid | None
    request: ImageRequest
    drawn: Drawn
    libraries: Mapping[str, str]
    machine: Machine
    output: Digest
    output_bytes: int

    @property
    def prompt_digest(self) -> Digest:
        """SHA-256 of the request's canonical JSON: what a mint records as the prompt."""
        return self.request.prompt_digest

    def again(self) -> ImageRequest:
        """The request with every value spelt out, so that later defaults change nothing."""
        drawn = self.drawn
        return replace(
            self.request,
            width=drawn.width,
            height=drawn.height,
            steps=drawn.steps or self.request.steps,
            guidance=self.request.guidance if drawn.guidance is None else float(drawn.guidance),
        )

    def encode(self) -> bytes:
        """The canonical JSON that is stored."""
        return canonical_json(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        machine = self.machine
        return {
            "assay": SCHEMA,
            "generator": self.generator,
            "name": self.name,
            "model": self.model.hex if self.model else None,
            "weights": str(self.weights) if self.weights else None,
            "request": self.request.as_json(),
            "drawn": self.drawn.as_json(),
            "libraries": dict(self.libraries),
            "machine": {"architecture": machine.architecture, "threads": machine.threads},
            "output": {
                "digest": self.output.hex,
                "bytes": self.output_bytes,
                "media_type": MEDIA_TYPE,
            },
        }

    @classmethod
    def decode(cls, data: bytes) -> Recipe:
        """Read what `encode` wrote.

        Raises:
            RecipeMalformed: not JSON, a field missing or of another type, an unknown schema.
        """
        try:
            value = json.loads(data)
            if value["assay"] != SCHEMA:
                raise RecipeMalformed(f"schema {value['assay']!r} is unknown")
            return cls(
                generator=str(value["generator"]),
                name=str(value["name"]),
                model=Digest.parse(value["model"]) if value["model"] else None,
                weights=Cid.parse(value["weights"]) if value["weights"] else None,
                request=ImageRequest.from_json(value["request"]),
                drawn=Drawn.from_json(value["drawn"]),
                libraries={str(k): str(v) for k, v in value["libraries"].items()},
                machine=_machine(value["machine"]),
                output=Digest.parse(value["output"]["digest"]),
                output_bytes=int(value["output"]["bytes"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise RecipeMalformed(f"{type(error).__name__}: {error}") from None
        except InputError as error:
            raise RecipeMalformed(str(error)) from None


def _machine(value: Any) -> Machine:
    threads = value["threads"]
    return Machine(str(value["architecture"]), None if threads is None else int(threads))


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)
