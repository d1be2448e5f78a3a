"""What a kind of content, texts or pictures, has to do to be minted, verified and found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assay.content.model import Fingerprint, Minting


@dataclass(frozen=True, slots=True)
class Description:
    """What the metadata says of content besides its origin.

    Attributes:
        notes: what the minter should know, such as that the picture has little detail.
    """

    media_type: str
    fingerprint: Fingerprint
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A minted content held against the one in question.

    Attributes:
        same: nothing but the spelling or the encoding differs.
        similarity: in 0..1.
        confidence: that it is a copy, calibrated, in 0..1.
        transforms: what was recognised, such as "crop" or "rotate 7 degrees".
        evidence: what was compared, with value and threshold, one sentence each.
        overlay: draws where the minted picture lies in the one in question, as a PNG.
    """

    minting: Minting
    is_copy: bool
    same: bool
    similarity: float
    confidence: float
    transforms: tuple[str, ...]
    evidence: tuple[str, ...]
    overlay: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class Findings:
    """All that comparing has brought.

    Attributes:
        matches: the nearest first, copies before all others.
        notes: what could not be compared, and why.
    """

    matches: tuple[Match, ...]
    notes: tuple[str, ...]


class Matcher(Protocol):
    """One kind of content."""

    def takes(self, data: bytes) -> bool:
        """True if these bytes are of this kind."""
        ...

    def describe(self, data: bytes) -> Description:
        """What to mint the bytes as.

        Raises:
            InputError: they cannot be minted.
        """
        ...

    def find(self, data: bytes) -> Findings:
        """The minted contents that are like these bytes; what cannot be read is a note."""
        ...

    def recheck(self, data: bytes, match: Match) -> Match | None:
        """A match held against the minted content itself, as fingerprints can lie.

        None where the content is not here.
        """
        ...

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """Index those fingerprints that are of this kind; one that is there already stays."""
        ...


def matcher_for(data: bytes, matchers: Sequence[Matcher]) -> Matcher:
    """The first that takes the bytes; the last one takes all that the others do not."""
    return next((one for one in matchers if one.takes(data)), matchers[-1])
