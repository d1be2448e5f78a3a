"""What a node does beyond an ordinary round where only the sum of updates is seen.

The server carries messages between the nodes; what it may not change is signed, sealed, or held
against the chain. Messages are canonical JSON (`cohort`, `state`) but for the boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assay.core.address import Address
from assay.training.rounds import RoundPlace


class MaskingHooks(Protocol):
    """Four steps of a round, each of which may be repeated without harm."""

    def advertise(self, place: RoundPlace) -> bytes:
        """Make keys for a round: the node's advert, and its cohort if it has one already."""
        ...

    def deal(self, place: RoundPlace, roster: bytes) -> Mapping[Address, bytes]:
        """Deal shares of the node's secrets: a box for each other node of the roster.

        Raises:
            KeysForeign: a key in the roster is not its node's.
            CohortRefused: the roster is too small or too large, or another than before.
        """
        ...

    def accept(self, place: RoundPlace, cohort: bytes, boxes: Mapping[Address, bytes]) -> None:
        """Take what the others dealt; from now on the node can mask, and commit.

        Raises:
            CohortRefused: the cohort is too small, or another than before.
        """
        ...

    def unmask(self, place: RoundPlace) -> bytes:
        """Give shares for the survivors that the chain holds, once nobody can reveal any more.

        Raises:
            CohortRefused: reveals are open, the survivors are too few or masked with others, or
                shares were given for other survivors before.
        """
        ...


class MaskingMemory(Protocol):
    """Where a node keeps its state of a round; durable when a write returns, and secret."""

    def masking(self, round_number: int) -> bytes | None:
        """What was kept of a round."""
        ...

    def keep_masking(self, round_number: int, state: bytes) -> None:
        """Keep it, instead of what was kept before; the secrets of earlier rounds are deleted."""
        ...
