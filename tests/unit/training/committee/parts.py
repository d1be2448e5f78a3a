"""Messages by real keys, for tests that hand them to a replica or a gate one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from assay.chain.account import Account
from assay.chain.known_keys import known_key
from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.core import Timing
from assay.training.committee.effects import Effect, Saved
from assay.training.committee.gate import Gate
from assay.training.committee.messages import (
    Commit,
    Prepare,
    Prepared,
    PrePrepare,
    SignedMessage,
    ViewChange,
)
from assay.training.committee.model import Certificate, Committee, Vote
from assay.training.committee.replica import Replica
from assay.training.committee.signing import Domain
from assay.training.committee.simulated import Choice
from assay.training.model import RoundResult

TASKS = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")
DOMAIN = Domain(chain_id=31337, tasks=TASKS, task=7)
KEYS = [Account(known_key(index)) for index in range(7)]
FOUR = Committee(tuple(key.address for key in KEYS[:4]), (1, 1, 1, 1))
GATE = Gate(FOUR, DOMAIN)
VALUE, OTHER = b"valid 1 one", b"valid 1 other"

M = TypeVar("M", bound=SignedMessage)


def result_of(value: bytes, round_: int = 1) -> RoundResult:
    parts = [Digest.of(part + value) for part in (b"aggregate", b"record", b"contributions")]
    return RoundResult(DOMAIN.task, round_, *parts)


class Application(Choice):
    """The simulation's, with results of this task."""

    def judge(self, round_: int, value: bytes) -> RoundResult | None:
        return result_of(value, round_) if super().judge(round_, value) else None


def signed(index: int, message: M) -> M:
    return replace(message, signature=KEYS[index].sign_digest(DOMAIN.digest(message)))


def pre_prepare(index: int = 1, view: int = 0, value: bytes = VALUE, round_: int = 1) -> PrePrepare:
    digest, sender = Digest.of(value), KEYS[index].address
    return signed(
        index, PrePrepare(round=round_, view=view, digest=digest, sender=sender, value=value)
    )


def prepare(index: int, view: int = 0, value: bytes = VALUE, round_: int = 1) -> Prepare:
    digest, sender = Digest.of(value), KEYS[index].address
    return signed(index, Prepare(round=round_, view=view, digest=digest, sender=sender))


def commit(index: int, view: int = 0, value: bytes = VALUE, round_: int = 1) -> Commit:
    result, sender = result_of(value, round_), KEYS[index].address
    return signed(index, Commit(result=result, view=view, sender=sender))


def prepared(value: bytes = VALUE) -> Prepared:
    """Proof of view 0 in round 1, whose primary is validator 1."""
    return Prepared(pre_prepare(value=value), (prepare(2, value=value), prepare(3, value=value)))


def view_change(index: int, view: int = 1, proof: Prepared | None = None) -> ViewChange:
    sender = KEYS[index].address
    return signed(index, ViewChange(round=1, view=view, prepared=proof, sender=sender))


def certificate(*indexes: int, view: int = 0, value: bytes = VALUE, round_: int = 1) -> Certificate:
    votes = [commit(index, view, value, round_) for index in indexes]
    votes.sort(key=lambda vote: vote.sender.lower())
    named = tuple(Vote(vote.sender, vote.signature) for vote in votes)
    return Certificate(result_of(value, round_), view, named)


def replica(
    index: int, committee: Committee = FOUR, saved: list[Saved] | None = None, *, ready: bool = True
) -> Replica:
    application = Application(str(index), ready)
    return Replica(
        committee, DOMAIN, KEYS[index], application, Timing(1.0, 16.0, 0.5, 2), saved=saved or []
    )


def sent(effects: list[Effect]) -> list[object]:
    """The messages among effects, in order."""
    return [effect.message for effect in effects if hasattr(effect, "message")]
