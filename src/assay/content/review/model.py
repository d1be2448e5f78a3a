"""Reviews as values: claims, cases, votes, stakes, and what was decided.

>>> case_phase_text(Phase.COMMIT)
'votes are taken'
>>> parse_claim("false-credentials").code
2
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any

from assay.content.review.errors import UnknownClaim, UnknownVote
from assay.core.address import Address
from assay.core.digest import Digest


class Claim(StrEnum):
    """What is claimed of content; `code` is the contract's number."""

    GENUINE = "genuine"
    COPY = "copy"
    FALSE_CREDENTIALS = "false-credentials"
    UNLAWFUL = "unlawful"

    @property
    def code(self) -> int:
        """The contract's number."""
        return list(Claim).index(self)


class Vote(StrEnum):
    """A vote on a claim."""

    UPHOLD = "uphold"
    REJECT = "reject"

    @property
    def code(self) -> int:
        """The contract's number; 0 is no vote."""
        return list(Vote).index(self) + 1


class Decision(StrEnum):
    """What votes decided."""

    PENDING = "pending"
    UPHELD = "upheld"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


class Phase(Enum):
    """What can be done with a case, in the contract's order."""

    COMMIT = "commit"
    REVEAL = "reveal"
    CLOSE = "close"
    APPEAL = "appeal"
    FINAL = "final"


_PHASE_TEXTS = {
    Phase.COMMIT: "votes are taken",
    Phase.REVEAL: "votes are opened",
    Phase.CLOSE: "the votes can be counted",
    Phase.APPEAL: "the decision can be appealed against",
    Phase.FINAL: "the case is over",
}


def case_phase_text(phase: Phase) -> str:
    """A phase for people."""
    return _PHASE_TEXTS[phase]


def parse_claim(text: str) -> Claim:
    """Read a claim.

    Raises:
        UnknownClaim: it is none.
    """
    try:
        return Claim(text)
    except ValueError:
        raise UnknownClaim(text, [claim.value for claim in Claim]) from None


def parse_vote(text: str) -> Vote:
    """Read a vote.

    Raises:
        UnknownVote: it is none.
    """
    try:
        return Vote(text)
    except ValueError:
        raise UnknownVote(text) from None


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of the review; amounts in units of the token, periods in seconds, shares in
    hundredths of a per cent. See `ReviewTerms.sol`."""

    vote_stake: int
    flag_bond: int
    appeal_bond: int
    commit_period_s: int
    reveal_period_s: int
    appeal_period_s: int
    unbonding_period_s: int
    rest_period_s: int
    quorum: int
    appeal_quorum: int
    minority_slash_bps: int
    silence_slash_bps: int
    bond_slash_bps: int
    finder_share_bps: int


@dataclass(frozen=True, slots=True)
class Stake:
    """An account's stake, in units; the three sums are apart from each other.

    Attributes:
        withdrawable_at_s: when what is `unbonding` can be withdrawn; 0 if nothing is.
    """

    address: Address
    free: int
    locked: int
    unbonding: int
    withdrawable_at_s: int

    def as_json(self) -> dict[str, Any]:
        """What `assay content review stake --json` prints."""
        return {
            "address": self.address,
            "free": self.free,
            "locked": self.locked,
            "unbonding": self.unbonding,
            "withdrawable_at": self.withdrawable_at_s or None,
        }


@dataclass(frozen=True, slots=True)
class Round:
    """One vote over a case: the first, or that of the appeal."""

    commit_until_s: int
    reveal_until_s: int
    commits: int
    upheld: int
    rejected: int
    decision: Decision

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "commit_until": self.commit_until_s,
            "reveal_until": self.reveal_until_s,
            "commits": self.commits,
            "upheld": self.upheld,
            "rejected": self.rejected,
            "decision": self.decision.value,
        }


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the chain has it.

    Attributes:
        decision: the one that stands.
        creator: with `owner` at the time of opening, has no vote; nor have opener and appellant.
        evidence: SHA-256 of what was shown with the claim.
        rounds: the first, and that of the appeal since there was one.
        phase: what can be done now; until `until_s`, or without an end if that is None.
    """

    id: int
    content_id: Digest
    claim: Claim
    opener: Address
    evidence: Digest
    creator: Address
    owner: Address
    opened_at_s: int
    closed_at_s: int
    decision: Decision
    appellant: Address | None
    appeal_evidence: Digest | None
    rounds: tuple[Round, ...]
    phase: Phase
    until_s: int | None

    @property
    def round_number(self) -> int:
        """0 in the first round, 1 in the appeal."""
        return len(self.rounds) - 1

    @property
    def round(self) -> Round:
        """The round that is on, or was the last."""
        return self.rounds[-1]

    def due(self) -> str:
        """Which step is to be taken, for people."""
        until = f" until {utc_text(self.until_s)}" if self.until_s else ""
        match self.phase:
            case Phase.COMMIT:
                return f"commit{until}: `assay content review commit {self.id} uphold|reject`"
            case Phase.REVEAL:
                return f"reveal{until}: `assay content review reveal {self.id}`"
            case Phase.CLOSE:
                return f"close, by anyone: `assay content review close {self.id}`"
            case Phase.APPEAL:
                return f"appeal{until}: `assay content review appeal {self.id} --evidence FILE`"
            case Phase.FINAL:
                return f"claim, by anyone: `assay content review claim {self.id}`"

    def as_json(self) -> dict[str, Any]:
        """What `assay content review show --json` prints of a case."""
        return {
            "case": self.id,
            "content_id": self.content_id.hex,
            "claim": self.claim.value,
            "opener": self.opener,
            "evidence": self.evidence.hex,
            "creator": self.creator,
            "owner": self.owner,
            "opened_at": self.opened_at_s,
            "decision": self.decision.value,
            "appellant": self.appellant,
            "appeal_evidence": self.appeal_evidence.hex if self.appeal_evidence else None,
            "rounds": [one.as_json() for one in self.rounds],
            "final": self.phase is Phase.FINAL,
            "due": {"step": _STEPS[self.phase], "until": self.until_s},
        }


