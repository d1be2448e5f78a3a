"""A journal in memory: what a simulated validator keeps over its crashes."""

from __future__ import annotations

from collections.abc import Sequence

from assay.training.committee.effects import (
    Accuse,
    Effect,
    ForgetBefore,
    SaveCertificate,
    Saved,
    SaveRound,
    SaveVote,
)
from assay.training.committee.errors import VoteForbidden
from assay.training.committee.messages import Equivocation
from assay.training.committee.model import Certificate
from assay.training.model import RoundResult


class MemoryJournal:
    """The `Journal` port for as long as the process lives."""

    def __init__(self) -> None:
        self.accusations: list[Equivocation] = []
        self._rounds: dict[int, bytes] = {}
        self._certificates: dict[int, Certificate] = {}
        self._votes: dict[tuple[int, int], RoundResult] = {}

    def save(self, effects: Sequence[Effect]) -> None:
        """See `Journal`."""
        for effect in effects:
            self._save(effect)

    def _save(self, effect: Effect) -> None:
        match effect:
            case SaveRound(round=round_, data=data):
                self._rounds[round_] = data
            case SaveVote(result=result, view=view):
                if self._votes.setdefault((result.round, view), result) != result:
                    raise VoteForbidden(result.round, view)
            case SaveCertificate(certificate=certificate):
                self._certificates[certificate.round] = certificate
                self._rounds = {
                    at: data for at, data in self._rounds.items() if at > certificate.round
                }
            case ForgetBefore(round=round_):
                self._certificates = {
                    at: one for at, one in self._certificates.items() if at >= round_
                }
                self._votes = {at: one for at, one in self._votes.items() if at[0] >= round_}
            case Accuse(evidence=evidence):
                self.accusations.append(evidence)

    def load(self) -> list[Saved]:
        """See `Journal`."""
        rounds = [SaveRound(at, data) for at, data in sorted(self._rounds.items())]
        return [*map(SaveCertificate, self._certificates.values()), *rounds]

    def certificate(self, round_: int) -> Certificate | None:
        """See `Journal`."""
        return self._certificates.get(round_)
