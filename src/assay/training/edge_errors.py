"""What can go wrong between an edge and its leaves; see `assay.errors` for the tree."""

from __future__ import annotations

from assay.errors import InputError, UnavailableError


class LeavesUnforeseen(InputError):
    """A member wants more leaves to train for it than the task's plan admits."""

    def __init__(self, asked: int, admitted: int) -> None:
        super().__init__(
            f"{asked} leaves should train behind one member, and the task admits {admitted}.",
            hint="Join by oneself with --data, or take part in a task opened with --leaves.",
        )
        self.asked = asked
        self.admitted = admitted


class TooFewLeaves(UnavailableError):
    """So few of an edge's leaves gave an update that it sits the round out."""

    def __init__(self, found: int, least: int, waited_s: float) -> None:
        super().__init__(
            f"{found} leaves gave an update within {waited_s:g} s, and the edge wants {least}.",
            hint="Nothing was committed to. Look at the edge's log for each leaf's reason.",
        )
        self.found = found
        self.least = least
