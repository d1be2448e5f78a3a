"""What the community decided, without a chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assay.content.review.errors import NothingLocked, UnknownCase
from assay.content.review.model import (
    Attestation,
    Ballot,
    Case,
    Claim,
    Decision,
    Phase,
    Release,
    ReviewOutcome,
    Round,
    Stake,
    Vote,
)
from assay.core.address import Address, parse_address
from assay.core.digest import Digest

ZERO = bytes(32)


def make_outcome(content_id: Digest, *, valid: bool = True) -> ReviewOutcome:
    """An outcome with an attestation."""
    reason = "" if valid else "it was revoked"
    attestation = Attestation(
        "0x" + "aa" * 32, parse_address("0x" + "ea" * 20), "0x" + "5c" * 32, valid, reason
    )
    return ReviewOutcome(
        3, content_id, Claim.COPY, Decision.UPHELD, True, 1_900_000_000, 4, 1, attestation
    )


def make_case(number: int, phase: Phase, *, rounds: int = 1) -> Case:
    """A case in a phase."""
    nobody = parse_address("0x" + "0c" * 20)
    round_ = Round(1_900_000_000, 1_900_000_100, 0, 0, 0, Decision.PENDING)
    return Case(
        id=number,
        content_id=Digest.of(b"content"),
        claim=Claim.COPY,
        opener=nobody,
        evidence=Digest.of(b"evidence"),
        creator=nobody,
        owner=nobody,
        opened_at_s=1_899_999_000,
        closed_at_s=0,
        decision=Decision.PENDING,
        appellant=None,
        appeal_evidence=None,
        rounds=(round_,) * rounds,
        phase=phase,
        until_s=None if phase in {Phase.CLOSE, Phase.FINAL} else 1_900_000_000,
    )


@dataclass
class FakeReview:
    """The parts of `ReviewReader`, `ReviewAccount` and `ReviewIndex` that rules around them use.

    Attributes:
        phases_to_come: a case takes the next one each time that it is read, and keeps the last.
    """

    address: Address
    phases_to_come: list[Phase] = field(default_factory=list)
    decided: dict[Digest, tuple[ReviewOutcome, ...]] = field(default_factory=dict)
    ballots: dict[Address, Ballot] = field(default_factory=dict)
    held: dict[Address, int] = field(default_factory=dict)
    taken: set[Address] = field(default_factory=set)
    balances: dict[Address, int] = field(default_factory=dict)
    staked: int = 0

    def outcomes(self, content_id: Digest) -> tuple[ReviewOutcome, ...]:
        return self.decided.get(content_id, ())

    def cases(self, cases: Sequence[int]) -> list[Case]:
        if any(case != 1 for case in cases):
            raise UnknownCase(cases[0])
        phase = self.phases_to_come[0]
        if len(self.phases_to_come) > 1:
            self.phases_to_come.pop(0)
        return [make_case(1, phase) for _ in cases]

    def case_count(self) -> int:
        return 1

    def ballot(self, _case: int, _round_number: int, voter: Address) -> Ballot:
        return self.ballots.get(voter, Ballot(ZERO, None, False))

    def commit(self, _case: Case, vote: Vote) -> str:
        self.ballots[self.address] = Ballot(bytes([vote.code]) * 32, None, False)
        return "0xc0"

    def reveal(self, _case: Case, ballot: Ballot) -> tuple[Vote, str]:
        vote = list(Vote)[ballot.commitment[0] - 1]
        self.ballots[self.address] = replace(ballot, vote=vote)
        return vote, "0x4e"

    def claimable(self, _case: int, address: Address) -> Release:
        return Release(address, self.held.get(address, 0), 0, 0)

    def claim(self, case: int, address: Address) -> Release:
        if address in self.taken:
            raise NothingLocked(case, address)
        return Release(address, self.held.pop(address), 0, 0, "0xc1")

    def parties_of(self, _case: int) -> list[Address]:
        return list(self.held)

    def balance(self, address: Address) -> int:
        return self.balances.get(address, 0)

    def stake(self, amount: int | Address) -> str | Stake:
        """Of the account if it is an amount, of the reader if it is an address."""
        if isinstance(amount, int):
            self.staked += amount
            return "0x57"
        return Stake(amount, self.staked, 0, 0, 0)
