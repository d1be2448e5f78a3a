"""What a node seals: its encoded update, and what it says of the data that it was learnt from.

>>> profile = DataProfile(records=120, cells=3600, missing=4, labels=(70, 50))
>>> payload = Payload(Source(profile), b"...", epsilon_micro=1_500_000)
>>> Payload.from_bytes(payload.to_bytes()) == payload
True

A line of canonical JSON, then the message of the wire format (`assay.training.compression.wire`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.errors import InputError
from assay.training.record_errors import PayloadMalformed
from assay.training.rewards.quality import DataProfile

LARGEST_HEADER_BYTES = 64 * 1024
_LARGEST_NUMBER = 2**53 - 1
NOT_SAID = Digest(bytes(32))


@dataclass(frozen=True, slots=True)
class Source:
    """What an update was learnt from, as its node says.

    Attributes:
        profile: of the records.
        data: SHA-256 of these records as the node keeps them, by which it can show later what they
            were, blinded where they are private; zeros where it does not say.
        leaves: how many stood behind the node and trained for it (`edges`); 0 if it did so itself.
    """

    profile: DataProfile
    data: Digest = NOT_SAID
    leaves: int = 0


@dataclass(frozen=True, slots=True)
class Payload:
    """A node's update before it is sealed.

    Attributes:
        message: the update in the wire format.
        gpu_seconds: of this round, as the node says.
        epsilon_micro: the privacy spent in this task so far, in millionths; None where the node
            trains without differential privacy.
    """

    source: Source
    message: bytes
    gpu_seconds: int = 0
    epsilon_micro: int | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """All but the update, as JSON values."""
        profile = self.source.profile
        return {
            "data": self.source.data.hex,
            "leaves": self.source.leaves,
            "cells": profile.cells,
            "missing": profile.missing,
            "labels": list(profile.labels),
            "gpu_seconds": self.gpu_seconds,
            "epsilon_micro": self.epsilon_micro,
        }

    def to_bytes(self) -> bytes:
        """The line and the message."""
        return canonical_json(self.facts) + b"\n" + self.message

    @classmethod
    def from_bytes(cls, data: bytes) -> Payload:
        """Read what `to_bytes` wrote, and nothing that is spelt otherwise.

        Raises:
            PayloadMalformed: it is anything else.
        """
        end = data.find(b"\n", 0, LARGEST_HEADER_BYTES)
        try:
            if end < 0:
                raise ValueError("there is no line")
            payload = cls.of(json.loads(data[:end]), data[end + 1 :])
        except (ValueError, KeyError, TypeError, RecursionError, InputError):
            raise PayloadMalformed from None
        if payload.to_bytes() != data:
            raise PayloadMalformed
        return payload

    @classmethod
    def of(cls, facts: Mapping[str, Any], message: bytes) -> Payload:
        """Join `facts` and the update.

        Raises:
            ValueError, KeyError, TypeError, InputError: these are no facts.
        """
        labels = tuple(_number(count) for count in facts["labels"])
        profile = DataProfile(
            sum(labels), _number(facts["cells"]), _number(facts["missing"]), labels
        )
        epsilon = facts["epsilon_micro"]
        return cls(
            Source(profile, Digest.parse(facts["data"]), _number(facts["leaves"])),
            message,
            _number(facts["gpu_seconds"]),
            None if epsilon is None else _number(epsilon),
        )


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST_NUMBER:
        raise ValueError(f"{value!r} is no whole number")
    return value
