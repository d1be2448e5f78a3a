"""Nodes and the server outlast a chain or a store that is away: they wait, and go on.

    patience = Patience(stop)
    hooks = PatientHooks(NodeRounds(...), patience)
    authority = PatientAuthority(TaskAuthority(...), patience)

Every step that is made again finds what an earlier try has done: a commitment that is on the chain
is not sent again, and a round that was trained is not trained again. Validators wait too: see
`duty`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import UnavailableError
from assay.training.parameters import Parameters
from assay.training.ports import RoundAuthority, RoundHooks
from assay.training.privacy.masking.ports import MaskingHooks
from assay.training.rounds import (
    CertifiedModel,
    LocalUpdate,
    Opening,
    Order,
    Receipt,
    RoundPlace,
)

Found = TypeVar("Found")
_log = structlog.get_logger("assay.training")


@dataclass(frozen=True, slots=True)
class Patience:
    """How somebody waits for what is away.

    Attributes:
        stop: ends the waiting.
        pause_s: between two tries.
    """

    stop: threading.Event = field(default_factory=threading.Event)
    pause_s: float = 1.0

    def until(self, step: Callable[[], Found]) -> Found:
        """What a step gives as soon as all that it needs is there.

        Raises:
            UnavailableError: it is not there, and `stop` was set.
            Whatever else the step raises.
        """
        waits = False
        while True:
            try:
                found = step()
            except UnavailableError as error:
                if not waits:
                    _log.error("waiting for what is away", reason=str(error), hint=error.hint)
                waits = True
                if self.stop.wait(self.pause_s):
                    raise
            else:
                if waits:
                    _log.warning("it is back, going on")
                return found


@dataclass(frozen=True, slots=True)
class PatientHooks:
    """The `RoundHooks` of a node that waits."""

    hooks: RoundHooks
    patience: Patience

    def receive(self, order: Order) -> Parameters:
        """See `RoundHooks.receive`."""
        return self.patience.until(lambda: self.hooks.receive(order))

    def committed(self, place: RoundPlace) -> Receipt | None:
        """See `RoundHooks.committed`."""
        return self.patience.until(lambda: self.hooks.committed(place))

    def commit(self, update: LocalUpdate) -> Receipt:
        """See `RoundHooks.commit`; what an earlier try kept is what is committed to."""
        return self.patience.until(
            lambda: self.hooks.committed(update.place) or self.hooks.commit(update)
        )

    def reveal(self, place: RoundPlace) -> Opening:
        """See `RoundHooks.reveal`."""
        return self.patience.until(lambda: self.hooks.reveal(place))


@dataclass(frozen=True, slots=True)
class PatientMasking:
    """The `MaskingHooks` of a node that waits."""

    hooks: MaskingHooks
    patience: Patience

    def advertise(self, place: RoundPlace) -> bytes:
        """See `MaskingHooks.advertise`."""
        return self.patience.until(lambda: self.hooks.advertise(place))

    def deal(self, place: RoundPlace, roster: bytes) -> Mapping[Address, bytes]:
        """See `MaskingHooks.deal`."""
        return self.patience.until(lambda: self.hooks.deal(place, roster))

    def accept(self, place: RoundPlace, cohort: bytes, boxes: Mapping[Address, bytes]) -> None:
        """See `MaskingHooks.accept`."""
        self.patience.until(lambda: self.hooks.accept(place, cohort, boxes))

    def unmask(self, place: RoundPlace) -> bytes:
        """See `MaskingHooks.unmask`; does not wait for what a hostile survivor may never bring."""
        return self.hooks.unmask(place)


@dataclass(frozen=True, slots=True)
class PatientAuthority:
    """The `RoundAuthority` of a server that waits."""

    authority: RoundAuthority
    patience: Patience

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        """See `RoundAuthority.order`."""
        return self.patience.until(lambda: self.authority.order(place, parameters))

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """See `RoundAuthority.commitments`."""
        return self.patience.until(lambda: self.authority.commitments(place))

    def certify(self, place: RoundPlace, openings: Sequence[Opening]) -> CertifiedModel:
        """See `RoundAuthority.certify`."""
        return self.patience.until(lambda: self.authority.certify(place, openings))
