"""How vectors travel in a task: options that every node and validator reads from its terms.

>>> Encoding().kept(1000)
60
>>> Encoding.from_terms(Encoding(bits=8).terms()) == Encoding(bits=8)
True
>>> Encodings().start.is_sparse
False
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from assay.training.compression.errors import EncodingImpossible

WHOLE_BASIS_POINTS = 10_000
BITS = (2, 4, 8, 32)
SMALLEST_BLOCK, LARGEST_BLOCK = 64, 1 << 16
BEST_ZSTD_LEVEL = 19


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one kind of vector is encoded.

    Attributes:
        kept_basis_points: share of the numbers that is sent, the largest ones; 10,000 sends all.
        bits: of a number: 2, 4 or 8 after quantisation, or 32 for float32 as it is.
        block: so many consecutive positions share a scale; a power of two.
        stochastic: round up or down by chance, so that the mean is right (QSGD, Alistarh et al.
            2017), instead of to the nearest level.
        error_feedback: what was not sent is added to the next vector (see `feedback`).
        zstd_level: 1 (fast) to 19 (small).

    Raises:
        EncodingImpossible: an option is outside its range.
    """

    kept_basis_points: int = 600
    bits: int = 2
    block: int = 4096
    stochastic: bool = False
    error_feedback: bool = True
    zstd_level: int = 9

    def __post_init__(self) -> None:
        for option, low, high in (
            ("kept_basis_points", 1, WHOLE_BASIS_POINTS),
            ("block", SMALLEST_BLOCK, LARGEST_BLOCK),
            ("zstd_level", 1, BEST_ZSTD_LEVEL),
        ):
            value = getattr(self, option)
            if type(value) is not int or not low <= value <= high:
                raise EncodingImpossible(option, value, f"a whole number from {low} to {high}")
        if type(self.bits) is not int or self.bits not in BITS:
            raise EncodingImpossible("bits", self.bits, "2, 4, 8 or 32")
        if self.block.bit_count() != 1:
            raise EncodingImpossible("block", self.block, "a power of two")
        for option in ("stochastic", "error_feedback"):
            if type(getattr(self, option)) is not bool:
                raise EncodingImpossible(option, getattr(self, option), "true or false")

    @classmethod
    def from_terms(cls, terms: Mapping[str, Any]) -> Encoding:
        """Read the options; those that are absent are as by default.

        Raises:
            EncodingImpossible: an option is unknown or outside its range.
        """
        known = [field.name for field in fields(cls)]
        for option, value in terms.items():
            if option not in known:
                raise EncodingImpossible(str(option)[:80], value, f"one of {', '.join(known)}")
        return cls(**terms)

    def terms(self) -> dict[str, Any]:
        """The options, without floats, as they stand in a task's terms."""
        return asdict(self)

    @property
    def is_sparse(self) -> bool:
        """Whether only some of the numbers are sent."""
        return self.kept_basis_points < WHOLE_BASIS_POINTS

    def kept(self, size: int) -> int:
        """How many of `size` numbers are sent at most."""
        return -(-size * self.kept_basis_points // WHOLE_BASIS_POINTS)


EXACT = Encoding(kept_basis_points=WHOLE_BASIS_POINTS, bits=32, error_feedback=False)
"""Every number in float32: how one who joins late gets the whole global model."""


@dataclass(frozen=True, slots=True)
class Encodings:
    """How a task's vectors travel: the first global model, then updates, then differences.

    Attributes:
        start: of the initial model, to every node once; 4 bits suit a random one, and one that was
            trained before wants 8 or 32.
        up: of a node's update, to the committee.
        down: of the difference between successive global models, to every node.
    """

    start: Encoding = Encoding(kept_basis_points=WHOLE_BASIS_POINTS, bits=4, block=256)
    up: Encoding = Encoding()
    down: Encoding = Encoding()

    @classmethod
    def from_terms(cls, terms: Mapping[str, Any]) -> Encodings:
        """Read the options of each; those that are absent are as by default.

        Raises:
            EncodingImpossible: there is another kind, or an option outside its range.
        """
        known = [field.name for field in fields(cls)]
        for name, options in terms.items():
            if name not in known or not isinstance(options, Mapping):
                raise EncodingImpossible(str(name)[:80], options, f"options of {', '.join(known)}")
        return cls(**{name: Encoding.from_terms(options) for name, options in terms.items()})

    def terms(self) -> dict[str, Any]:
        """The options of each, as they stand in a task's terms."""
        return asdict(self)
