"""Who sits on a committee, how many of them are enough, and what their agreement looks like.

>>> committee = Committee(tuple(Address(f"0x{index:040x}") for index in range(1, 5)), (1, 1, 1, 1))
>>> committee.faults, committee.primary(round_=1, view=0)
(1, '0x0000000000000000000000000000000000000002')
>>> committee.is_quorum(committee.members[:2]), committee.is_quorum(committee.members[:3])
(False, True)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.committee.errors import CommitteeInvalid
from assay.training.model import RoundResult


@dataclass(frozen=True)
class Committee:
    """3f+1 validators with their stakes, in the order of the contract, which all must share.

    Attributes:
        members: the validators' addresses.
        stakes: of each of them, in the token's units.

    Raises:
        CommitteeInvalid: not 3f+1 members, one of them twice, or one without stake.
    """

    members: tuple[Address, ...]
    stakes: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.members) % 3 != 1:
            raise CommitteeInvalid(f"it has {len(self.members)} members, which is not 3f+1")
        if len(set(self.members)) != len(self.members):
            raise CommitteeInvalid("a member is named twice")
        if len(self.stakes) != len(self.members) or min(self.stakes) <= 0:
            raise CommitteeInvalid("every member needs a stake above zero")

    @property
    def size(self) -> int:
        """n = 3f+1."""
        return len(self.members)

    @property
    def faults(self) -> int:
        """f: how many members may do anything at all."""
        return (self.size - 1) // 3

    @cached_property
    def _stake_of(self) -> dict[Address, int]:
        return dict(zip(self.members, self.stakes, strict=True))

    @cached_property
    def _total_stake(self) -> int:
        return sum(self.stakes)

    def __contains__(self, address: object) -> bool:
        return address in self._stake_of

    def primary(self, round_: int, view: int) -> Address:
        """Who proposes: §4.1's v mod n, begun one further each round so that each has its turn."""
        return self.members[(round_ + view) % self.size]

    def turn(self, member: Address, round_: int, view: int) -> int:
        """How many members come before this one, where the primary begins."""
        return (self.members.index(member) - round_ - view) % self.size

    def is_quorum(self, signers: Collection[Address]) -> bool:
        """At least 2f+1 members with more than two thirds of the stake: any two such sets share
        an honest member. `signers` are distinct.
        """
        stakes = [self._stake_of[signer] for signer in signers if signer in self._stake_of]
        return len(stakes) >= 2 * self.faults + 1 and 3 * sum(stakes) > 2 * self._total_stake

    def has_honest(self, signers: Collection[Address]) -> bool:
        """f+1 or more: at least one of them is honest. `signers` are distinct members."""
        return len(signers) > self.faults


@dataclass(frozen=True, slots=True)
class Vote:
    """A validator's EIP-712 signature of `RoundVote` (see `assay.training.model`), 65 bytes."""

    sender: Address
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A quorum of votes of one view on one result: what `TrainingTasks.certify` takes.

    Attributes:
        votes: by ascending address, no address twice.
    """

    result: RoundResult
    view: int
    votes: tuple[Vote, ...]

    @property
    def round(self) -> int:
        """The round that it decides."""
        return self.result.round


def result_digest(result: RoundResult) -> Digest:
    """SHA-256 over a result's digests, by which checkpoints name it."""
    return Digest.of(result.aggregate.raw + result.record.raw + result.contributions.raw)
