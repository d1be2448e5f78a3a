"""A 32-byte digest: the name by which chain, store and ledger know a piece of content.

>>> Digest.of(b"hello").hex[:18]
'0x2cf24dba5fb0a30e'
>>> Digest.parse("0x" + "ab" * 32).token_id == int("ab" * 32, 16)
True
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from assay.errors import InputError

_HEX = re.compile(r"(0x)?[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """32 bytes, by default the SHA-256 of some content."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise InputError(f"A digest has 32 bytes, this one has {len(self.raw)}.")

    @classmethod
    def of(cls, data: bytes) -> Digest:
        """The SHA-256 digest of `data`."""
        return cls(hashlib.sha256(data).digest())

    @classmethod
    def parse(cls, text: str) -> Digest:
        """Read 64 hexadecimal characters, with or without 0x.

        Raises:
            InputError: `text` is anything else.
        """
        if not _HEX.fullmatch(text):
            raise InputError(
                f"{text[:80]!r} is not a digest.", hint="Give 0x and 64 hexadecimal characters."
            )
        return cls(bytes.fromhex(text.removeprefix("0x")))

    @classmethod
    def from_token_id(cls, token_id: int) -> Digest:
        """The digest behind an ERC-721 token id of the registry or the content contract."""
        return cls(token_id.to_bytes(32, "big"))

    @property
    def hex(self) -> str:
        """0x and 64 lower-case hexadecimal characters."""
        return "0x" + self.raw.hex()

    @property
    def token_id(self) -> int:
        """The digest read as a big-endian number, as the contracts use it for token ids."""
        return int.from_bytes(self.raw, "big")

    def __str__(self) -> str:
        return self.hex
