"""A case from its opening to the last claim, on a real chain with the real attestation service."""

from __future__ import annotations

import pytest

from assay.content.review.commitments import Seat
from assay.content.review.errors import (
    AlreadyCommitted,
    CaseAtRest,
    CaseOpenAlready,
    NothingCommitted,
    NothingLocked,
    NothingMinted,
    NothingStanding,
    NotWithdrawable,
    Partial,
    StakeTooSmall,
    UnknownCase,
    WrongPhase,
)
from assay.content.review.model import Claim, Decision, Phase, Vote
from assay.core.digest import Digest
from tests.integration.content.review.scene import (
    CREATOR,
    OPENER,
    OTHERS,
    PERIOD_S,
    REVIEWERS,
    UNIT,
    Scene,
)

FIRST, SECOND, THIRD = REVIEWERS


def test_a_flag_is_decided_attested_traced_and_claimed(scene: Scene) -> None:
    before = {name: scene.stake(name).free for name in (OPENER, *REVIEWERS)}
    case = scene.opened()

    closed = scene.voted(case, {FIRST: "uphold", SECOND: "uphold", THIRD: "reject"})

    assert closed.decision is Decision.UPHELD
    assert closed.phase is Phase.APPEAL
    [outcome] = scene.review.outcomes(case.content_id.hex)
    assert (outcome.claim, outcome.upheld, outcome.rejected) == (Claim.COPY, 2, 1)
    assert outcome.attestation
    assert outcome.attestation.valid
    assert not outcome.final
    lineage = scene.client.trace(case.content_id.hex)
    assert lineage.verified
    kinds = {link.kind for link in lineage.links}
    assert {"reviewed in", "attested by"} <= kinds
    scene.pass_phase(case.id)
    assert scene.review.outcomes(case.content_id.hex)[0].final
    released = {one.address: one for one in scene.review.claim_all(case.id, account=OPENER)}
    assert len(released) == 4
    assert scene.review.holdings(case.id) == []
    after = {name: scene.stake(name) for name in before}
    assert sum(stake.free for stake in after.values()) == sum(before.values())
    assert after[THIRD].free == before[THIRD] - UNIT  # a tenth of ten
    assert after[OPENER].free == before[OPENER] + UNIT // 4
    assert {stake.locked for stake in after.values()} == {0}


def test_a_vote_is_opened_from_a_home_that_knows_nothing_but_the_key(scene: Scene) -> None:
    case = scene.opened("unlawful")
    scene.review.commit(case.id, "reject", account=FIRST)
    scene.pass_phase(case.id)

    with scene.stranger() as stranger:
        cast = stranger.review.reveal(case.id, account=FIRST)

    assert cast.vote is Vote.REJECT
    assert scene.review.show(case.id).round.rejected == 1
    with pytest.raises(NothingCommitted, match="opened, reject"):
        scene.review.reveal(case.id, account=FIRST)


def test_our_commitments_are_the_contracts(scene: Scene) -> None:
    workspace = scene.client.workspace
    contract = workspace.deployment.review
    voter = workspace.address(FIRST)
    for vote in Vote:
        seat = Seat(workspace.node.chain_id, contract.address, 7, 1, voter)

        ours = seat.commitment(vote, b"s" * 32)

        assert ours == contract.read("commitmentOf", 7, 1, voter, vote.code, b"s" * 32)


def test_an_overturned_decision_revokes_its_attestation(scene: Scene) -> None:
    case = scene.opened("false-credentials")
    scene.voted(case, dict.fromkeys(REVIEWERS, "uphold"))
    [first] = scene.review.outcomes(case.content_id.hex)

    appealed = scene.review.appeal(case.id, evidence=Digest.of(b"deed").hex, account=CREATOR)
    with pytest.raises(Partial):
        scene.review.commit(case.id, "uphold", account=FIRST)
    closed = scene.voted(appealed, dict.fromkeys(OTHERS, "reject"))

    assert closed.decision is Decision.REJECTED
    assert closed.phase is Phase.FINAL
    [outcome] = scene.review.outcomes(case.content_id.hex)
    assert outcome.final
    assert outcome.attestation
    assert outcome.attestation.valid
    assert first.attestation
    assert outcome.attestation.uid != first.attestation.uid
    service = scene.client.workspace.deployment.attestations
    revoked = service.read("getAttestation", bytes.fromhex(first.attestation.uid[2:]))
    assert revoked.revocationTime > 0
    assert scene.review.show(case.id).appellant == scene.client.workspace.address(CREATOR)
    assert len(scene.review.claim_all(case.id, account=OPENER)) == 10


