"""The rules around the contract: evidence, waiting to vote, claiming for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.content.review.errors import (
    EvidenceUnreadable,
    NothingCommitted,
    StillWaiting,
    UnknownCase,
    UnknownClaim,
    UnknownVote,
)
from assay.content.review.model import Phase, Vote, parse_claim, parse_vote
from assay.content.review.use_cases.claiming import claim_for_all, has_holdings
from assay.content.review.use_cases.deciding import evidence_digest, show_case
from assay.content.review.use_cases.staking import add_stake
from assay.content.review.use_cases.voting import reveal_vote, vote
from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall
from assay.errors import InputError
from assay.store.disk import DiskStore
from tests.fakes.review import FakeReview

VOTER, OTHER = parse_address("0x" + "01" * 20), parse_address("0x" + "02" * 20)


def test_evidence_is_a_file_a_cid_or_a_digest(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    path = tmp_path / "proof.txt"
    path.write_bytes(b"proof" * 200_000)  # several blocks: the CID's digest is another one
    digest = Digest.of(path.read_bytes())

    assert evidence_digest(str(path), evidence=store) == digest
    cid = store.find_digest(digest)
    assert evidence_digest(str(cid), evidence=store) == digest
    assert evidence_digest(digest.hex, evidence=store) == digest
    with pytest.raises(EvidenceUnreadable):
        evidence_digest("no such file", evidence=store)


def test_a_vote_waits_for_its_time_and_is_opened() -> None:
    commit, reveal = Phase.COMMIT, Phase.REVEAL
    review = FakeReview(VOTER, [commit, commit, commit, commit, reveal])
    naps: list[float] = []

    cast = vote(1, Vote.REJECT, account=review, reader=review, sleep=naps.append, wait_s=60)

    assert cast.vote is Vote.REJECT
    assert naps
    assert cast.as_json()["vote"] == "reject"


def test_a_vote_that_waits_too_long_stays_committed() -> None:
    review = FakeReview(VOTER, [Phase.COMMIT])

    with pytest.raises(StillWaiting):
        vote(1, Vote.UPHOLD, account=review, reader=review, sleep=lambda _: None, wait_s=3)

    assert review.ballots[VOTER].is_cast
    assert review.ballots[VOTER].vote is None


def test_only_a_hidden_vote_is_opened() -> None:
    review = FakeReview(VOTER, [Phase.REVEAL])
    with pytest.raises(NothingCommitted, match="committed to none"):
        reveal_vote(1, account=review, reader=review)
    with pytest.raises(UnknownCase):
        show_case(2, reader=review)


def test_claiming_for_all_passes_over_what_others_claimed() -> None:
    review = FakeReview(VOTER, [Phase.FINAL], held={VOTER: 5, OTHER: 7}, taken={OTHER})
    case = show_case(1, reader=review)
    assert has_holdings(case, reader=review, index=review)

    released = claim_for_all(1, account=review, reader=review, index=review)

    assert [(one.address, one.returned) for one in released] == [(VOTER, 5)]


def test_a_stake_is_more_than_nothing_and_at_most_what_is_held() -> None:
    review = FakeReview(VOTER, balances={VOTER: 10})
    with pytest.raises(InputError):
        add_stake(0, account=review, reader=review)
    with pytest.raises(BalanceTooSmall):
        add_stake(11, account=review, reader=review)

    assert add_stake(10, account=review, reader=review).free == 10


def test_other_words_are_no_claims_or_votes() -> None:
    with pytest.raises(UnknownClaim):
        parse_claim("ugly")
    with pytest.raises(UnknownVote):
        parse_vote("maybe")
