"""Content identifiers, version 1, as IPFS writes them (https://github.com/multiformats/cid).

>>> cid = Cid.raw(b"hello")
>>> str(cid)
'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq'
>>> Cid.parse(str(cid)) == cid
True
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from assay.core.digest import Digest
from assay.errors import InputError

RAW = 0x55
DAG_PB = 0x70
_SHA2_256 = 0x12
_PREFIX_BYTES = 4


@dataclass(frozen=True, slots=True, order=True)
class Cid:
    """A CIDv1 with a SHA-256 multihash and the codec `raw` or `dag-pb`."""

    codec: int
    digest: Digest

    @classmethod
    def raw(cls, data: bytes) -> Cid:
        """The CID of `data` as one raw block."""
        return cls(RAW, Digest.of(data))

    @classmethod
    def dag_pb(cls, block: bytes) -> Cid:
        """The CID of an encoded dag-pb node."""
        return cls(DAG_PB, Digest.of(block))

    @classmethod
    def parse(cls, text: str) -> Cid:
        """Read a base32 CIDv1, with or without `ipfs://`.

        Raises:
            InputError: not a CID, or one with another version, codec or hash.
        """
        bare = text.removeprefix("ipfs://")
        try:
            if not bare.startswith("b") or bare != bare.lower():
                raise ValueError
            padded = bare[1:].upper() + "=" * (-len(bare[1:]) % 8)
            return cls.from_bytes(base64.b32decode(padded))
        except (ValueError, binascii.Error):
            raise InputError(
                f"{text[:80]!r} is not a CID that Assay reads.",
                hint="Give a base32 CIDv1 (bafy... or bafk...) with SHA-256, as `ipfs add "
                "--cid-version=1` prints it.",
            ) from None

    @classmethod
    def from_bytes(cls, data: bytes) -> Cid:
        """Read the binary form: version, codec, multihash.

        Raises:
            InputError: another version, codec or hash function.
        """
        if (
            len(data) != _PREFIX_BYTES + 32
            or data[0] != 1
            or data[1] not in (RAW, DAG_PB)
            or data[2:4] != bytes((_SHA2_256, 32))
        ):
            raise InputError("Not a CIDv1 with codec raw or dag-pb and a SHA-256 multihash.")
        return cls(data[1], Digest(data[_PREFIX_BYTES:]))

    @property
    def binary(self) -> bytes:
        """The binary form, as it stands inside dag-pb links and CAR files."""
        return bytes((1, self.codec, _SHA2_256, 32)) + self.digest.raw

    def __str__(self) -> str:
        return "b" + base64.b32encode(self.binary).decode().rstrip("=").lower()
