"""What a node seals: its encoded update, and the few facts that go with it.

>>> payload = Payload(samples=120, message=b"...", epsilon_micro=1_500_000)
>>> Payload.from_bytes(payload.to_bytes()) == payload
True

A line of canonical JSON, then the message of the wire format (`assay.training.compression.wire`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from assay.core.canonical import canonical_json
from assay.errors import InputError
from assay.training.record_errors import PayloadMalformed

_LARGEST_HEADER_BYTES = 256
_LARGEST_NUMBER = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Payload:
    """A node's update before it is sealed.

    Attributes:
        samples: how many records it was learnt from.
        message: the update in the wire format.
        epsilon_micro: the privacy spent on these records so far, in millionths; None where the node
            trains without differential privacy.
    """

    samples: int
    message: bytes
    epsilon_micro: int | None = None

    def to_bytes(self) -> bytes:
        """The line and the message."""
        header = {"epsilon_micro": self.epsilon_micro, "samples": self.samples}
        return canonical_json(header) + b"\n" + self.message

    @classmethod
    def from_bytes(cls, data: bytes) -> Payload:
        """Read what `to_bytes` wrote, and nothing that is spelt otherwise.

        Raises:
            PayloadMalformed: it is anything else.
        """
        line, newline, message = data[:_LARGEST_HEADER_BYTES].partition(b"\n")
        try:
            header = json.loads(line)
            payload = cls(
                _number(header["samples"], 1),
                message + data[_LARGEST_HEADER_BYTES:],
                None if header["epsilon_micro"] is None else _number(header["epsilon_micro"], 0),
            )
        except (ValueError, KeyError, TypeError, RecursionError, InputError):
            raise PayloadMalformed from None
        if not newline or payload.to_bytes() != data:
            raise PayloadMalformed
        return payload


def _number(value: object, smallest: int) -> int:
    if type(value) is not int or not smallest <= value <= _LARGEST_NUMBER:
        raise ValueError(f"{value!r} is no number from {smallest}")
    return value
