"""The fingerprints that ours is measured against, as their packages make them: PDQ, pHash, dHash.

Each is asked with all eight orientations of the query, which none of them does by itself, so that
turned and mirrored copies count for them too. PDQ leaves out what it calls itself too poor (quality
below 50), as its authors say.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Protocol

import imagehash
import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

Hashes = NDArray[np.uint8]
"""One packed hash a row."""

PDQ_QUALITY = 50
_TURNS = (
    None,
    Image.Transpose.ROTATE_90,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
)


class Peer(Protocol):
    """A perceptual hash.

    Attributes:
        name: as in the table.
        bits: of one hash.
        published: the distance up to which its authors call two pictures alike.
    """

    name: str
    bits: int
    published: int

    def registered(self, pixels: NDArray[np.uint8]) -> Hashes:
        """The hash of a picture as it stands, one row; none if the picture is too poor."""
        ...

    def asked(self, pixels: NDArray[np.uint8]) -> Hashes:
        """The hashes of its eight orientations; none if the picture is too poor."""
        ...


class PdqHash:
    """PDQ of Meta, 2019: 256 bits; matches up to a distance of 31 at a quality of 50 or more."""

    name = "pdq"
    bits = 256
    published = 31

    def registered(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.registered`."""
        return self.asked(pixels)[:1]

    def asked(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.asked`."""
        hashes, quality = pdqhash.compute_dihedral(np.ascontiguousarray(pixels))
        if quality < PDQ_QUALITY:
            return np.empty((0, self.bits // 8), np.uint8)
        return np.packbits(np.asarray(hashes, np.uint8), axis=1)

    def orientations(self, data: bytes) -> Hashes:
        """Of a picture file, whatever its quality."""
        pixels = np.ascontiguousarray(Image.open(io.BytesIO(data)).convert("RGB"))
        hashes, _ = pdqhash.compute_dihedral(pixels)
        return np.packbits(np.asarray(hashes, np.uint8), axis=1)


class PHash:
    """pHash of the imagehash package: 64 bits of a cosine transform; 10 is its usual limit."""

    name = "phash"
    bits = 64
    published = 10

    def registered(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.registered`."""
        return _packed([imagehash.phash(_gray(pixels))])

    def asked(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.asked`."""
        # Scaled once, as imagehash would for each orientation: its filter is the same both ways.
        small = _gray(pixels).resize((32, 32), Image.Resampling.LANCZOS)
        return _packed([imagehash.phash(_turned(small, turn)) for turn in _TURNS])


class DHash:
    """dHash of the imagehash package: 64 differences of neighbours; 10 is its usual limit."""

    name = "dhash"
    bits = 64
    published = 10

    def registered(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.registered`."""
        return _packed([imagehash.dhash(_gray(pixels))])

    def asked(self, pixels: NDArray[np.uint8]) -> Hashes:
        """See `Peer.asked`."""
        gray = _gray(pixels)
        wide, high = (gray.resize(size, Image.Resampling.LANCZOS) for size in ((9, 8), (8, 9)))
        turned = [_turned(one, turn) for turn in _TURNS for one in (wide, high)]
        return _packed([imagehash.dhash(one) for one in turned if one.size == (9, 8)])


PEERS: tuple[Peer, ...] = (PdqHash(), PHash(), DHash())


@dataclass(frozen=True)
class Distances:
    """How far a query is from what it was made of and from everything else; bits + 1 if unknown."""

    right: int
    wrong: int


class PeerIndex:
    """The registered pictures under one peer's hash."""

    def __init__(self, peer: Peer, hashes: list[Hashes]) -> None:
        self.peer = peer
        self._owners = np.repeat(np.arange(len(hashes)), [len(one) for one in hashes])
        self._hashes = np.concatenate([*hashes, np.empty((0, peer.bits // 8), np.uint8)])

    def distances(self, pixels: NDArray[np.uint8], owner: int | None) -> Distances:
        """Of a query made of the registered picture `owner`, or of none of them."""
        nearest = np.full(len(self._owners), self.peer.bits + 1)
        for asked in self.peer.asked(pixels):
            words = np.bitwise_count(self._hashes ^ asked)
            nearest = np.minimum(nearest, words.sum(axis=1, dtype=np.int64))
        mine = self._owners == (-1 if owner is None else owner)
        return Distances(self._least(nearest[mine]), self._least(nearest[~mine]))

    def _least(self, distances: NDArray[np.int64]) -> int:
        return int(distances.min()) if len(distances) else self.peer.bits + 1


def _gray(pixels: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(pixels).convert("L")


def _turned(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)


def _packed(hashes: list[imagehash.ImageHash]) -> Hashes:
    return np.packbits(np.stack([one.hash.ravel() for one in hashes]).astype(np.uint8), axis=1)
