"""Commitments hide a vote and bind it to one voter, round and case."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assay.content.review.commitments import Seat, find_vote, salt_digest
from assay.content.review.model import Phase, Vote
from tests.fakes.review import make_case

ADDRESSES = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())
SEATS = st.builds(
    Seat,
    st.integers(1, 2**64),
    ADDRESSES,
    st.integers(1, 2**64 - 1),
    st.integers(0, 1),
    ADDRESSES,
)
SALTS = st.binary(min_size=32, max_size=32)


@given(SEATS, st.sampled_from(Vote), SALTS)
def test_the_vote_behind_a_commitment_is_found_with_its_salt(
    seat: Seat, vote: Vote, salt: bytes
) -> None:
    assert find_vote(seat.commitment(vote, salt), seat, salt) is vote


@given(SEATS, SEATS, st.sampled_from(Vote), SALTS, SALTS)
def test_without_the_salt_or_at_another_seat_nothing_is_found(
    seat: Seat, other: Seat, vote: Vote, salt: bytes, wrong: bytes
) -> None:
    commitment = seat.commitment(vote, salt)

    if salt != wrong:
        assert find_vote(commitment, seat, wrong) is None
    if seat != other:
        assert find_vote(commitment, other, salt) is None


def test_every_round_has_a_salt_of_its_own_also_on_a_chain_made_anew() -> None:
    case = make_case(1, Phase.COMMIT)
    appeal = make_case(1, Phase.COMMIT, rounds=2)
    later = replace(case, rounds=(replace(case.round, commit_until_s=5),))

    digests = {salt_digest(one) for one in (case, appeal, later, make_case(2, Phase.COMMIT))}

    assert len(digests) == 4
