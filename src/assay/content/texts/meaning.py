"""The meaning of a text as its fingerprint holds it: one small vector for each passage.

It imports nothing heavy, so that metadata can carry it; `paraphrase` makes it and compares it. With
64 passages of 384 dimensions it has 33 KB in JSON.

>>> meaning = Meaning("model", True, (Direction("latin", 12, bytes([1, 255])),), ("cyrillic",))
>>> Meaning.from_json(meaning.as_json()) == meaning
True
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from assay.content.errors import FingerprintMalformed
from assay.content.texts.passages import PASSAGE_LIMIT

DIMENSIONS_LIMIT = 640
"""64 passages of so many have 55 KB in JSON; longer vectors are folded, see `paraphrase`."""

PARAPHRASE = "paraphrase"
"""What is said to have been done to a text that is known by its meaning."""

_NAME_LIMIT = 80
_UNITS_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Direction:
    """Where the meaning of one passage points.

    Attributes:
        script: that the passage is in; passages of different scripts are not compared.
        units: words or pairs of Chinese characters; how much the passage counts.
        values: signed bytes, the largest of them -127 or 127; less what all passages share.
    """

    script: str
    units: int
    values: bytes


@dataclass(frozen=True, slots=True)
class Meaning:
    """The passages of one text by one model.

    Attributes:
        model: name of the embedder.
        whole: False if the text goes on behind these passages.
        directions: in the order of the text.
        uncovered: scripts of passages that the model is not calibrated for, and that are left out.
    """

    model: str
    whole: bool
    directions: tuple[Direction, ...]
    uncovered: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        values = b"".join(one.values for one in self.directions)
        return {
            "model": self.model,
            "whole": self.whole,
            "scripts": [one.script for one in self.directions],
            "units": [one.units for one in self.directions],
            "values": base64.b64encode(values).decode(),
            "uncovered": list(self.uncovered),
        }

    @classmethod
    def from_json(cls, value: Any) -> Meaning:
        """Read what `as_json` wrote.

        Raises:
            FingerprintMalformed: a field is missing, malformed or too long.
        """
        try:
            scripts, units = value["scripts"], value["units"]
            if len(scripts) != len(units) or len(scripts) > PASSAGE_LIMIT:
                raise FingerprintMalformed(f"its meaning has {len(scripts)} passages")
            data = _values(value["values"])
            size, rest = divmod(len(data), max(len(scripts), 1))
            if rest or size > DIMENSIONS_LIMIT or (scripts and not size):
                raise FingerprintMalformed(f"{len(data)} bytes hold no {len(scripts)} vectors")
            return cls(
                model=_name(value["model"]),
                whole=bool(value["whole"]),
                directions=tuple(
                    Direction(_name(script), _units(count), data[place * size : (place + 1) * size])
                    for place, (script, count) in enumerate(zip(scripts, units, strict=True))
                ),
                uncovered=tuple(_name(script) for script in value["uncovered"][:PASSAGE_LIMIT]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FingerprintMalformed(f"{type(error).__name__}: {error}") from None


def _values(text: Any) -> bytes:
    if len(text) > PASSAGE_LIMIT * DIMENSIONS_LIMIT * 4 // 3 + 4:
        raise FingerprintMalformed("its meaning is too long")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise FingerprintMalformed(f"base64: {error}") from None


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _NAME_LIMIT:
        raise FingerprintMalformed(f"{value!r} is no name")
    return value


def _units(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _UNITS_LIMIT:
        raise FingerprintMalformed(f"{value!r} is no number of words")
    return value
