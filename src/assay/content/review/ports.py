"""What reviews need from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assay.content.model import Provenance
from assay.content.review.model import (
    Ballot,
    Case,
    Claim,
    Release,
    ReviewOutcome,
    Stake,
    Terms,
    Vote,
)
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest


class ReviewRecords(Protocol):
    """What the community decided, for those who only want to know that."""

    def outcomes(self, content_id: Digest) -> tuple[ReviewOutcome, ...]:
        """One outcome for each claim that was decided, each with its attestation checked."""
        ...


class ReviewReader(ReviewRecords, Protocol):
    """The review contract, as anybody reads it."""

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        ...

    def terms(self) -> Terms:
        """The rules."""
        ...

    def stake(self, address: Address) -> Stake:
        """An account's stake."""
        ...

    def balance(self, address: Address) -> int:
        """What an account holds of the token beside its stake, in units."""
        ...

    def case_count(self) -> int:
        """How many cases there are; they are counted from 1."""
        ...

    def cases(self, cases: Sequence[int]) -> list[Case]:
        """Cases by number.

        Raises:
            UnknownCase: one of them is none.
        """
        ...

    def ballot(self, case: int, round_number: int, voter: Address) -> Ballot:
        """An account's vote in a round."""
        ...

    def claimable(self, case: int, address: Address) -> Release:
        """What a case holds of an account, and, once it is final, what comes of that."""
        ...


class ReviewAccount(Protocol):
    """The review contract, as one account acts on it. Each step returns its transaction.

    Raises, in every step: a subclass of RefusedError if the contract refuses, and what `Sender`
    raises.
    """

    address: Address

    def stake(self, amount: int) -> str:
        """Stake an amount, with its allowance in the same transaction (EIP-2612)."""
        ...

    def unstake(self, amount: int) -> str:
        """Take a part of the free stake back."""
        ...

    def withdraw(self) -> str:
        """Get what was taken back, when its time has passed."""
        ...

    def open(
        self, content_id: Digest, claim: Claim, evidence: Digest, provenance: Provenance
    ) -> tuple[int, str]:
        """Open a case; its number, and the transaction."""
        ...

    def commit(self, case: Case, vote: Vote) -> str:
        """Commit to a vote."""
        ...

    def reveal(self, case: Case, ballot: Ballot) -> tuple[Vote, str]:
        """Open the account's vote; the vote, and the transaction.

        Raises:
            NothingCommitted: the commitment is not one that this account made.
        """
        ...

    def close(self, case: int) -> str:
        """Count the votes."""
        ...

    def appeal(self, case: int, evidence: Digest) -> str:
        """Appeal against the first decision."""
        ...

    def claim(self, case: int, address: Address) -> Release:
        """End an account's locks in a case."""
        ...

    def attest(self, case: int) -> str:
        """Have the attestation service attest what stands, where that failed before."""
        ...


class ReviewIndex(Protocol):
    """What the ledger knows of reviews: where to look, never what to believe."""

    def cases_of(self, content_id: Digest) -> list[int]:
        """The cases about content, oldest first."""
        ...

    def cases_with(self, address: Address) -> list[int]:
        """The cases that an account opened, voted on or appealed in, oldest first."""
        ...

    def parties_of(self, case: int) -> list[Address]:
        """Everybody who has or had something locked in a case: opener, voters, appellant."""
        ...


class Origins(Protocol):
    """Where content came from."""

    def provenance(self, content_id: Digest) -> Provenance | None:
        """What the content was minted with; None if that is not known."""
        ...


class Evidence(Protocol):
    """Content-addressed bytes."""

    def add(self, path: Path) -> Cid:
        """Store and pin a file."""
        ...

    def digest_of(self, cid: Cid) -> Digest:
        """SHA-256 of a file's plain bytes."""
        ...

    def find_digest(self, digest: Digest) -> Cid | None:
        """The file with this digest, if it is here."""
        ...
