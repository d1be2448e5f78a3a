"""What a task's plan says of secure aggregation, and what that excludes.

>>> MaskingTerms(threshold=4).most_nodes
7

Bonawitz et al. 2017, "Practical secure aggregation for privacy-preserving machine learning"; Bell
et al. 2020, "Secure single-server aggregation with (poly)logarithmic overhead", which is this where
every node is every other's neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assay.training.compression.encoding import Encoding
from assay.training.privacy.masking.errors import MaskingExcludes, MaskingTermsInvalid

MICRO = 1_000_000
BITS = (16, 32)
LEAST_THRESHOLD, MOST_THRESHOLD = 3, 64
_MOST_CLIP_MICRO = 1_000_000 * MICRO
RULE = "mean"


@dataclass(frozen=True, slots=True)
class MaskingTerms:
    """The promise of one task.

    Attributes:
        threshold: so many nodes have to survive a round, and as many have to work together to see
            another's update; 3 at least, for of two each knows the other's.
        bits: of a masked number: 16 or 32.
        clip_micro: each number of an update is cut to plus or minus this, in millionths.

    Raises:
        MaskingTermsInvalid: one of them can't be.
    """

    threshold: int
    bits: int = 32
    clip_micro: int = 8 * MICRO

    def __post_init__(self) -> None:
        for name, (least, most) in {
            "threshold": (LEAST_THRESHOLD, MOST_THRESHOLD),
            "clip_micro": (1, _MOST_CLIP_MICRO),
        }.items():
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= most:
                raise MaskingTermsInvalid(name, value, f"a whole number from {least} to {most}")
        if type(self.bits) is not int or self.bits not in BITS:
            raise MaskingTermsInvalid("bits", self.bits, "16 or 32")

    @property
    def most_nodes(self) -> int:
        """In a round. With more, a server that shows nodes different chains could have one half of
        them give away what the other half must not.
        """
        return 2 * self.threshold - 1

    @property
    def clip(self) -> Fraction:
        """The largest number of an update."""
        return Fraction(self.clip_micro, MICRO)

    def check(self, rule: str, up: Encoding, leaves: int) -> None:
        """Hold the rest of a plan against it.

        Raises:
            MaskingExcludes: it needs single updates.
        """
        if rule != RULE:
            raise MaskingExcludes(
                f"the rule {rule!r}",
                "robust rules and the committee's scores compare single updates, which nobody sees",
                f"take the rule {RULE!r}",
            )
        if up.is_sparse or up.bits != 32 or up.error_feedback:
            raise MaskingExcludes(
                "the compression of updates",
                "masked numbers are random and dense, and which of them were kept would tell of "
                "the data",
                "leave the encoding upwards exact, and make updates smaller by 16 bits a number",
            )
        if leaves:
            raise MaskingExcludes(
                "leaves behind a node",
                "the node in front of them would see each one's update",
                "have all nodes join the task themselves",
            )

    def as_json(self) -> dict[str, int]:
        """The fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> MaskingTerms | None:
        """Read what `as_json` wrote; None stays None."""
        return None if value is None else cls(**value)
