"""Three hospitals that mean harm, and a validator that votes twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

import httpx
import numpy as np

from assay.core.digest import Digest
from assay.training.attacks.labels import flip_labels
from assay.training.committee.encoding import encode
from assay.training.committee.messages import Commit
from assay.training.committee.model import Certificate
from assay.training.committee.running import Seat
from assay.training.learning.local import PerceptronTraining
from assay.training.model import RoundResult
from assay.training.parameters import Parameters
from assay.training.ports import LocalTraining
from assay.training.rounds import RoundPlace
from assay.training.use_cases.duty import Duty

HOSTILE = {"hospital-8": "sign-flip", "hospital-9": "label-flip", "hospital-10": "noise"}
EQUIVOCATOR = "validator-4"
STRENGTH = 4.0


@dataclass(frozen=True)
class Attack:
    """Trains as it should, and then sends something else."""

    kind: str
    honest: LocalTraining

    @property
    def samples(self) -> int:
        """As it should be."""
        return self.honest.samples

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        """The falsified parameters."""
        change = self.honest.train(start, place).vector() - start.vector()
        if self.kind == "noise":
            random = np.random.default_rng(place.round)
            drawn = random.standard_normal(len(change))
            change = drawn * (np.linalg.norm(change) / np.linalg.norm(drawn))
        return start.from_vector(start.vector() - STRENGTH * change)

    def evaluate(self, parameters: Parameters) -> object:
        """As it should be."""
        return self.honest.evaluate(parameters)


def around(name: str, training: LocalTraining) -> LocalTraining:
    """What a hospital really does."""
    kind = HOSTILE.get(name)
    if kind is None:
        return training
    if kind == "label-flip":
        assert isinstance(training, PerceptronTraining)
        return replace(training, data=flip_labels(training.data, classes=2))
    return Attack(kind, training)


@dataclass
class Equivocator(Duty):
    """Agrees with the committee, and tells the others the opposite too."""

    seat: Seat | None = field(default=None)

    async def serve(self, seat: Seat) -> None:
        """Remember where the others are."""
        self.seat = seat
        await super().serve(seat)

    def decided(self, certificate: Certificate) -> None:
        """Sign this result and another one in the same round and view, and send both to all.

        A slow validator may learn what was decided before it has voted: one vote is no crime.
        """
        super().decided(certificate)
        assert self.seat is not None, "it serves"
        rival = replace(certificate.result, record=Digest.of(b"another record"))
        bodies = [self._vote(result, certificate.view) for result in (certificate.result, rival)]
        for member, url in self.seat.peers.items():
            if member == self.application.key.address:
                continue
            with suppress(httpx.TransportError):  # whose part is over has left
                for body in bodies:
                    httpx.post(f"{url}/tasks/{self.task}/messages", content=body, trust_env=False)

    def _vote(self, result: RoundResult, view: int) -> bytes:
        assert self.seat is not None, "it serves"
        key = self.application.key
        signature = key.sign_digest(self.seat.domain.vote_digest(result, view))
        vote = Commit(result=result, view=view, sender=key.address, signature=signature)
        return encode(self.task, vote)


def duty(name: str, honest: Duty) -> Duty:
    """What a validator really does."""
    if name != EQUIVOCATOR:
        return honest
    return Equivocator(**{name: getattr(honest, name) for name in _FIELDS})


_FIELDS = (
    "task",
    "application",
    "chain",
    "clock",
    "pause_s",
    "told",
    "agreed",
    "routes",
)
