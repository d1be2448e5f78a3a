"""Bottom-k sketches: how alike two sets are, from the smallest hashes of each.

A set is kept as the `SKETCH_SIZE` smallest of its members' hashes (Cohen 1997, Thorup 2013). A set
that is smaller than that is kept whole, so that short texts compare exactly; of larger ones the
sketches are a uniform sample without replacement, and the Jaccard estimate has a standard error of
at most 0.5 / sqrt(256) = 0.031. One hash for each member, where MinHash needs one for each of its
functions.

>>> a, b = Sketch.of(["one", "two", "three"]), Sketch.of(["two", "three", "four"])
>>> a.jaccard(b)
0.5
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice, pairwise
from struct import Struct, pack

from assay.content.errors import FingerprintMalformed

SKETCH_SIZE = 256
_HASH_BYTES = 4
_CHUNK = 50_000
_WORD = Struct("<I")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far two sets overlap, counted on the part of the hash range that both sketches cover.

    Attributes:
        shared: sampled members that both have.
        smaller: sampled members of the set that has fewer of them.
        union: sampled members of either.
    """

    shared: int
    smaller: int
    union: int

    @property
    def jaccard(self) -> float:
        """Estimate of |A and B| / |A or B|, in 0..1; 0 where both are empty."""
        return self.shared / self.union if self.union else 0.0

    @property
    def containment(self) -> float:
        """Estimate of |A and B| / min(|A|, |B|), in 0..1; 0 where one is empty."""
        return self.shared / self.smaller if self.smaller else 0.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest 32-bit hashes of a set, ascending, without repetition."""

    hashes: tuple[int, ...]

    @classmethod
    def of(cls, members: Iterable[str]) -> Sketch:
        """Sketch the set of `members`; memory does not grow with their number."""
        smallest: list[int] = []
        remaining = iter(members)
        while chunk := set(islice(remaining, _CHUNK)):
            hashes = {_hash(member) for member in chunk}
            hashes.update(smallest)
            smallest = sorted(hashes)[:SKETCH_SIZE]
        return cls(tuple(smallest))

    @property
    def complete(self) -> bool:
        """True if the set was small enough to be kept whole."""
        return len(self.hashes) < SKETCH_SIZE

    @property
    def largest_hash(self) -> int:
        """Up to this hash the sketch knows every member."""
        return 2 ** (8 * _HASH_BYTES) - 1 if self.complete else self.hashes[-1]

    def overlap(self, other: Sketch) -> Overlap:
        """Compare on the hash range that both cover; symmetric."""
        limit = min(self.largest_hash, other.largest_hash)
        mine = {value for value in self.hashes if value <= limit}
        theirs = {value for value in other.hashes if value <= limit}
        shared = len(mine & theirs)
        return Overlap(
            shared=shared,
            smaller=min(len(mine), len(theirs)),
            union=len(mine) + len(theirs) - shared,
        )

    def jaccard(self, other: Sketch) -> float:
        """Estimated Jaccard similarity, in 0..1; exact where both are complete."""
        return self.overlap(other).jaccard

    def encode(self) -> str:
        """Base64 of the hashes as little-endian 32-bit words; at most 1368 characters."""
        return base64.b64encode(pack(f"<{len(self.hashes)}I", *self.hashes)).decode()

    @classmethod
    def decode(cls, text: str) -> Sketch:
        """Read what `encode` wrote.

        Raises:
            FingerprintMalformed: not base64, too long, or hashes that do not ascend.
        """
        if len(text) > SKETCH_SIZE * _HASH_BYTES * 2:
            raise FingerprintMalformed(f"its sketch has more than {SKETCH_SIZE} hashes")
        try:
            data = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise FingerprintMalformed("its sketch is not base64") from None
        if len(data) % _HASH_BYTES or len(data) > SKETCH_SIZE * _HASH_BYTES:
            raise FingerprintMalformed(f"its sketch has {len(data)} bytes")
        hashes = tuple(value for (value,) in _WORD.iter_unpack(data))
        if any(left >= right for left, right in pairwise(hashes)):
            raise FingerprintMalformed("the hashes of its sketch do not ascend")
        return cls(hashes)


def _hash(member: str) -> int:
    digest = blake2b(member.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()
    return int.from_bytes(digest, "little")