_STEPS = {
    Phase.COMMIT: "commit",
    Phase.REVEAL: "reveal",
    Phase.CLOSE: "close",
    Phase.APPEAL: "appeal",
    Phase.FINAL: "claim",
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """An account's vote in a round.

    Attributes:
        commitment: 32 bytes; all zero if there is none.
        vote: None until it is opened.
        settled: its stake was released.
    """

    commitment: bytes
    vote: Vote | None
    settled: bool

    @property
    def is_cast(self) -> bool:
        """Whether the account committed to a vote."""
        return any(self.commitment)


@dataclass(frozen=True, slots=True)
class Release:
    """What a case holds of an account, or gave back: locked, less slashed, and a reward, in units.

    Attributes:
        transaction: that gave it back; empty if none did yet.
    """

    address: Address
    locked: int
    slashed: int
    reward: int
    transaction: str = ""

    @property
    def returned(self) -> int:
        """What the free stake grows by."""
        return self.locked - self.slashed + self.reward

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "address": self.address,
            "locked": self.locked,
            "slashed": self.slashed,
            "reward": self.reward,
            "returned": self.returned,
            "transaction": self.transaction or None,
        }


@dataclass(frozen=True, slots=True)
class Attestation:
    """An attestation (EAS) held against the outcome that it should be of.

    Attributes:
        uid: its number at the service; 32 bytes in hexadecimal.
        reason: why it is not valid; empty if it is.
    """

    uid: str
    service: Address
    schema: str
    valid: bool
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "uid": self.uid,
            "service": self.service,
            "schema": self.schema,
            "valid": self.valid,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What the community decided about one claim on content, as the chain has it.

    Attributes:
        final: no appeal can change it any more.
        upheld, rejected: votes of the round that decided.
        attestation: None if the service failed; anyone can have it made later.
    """

    case: int
    content_id: Digest
    claim: Claim
    decision: Decision
    final: bool
    decided_at_s: int
    upheld: int
    rejected: int
    attestation: Attestation | None

    def as_json(self) -> dict[str, Any]:
        """One of `reviews` of `assay content verify --json`."""
        return {
            "case": self.case,
            "claim": self.claim.value,
            "decision": self.decision.value,
            "final": self.final,
            "decided_at": self.decided_at_s,
            "upheld": self.upheld,
            "rejected": self.rejected,
            "attestation": self.attestation.as_json() if self.attestation else None,
        }

    def sentence(self) -> str:
        """The outcome for people."""
        state = "" if self.final else ", which can still change"
        return (
            f"reviewers {self.decision.value} the claim “{self.claim.value}” by "
            f"{max(self.upheld, self.rejected)} votes to {min(self.upheld, self.rejected)}{state}"
        )


def utc_text(time_s: int | None) -> str:
    """A time as people read it, in UTC."""
    return f"{datetime.fromtimestamp(time_s, UTC):%Y-%m-%d %H:%M:%S}Z" if time_s else "never"
