"""What a node is sent at the beginning of a round, and where it may get the model otherwise.

>>> base = Digest.of(b"model")
>>> sent = Broadcast(base, Digest.of(b"record"), b"message")
>>> Broadcast.from_bytes(sent.to_bytes()) == sent
True

Who holds the base follows the message; who does not, because it joined late or missed a round,
fetches the whole model out of the record.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.digest import Digest
from assay.training.compression.errors import MessageMalformed

_NOTHING = Digest(bytes(32))
_HEADER_BYTES = 64


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A compressed difference of global models.

    Attributes:
        base: digest of the model that it is a difference from; None for the initial one, which is
            a difference from zeros.
        record: root of the record that holds the whole model; None for the initial one.
    """

    base: Digest | None
    record: Digest | None
    message: bytes

    def to_bytes(self) -> bytes:
        """Two digests and the message."""
        return (self.base or _NOTHING).raw + (self.record or _NOTHING).raw + self.message

    @classmethod
    def from_bytes(cls, data: bytes) -> Broadcast:
        """Read what `to_bytes` wrote.

        Raises:
            MessageMalformed: it is cut off.
        """
        if len(data) < _HEADER_BYTES:
            raise MessageMalformed(f"a broadcast ends after {len(data)} bytes")
        base, record = Digest(data[:32]), Digest(data[32:_HEADER_BYTES])
        return cls(
            None if base == _NOTHING else base,
            None if record == _NOTHING else record,
            data[_HEADER_BYTES:],
        )
