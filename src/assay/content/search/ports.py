"""What the search needs from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assay.content.search.model import Neighbour


class NearestIndex(Protocol):
    """Vectors of some spaces, searched for the nearest ones."""

    def add(self, space: str, keys: Sequence[int], vectors: Sequence[bytes]) -> None:
        """Take in vectors under keys that are new.

        Raises:
            SpaceUnknown: there is no such space.
            VectorMalformed: a vector does not fit it.
        """
        ...

    def search(self, space: str, vectors: Sequence[bytes], count: int) -> list[list[Neighbour]]:
        """For each vector its nearest ones, the nearest first; raises as `add` does."""
        ...

    def remove(self, keys: Sequence[int]) -> None:
        """Forget these, in whatever space they are; unknown ones are passed over."""
        ...

    def __len__(self) -> int:
        """How many vectors there are, in all spaces."""
        ...
