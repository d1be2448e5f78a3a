"""What faulty validators do in a simulation: each behaviour changes what an honest one would send.

A faulty validator runs an honest replica inside and has its own key only, so whatever it forges is
signed by itself. Faulty validators work together: all of them know the same `rival` value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any, TypeAlias, TypeVar

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.messages import (
    Checkpoint,
    Commit,
    Message,
    NewView,
    Prepare,
    PrePrepare,
    SignedMessage,
    ViewChange,
)
from assay.training.committee.model import Committee
from assay.training.committee.signing import Domain, Key
from assay.training.model import RoundResult

M = TypeVar("M", bound=SignedMessage)
_NOWHERE = Digest(bytes(32))


@dataclass(frozen=True)
class Faulty:
    """What a faulty validator has at hand.

    Attributes:
        allies: the faulty ones, who let each other go on with the honest proposals.
        random: the simulation's source of randomness.
        result_of: what a value stands for.
    """

    committee: Committee
    domain: Domain
    key: Key
    allies: frozenset[Address]
    random: Random
    result_of: Callable[[int, bytes], RoundResult]

    def signed(self, message: M) -> M:
        """The message with the faulty validator's own signature."""
        return replace(message, signature=self.key.sign_digest(self.domain.digest(message)))

    def rival(self, round_: int) -> bytes:
        """A valid value that the faulty ones push beside the honest proposals."""
        return f"valid {round_} rival".encode()

    def deceives(self, to: Address) -> bool:
        """Whether a receiver is in the half of the honest ones that is told of the rival."""
        return to not in self.allies and self.committee.members.index(to) % 2 == 1


Behaviour: TypeAlias = Callable[[Faulty, Address, Message], list[Message]]
"""What one receiver is sent in place of an honest message."""


def silent(_self: Faulty, _to: Address, _message: Message) -> list[Message]:
    """Says nothing."""
    return []


def equivocate(self: Faulty, to: Address, message: Message) -> list[Message]:
    """Proposes, prepares and votes for the rival before one half of the committee."""
    if not self.deceives(to):
        return [message]
    value = self.rival(message.round)
    match message:
        case PrePrepare():
            return [self.signed(replace(message, digest=Digest.of(value), value=value))]
        case Prepare():
            return [self.signed(replace(message, digest=Digest.of(value)))]
        case Commit():
            return [self.signed(replace(message, result=self.result_of(message.round, value)))]
        case ViewChange():
            return [self.signed(replace(message, prepared=None))]
    return [message]


def wrong(self: Faulty, _to: Address, message: Message) -> list[Message]:
    """Proposes what nobody can recompute, and votes for a wrong result."""
    match message:
        case PrePrepare():
            value = f"wrong {message.round}".encode()
            return [self.signed(replace(message, digest=Digest.of(value), value=value))]
        case Commit():
            return [self.signed(replace(message, result=_twisted(message.result)))]
        case Checkpoint():
            return [self.signed(replace(message, digest=_NOWHERE))]
    return [message]


def hasty(self: Faulty, to: Address, message: Message) -> list[Message]:
    """Votes for the rival at once, in every view near by, and asks for distant views."""
    if isinstance(message, Prepare):
        result = self.result_of(message.round, self.rival(message.round))
        views = range(message.view, message.view + 3)
        votes = [
            self.signed(Commit(result=result, view=view, sender=message.sender)) for view in views
        ]
        return [message, *votes]
    if isinstance(message, Commit | ViewChange):
        distant = ViewChange(
            round=message.round,
            view=message.view + self.random.randrange(1, 9),
            prepared=None,
            sender=message.sender,
        )
        return [message, self.signed(distant)]
    return equivocate(self, to, message)


def usurp(self: Faulty, _to: Address, message: Message) -> list[Message]:
    """Honest in view 0; as a later primary it proposes the rival, and it votes for that at once."""
    if message.view == 0:
        return [message]
    value = self.rival(message.round)
    match message:
        case ViewChange():
            return [self.signed(replace(message, prepared=None))]
        case NewView():
            result = self.result_of(message.round, value)
            place: dict[str, Any] = {
                "round": message.round,
                "view": message.view,
                "sender": message.sender,
            }
            proposal = PrePrepare(**place, digest=Digest.of(value), value=value)
            vote = Commit(result=result, view=message.view, sender=message.sender)
            return [message, self.signed(proposal), self.signed(vote)]
        case PrePrepare() | Commit():
            return []
        case Prepare():
            return [self.signed(replace(message, digest=Digest.of(value)))]
    return [message]


def erratic(self: Faulty, to: Address, message: Message) -> list[Message]:
    """Does, for each message and receiver, any of the others."""
    choice = self.random.choice([silent, equivocate, wrong, hasty, usurp, _honest])
    return choice(self, to, message)


def _honest(_self: Faulty, _to: Address, message: Message) -> list[Message]:
    return [message]


def _twisted(result: RoundResult) -> RoundResult:
    return replace(result, aggregate=Digest.of(result.aggregate.raw))
