"""Commitments to votes: what hides a vote, and binds it to one voter in one round of one case.

The contract computes the same (`commitmentOf`), but asking a node for it would tell the node the
vote. The salt is drawn from the voter's own signature (`chain/commitment.py`): nothing has to be
kept, and after a crash the same vote can be opened. Which of the two votes it was is found by
trying both.

>>> seat = Seat(31337, "0x" + "11" * 20, 1, 0, "0x" + "22" * 20)
>>> find_vote(seat.commitment(Vote.REJECT, b"s" * 32), seat, b"s" * 32)
<Vote.REJECT: 'reject'>
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.content.review.model import Case, Vote
from assay.core.digest import Digest
from assay.core.keccak import keccak

_WORD_BYTES = 32


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a vote is cast: chain, contract, case, round and voter; addresses as text."""

    chain_id: int
    contract: str
    case: int
    round: int
    voter: str

    def commitment(self, vote: Vote, salt: bytes) -> bytes:
        """keccak256 of the ABI encoding of the seat's values, the vote and a salt of 32 bytes."""
        values = (self.chain_id, int(self.contract, 16), self.case, self.round)
        words = (*values, int(self.voter, 16), vote.code)
        return keccak(b"".join(word.to_bytes(_WORD_BYTES, "big") for word in words) + salt)


def find_vote(commitment: bytes, seat: Seat, salt: bytes) -> Vote | None:
    """The vote behind a commitment; None if the salt or the seat is another."""
    for vote in Vote:
        if seat.commitment(vote, salt) == commitment:
            return vote
    return None


def salt_digest(case: Case) -> Digest:
    """What a voter signs to draw the salt: another one in each round, and on a chain made anew."""
    fields = (case.content_id.hex, case.id, case.round_number, case.round.commit_until_s)
    return Digest.of("/".join(["vote", *map(str, fields)]).encode())
