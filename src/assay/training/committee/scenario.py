"""What happens in a simulation: who is faulty, what the network does, who crashes when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assay.training.committee.byzantine import Behaviour
from assay.training.committee.core import Timing


@dataclass(frozen=True, slots=True)
class Partition:
    """For a while, messages pass only between validators of one side."""

    from_s: float
    to_s: float
    side: frozenset[int]


@dataclass(frozen=True, slots=True)
class Crash:
    """A validator stops after so many more effects, and comes back later with its journal."""

    validator: int
    at_s: float
    after_effects: int
    down_s: float


@dataclass(frozen=True)
class Scenario:
    """What happens in a simulation; validators go by their index.

    Attributes:
        size: n = 3f+1.
        behaviours: of the faulty ones.
        twins: validators whose key is used by two replicas that know nothing of each other.
        delay_s: the longest delay of a message before the network heals.
        loss, repeat: how likely a message is lost or comes twice before the network heals.
        loss_of: how likely one of a kind is lost, beside that.
        slow_s: what some validators add to each message's delay, always.
        stakes: of each validator; equal ones if empty.
        unready_s: for how long validators have nothing to propose and cannot judge.
    """

    size: int
    rounds: int
    seed: int
    behaviours: Mapping[int, Behaviour] = field(default_factory=dict)
    twins: frozenset[int] = frozenset()
    delay_s: float = 0.02
    loss: float = 0.0
    repeat: float = 0.0
    loss_of: Mapping[str, float] = field(default_factory=dict)
    heals_at_s: float = 0.0
    slow_s: Mapping[int, float] = field(default_factory=dict)
    partitions: Sequence[Partition] = ()
    crashes: Sequence[Crash] = ()
    stakes: Sequence[int] = ()
    unready_s: float = 0.0
    timing: Timing = field(default_factory=lambda: Timing(1.0, 16.0, 0.5, 2))