def test_a_failing_attestation_service_is_made_up_for_later(scene: Scene) -> None:
    case = scene.opened()
    node, service = scene.client.workspace.node, scene.client.workspace.deployment.attestations
    code = node.request("eth_getCode", [service.address, "latest"])
    node.request("anvil_setCode", [service.address, "0xfe"])

    scene.voted(case, dict.fromkeys(REVIEWERS, "uphold"))

    node.request("anvil_setCode", [service.address, code])
    assert scene.review.outcomes(case.content_id.hex)[0].attestation is None
    [fault] = scene.client.trace(case.content_id.hex).faults
    assert f"review attest {case.id}" in fault.reason
    scene.review.attest(case.id, account=OPENER)
    [outcome] = scene.review.outcomes(case.content_id.hex)
    assert outcome.attestation
    assert outcome.attestation.valid


def test_too_few_votes_decide_nothing_and_attest_nothing(scene: Scene) -> None:
    case = scene.opened()

    closed = scene.voted(case, {FIRST: "uphold", SECOND: "uphold"}, silent=(SECOND,))

    assert closed.decision is Decision.UNDECIDED
    assert closed.phase is Phase.FINAL
    assert scene.review.outcomes(case.content_id.hex) == ()
    with pytest.raises(NothingStanding):
        scene.review.attest(case.id)
    held = {one.address: one for one in scene.review.holdings(case.id)}
    address = scene.client.workspace.address
    assert held[address(SECOND)].slashed == 2 * UNIT == held[address(FIRST)].reward
    scene.review.claim(case.id, whose=SECOND, account=OPENER)
    with pytest.raises(NothingLocked):
        scene.review.claim(case.id, whose=SECOND, account=OPENER)


def test_what_is_refused_says_why(scene: Scene) -> None:
    content_id = scene.minted()
    case = scene.opened(content_id=content_id)
    scene.review.commit(case.id, "uphold", account=FIRST)

    with pytest.raises(CaseOpenAlready):
        scene.opened(content_id=content_id)
    with pytest.raises(NothingMinted):
        scene.opened(content_id=Digest.of(b"never minted").hex)
    for party in (CREATOR, OPENER):
        with pytest.raises(Partial):
            scene.review.commit(case.id, "uphold", account=party)
    with pytest.raises(AlreadyCommitted):
        scene.review.commit(case.id, "reject", account=FIRST)
    with pytest.raises(WrongPhase, match="votes are taken"):
        scene.review.reveal(case.id, account=FIRST)
    with pytest.raises(NothingCommitted):
        scene.review.reveal(case.id, account=SECOND)
    with pytest.raises(UnknownCase):
        scene.review.show(case.id + 1000)
    with pytest.raises(StakeTooSmall) as refused:
        scene.review.unstake("100000", account=SECOND)
    assert refused.value.needed == 100_000 * UNIT


def test_a_decided_question_rests(scene: Scene) -> None:
    case = scene.opened()
    scene.voted(case, dict.fromkeys(REVIEWERS, "reject"))
    scene.pass_phase(case.id)

    with pytest.raises(CaseAtRest):
        scene.opened(content_id=case.content_id.hex)

    other = scene.opened("unlawful", content_id=case.content_id.hex)
    scene.later(11 * PERIOD_S)
    again = scene.opened(content_id=case.content_id.hex)
    cases = scene.review.cases(content_id=case.content_id.hex)
    assert [one.id for one in cases] == [again.id, other.id, case.id]


def test_stakes_come_back_after_their_time(scene: Scene) -> None:
    address = scene.client.workspace.address(SECOND)
    token = scene.client.workspace.deployment.token
    before = token.read("balanceOf", address)
    with pytest.raises(NotWithdrawable):
        scene.review.withdraw(account=SECOND)
    staked = scene.review.unstake("3.5", account=SECOND)
    with pytest.raises(NotWithdrawable):
        scene.review.withdraw(account=SECOND)
    assert staked.unbonding == 3_500_000

    scene.later(5 * PERIOD_S)
    left = scene.review.withdraw(account=SECOND)

    assert left.unbonding == 0
    assert token.read("balanceOf", address) == before + 3_500_000


def test_evidence_is_kept_in_the_store_under_its_digest(scene: Scene) -> None:
    case = scene.opened()

    cid = scene.client.store.find_digest(case.evidence)

    assert cid is not None
    assert scene.client.store.read_bytes(cid) == b"The same words stood in an older book."


def test_voting_goes_on_where_it_was_broken_off(scene: Scene) -> None:
    case = scene.opened()
    scene.review.commit(case.id, "uphold", account=FIRST)
    scene.pass_phase(case.id)

    cast = scene.review.vote(case.id, "reject", account=FIRST)

    assert cast.vote is Vote.UPHOLD  # what was committed to counts


def test_the_index_forgets_cases_that_the_chain_forgot(scene: Scene) -> None:
    content_id = scene.minted()
    node = scene.client.workspace.node
    snapshot = node.request("evm_snapshot", [])
    case = scene.opened(content_id=content_id)
    assert [one.id for one in scene.review.cases(content_id=content_id)] == [case.id]

    node.request("evm_revert", [snapshot])

    assert scene.review.cases(content_id=content_id) == []
    assert scene.review.cases(account=OPENER)  # older ones are still there
