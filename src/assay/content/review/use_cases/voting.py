"""Vote: commit to a vote that nobody can read, and open it when all have committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.content.review.errors import AlreadyCommitted, NothingCommitted, StillWaiting
from assay.content.review.model import Case, Phase, Vote
from assay.content.review.ports import ReviewAccount, ReviewReader
from assay.content.review.use_cases.deciding import show_case
from assay.core.address import Address

_POLL_S = 1.0


@dataclass(frozen=True, slots=True)
class Cast:
    """A vote that was committed to, or opened.

    Attributes:
        vote: which one was opened; None where it is still hidden.
    """

    case: Case
    voter: Address
    vote: Vote | None
    transaction: str

    def as_json(self) -> dict[str, Any]:
        """What `assay content review commit|reveal|vote --json` print."""
        return {
            "case": self.case.id,
            "round": self.case.round_number,
            "voter": self.voter,
            "vote": self.vote.value if self.vote else None,
            "transaction": self.transaction,
            "due": self.case.as_json()["due"],
        }


def commit_vote(case: int, vote: Vote, *, account: ReviewAccount, reader: ReviewReader) -> Cast:
    """Commit to a vote. Nothing has to be kept: the account's key finds it again.

    Raises:
        UnknownCase, WrongPhase, Partial, AlreadyCommitted, StakeTooSmall: see their messages.
    """
    found = show_case(case, reader=reader)
    if reader.ballot(case, found.round_number, account.address).is_cast:
        raise AlreadyCommitted(case, account.address)
    transaction = account.commit(found, vote)
    return Cast(show_case(case, reader=reader), account.address, None, transaction)


def reveal_vote(case: int, *, account: ReviewAccount, reader: ReviewReader) -> Cast:
    """Open the account's vote; which one it was is found by its key.

    Raises:
        UnknownCase, WrongPhase: it is not the time for it.
        NothingCommitted: the account has no vote that waits to be opened.
    """
    found = show_case(case, reader=reader)
    ballot = reader.ballot(case, found.round_number, account.address)
    if not ballot.is_cast:
        raise NothingCommitted(case, account.address, "it committed to none")
    if ballot.vote is not None:
        raise NothingCommitted(case, account.address, f"it was opened, {ballot.vote.value}")
    vote, transaction = account.reveal(found, ballot)
    return Cast(show_case(case, reader=reader), account.address, vote, transaction)


def vote(
    case: int,
    chosen: Vote,
    *,
    account: ReviewAccount,
    reader: ReviewReader,
    sleep: Callable[[float], None],
    wait_s: float,
) -> Cast:
    """Commit, wait for the time to open votes, and open it; goes on where it was broken off.

    Args:
        chosen: counts if nothing was committed to yet.
        wait_s: how long to wait at most.

    Raises:
        StillWaiting: the time did not come; the vote stays committed.
        Everything that `commit_vote` and `reveal_vote` raise.
    """
    found = show_case(case, reader=reader)
    if not reader.ballot(case, found.round_number, account.address).is_cast:
        found = commit_vote(case, chosen, account=account, reader=reader).case
    waited_s = 0.0
    while found.phase is Phase.COMMIT:
        if waited_s >= wait_s:
            raise StillWaiting(case, waited_s)
        sleep(_POLL_S)
        waited_s += _POLL_S
        found = show_case(case, reader=reader)
    return reveal_vote(case, account=account, reader=reader)
