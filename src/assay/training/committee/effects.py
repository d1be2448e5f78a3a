"""What a replica wants done: it decides, and somebody else sends, saves and watches the clock.

Effects are done in their order: what is to be saved is on the disk before what follows is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from assay.core.address import Address
from assay.training.committee.messages import Equivocation, Message
from assay.training.committee.model import Certificate
from assay.training.model import RoundResult


class Purpose(StrEnum):
    """What a timer is for; a replica has one of each."""

    PROGRESS = "progress"  # §4.4: the primary may be faulty
    RESEND = "resend"  # messages may have been lost


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock that runs down; round and view tell one that is out of date."""

    purpose: Purpose
    round: int = 0
    view: int = 0


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message to one member."""

    to: Address
    message: Message


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Send a message to every other member."""

    message: Message


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Start a timer, in place of any other for the same purpose."""

    timer: Timer
    delay_s: float


@dataclass(frozen=True, slots=True)
class SaveRound:
    """Where a replica stands in a round that is open, in place of what was saved for it."""

    round: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SaveVote:
    """A vote that is about to be sent; a journal refuses another one in its round and view."""

    result: RoundResult
    view: int


@dataclass(frozen=True, slots=True)
class SaveCertificate:
    """A decision; what was saved for its round and earlier ones, but certificates, can go."""

    certificate: Certificate


@dataclass(frozen=True, slots=True)
class ForgetBefore:
    """A checkpoint is stable (§4.3): certificates of earlier rounds are needed no more."""

    round: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A round is decided. May come twice for one round, after a restart."""

    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Accuse:
    """A validator voted twice; the evidence is to be kept, and its stake may be slashed."""

    evidence: Equivocation


Saved: TypeAlias = SaveRound | SaveCertificate
Durable: TypeAlias = SaveRound | SaveVote | SaveCertificate | ForgetBefore | Accuse
Effect: TypeAlias = Send | Broadcast | SetTimer | Decided | Durable
