"""What a committee needs from the outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assay.training.committee.effects import Effect, Saved
from assay.training.committee.model import Certificate
from assay.training.model import RoundResult


class Application(Protocol):
    """What is agreed on. Both must give the same answer for the same input on every machine."""

    def propose(self, round_: int) -> bytes | None:
        """This validator's own proposal for a round; None while it has none yet."""
        ...

    def judge(self, round_: int, value: bytes) -> RoundResult | None:
        """Recompute the result that a proposal stands for.

        None, or an `AssayError`, if the proposal is wrong or cannot be judged yet; it is asked
        again when the replica is told that something is `ready`.
        """
        ...


class Journal(Protocol):
    """What a validator must not forget. One process at a time has it."""

    def save(self, effects: Sequence[Effect]) -> None:
        """Put what a replica wants saved or forgotten on the disk, all or nothing, in order.

        Raises:
            JournalNotWritten: it is not on the disk; nothing that follows may be sent.
            VoteForbidden: one of them is a second vote in one round and view.
        """
        ...

    def load(self) -> list[Saved]:
        """All that was saved and not forgotten, by round."""
        ...

    def certificate(self, round_: int) -> Certificate | None:
        """The certificate of a round, if it is kept."""
        ...
