"""What the comparison of texts by their meaning needs from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class TextEmbedder(Protocol):
    """Turns passages into vectors that point alike where passages mean alike."""

    @property
    def name(self) -> str:
        """The model with its version; vectors of different names are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has.

        Raises:
            UnavailableError: only a server knows, and it fails.
        """
        ...

    def embed(self, passages: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each passage, all of the same size.

        Raises:
            UnavailableError: the model or its server fails.
        """
        ...
