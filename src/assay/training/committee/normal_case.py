"""The normal case (§4.2): pre-prepare, prepare, commit, decide."""

from __future__ import annotations

from assay.core.digest import Digest
from assay.training.committee.checkpoints import conclude
from assay.training.committee.core import Core
from assay.training.committee.effects import Accuse, SaveVote
from assay.training.committee.messages import Commit, Equivocation, Prepare, Prepared, PrePrepare
from assay.training.committee.model import Certificate, Vote
from assay.training.committee.standing import Standing
from assay.training.model import RoundResult


def advance(core: Core, standing: Standing) -> None:
    """Do what can be done in the round's current view."""
    propose(core, standing)
    accept(core, standing)
    vote(core, standing)


def propose(core: Core, standing: Standing) -> None:
    """The primary multicasts a pre-prepare, once in a view; in a new view for what it demands."""
    if not standing.in_view or standing.accepted or not core.leads(standing):
        return
    value = _value_to_propose(core, standing)
    if value is None:
        return
    digest = Digest.of(value)
    result = core.judge(standing.round, digest, value)
    if result is None:
        return
    proposal = core.signed(
        PrePrepare(
            round=standing.round, view=standing.view, digest=digest, sender=core.me, value=value
        )
    )
    _take(standing, proposal, result)
    standing.own[PrePrepare] = proposal
    core.save(standing)
    core.broadcast(proposal)


def accept(core: Core, standing: Standing) -> None:
    """A backup accepts the first proposal of its view that it finds right, and says so.

    After a restart the accepted one is already there, and only its result is computed again.
    """
    if not standing.in_view:
        return
    if standing.accepted:
        standing.result = standing.result or _judge(core, standing.accepted)
        return
    primary = core.committee.primary(standing.round, standing.view)
    proposal = standing.pre_prepares.get(primary, standing.view)
    if proposal is None or primary == core.me:
        return
    if standing.required not in (None, proposal.digest):
        return
    result = _judge(core, proposal)
    if result is None:
        return
    prepare = core.signed(
        Prepare(round=standing.round, view=standing.view, digest=proposal.digest, sender=core.me)
    )
    _take(standing, proposal, result)
    standing.own[Prepare] = prepare
    standing.prepares.add(prepare)
    core.save(standing)
    core.broadcast(prepare)


def vote(core: Core, standing: Standing) -> None:
    """With the pre-prepare and 2f prepares from others a value is prepared: vote for its result."""
    proposal, result = standing.accepted, standing.result
    if not standing.in_view or proposal is None or result is None or standing.has_voted():
        return
    prepares = [
        prepare
        for prepare in standing.prepares.at(standing.view)
        if prepare.digest == proposal.digest and prepare.sender != proposal.sender
    ]
    if not core.committee.is_quorum([proposal.sender, *(one.sender for one in prepares)]):
        return
    standing.prepared = Prepared(proposal, tuple(prepares))
    commit = core.signed(Commit(result=result, view=standing.view, sender=core.me))
    standing.own[Commit] = commit
    core.effects.append(SaveVote(result, standing.view))
    core.save(standing)
    core.broadcast(commit)
    take_vote(core, commit)


def take_vote(core: Core, commit: Commit) -> None:
    """Count a vote; a quorum of one view decides, whatever view one is in oneself."""
    votes = core.votes_of(commit.round)
    if not votes.add(commit):
        accuse_if_double(core, commit)
        return
    if commit.round <= core.floor:
        accuse_by_certificate(core, commit)
        return
    agreeing = [one for one in votes.at(commit.view) if one.result == commit.result]
    if core.committee.is_quorum([one.sender for one in agreeing]):
        agreeing.sort(key=lambda one: one.sender.lower())
        signed = tuple(Vote(one.sender, one.signature) for one in agreeing)
        take_certificate(core, Certificate(commit.result, commit.view, signed))


def take_certificate(core: Core, certificate: Certificate) -> None:
    """Close a round that a quorum has decided, here or elsewhere (§4.6)."""
    for voted in _votes_in(certificate):
        accuse_if_double(core, voted)
    if certificate.round > core.floor:
        conclude(core, certificate)


def accuse_by_certificate(core: Core, commit: Commit) -> None:
    """Hold a late vote against the certificate of its round."""
    certificate = core.certificates.get(commit.round)
    if certificate is None or certificate.view != commit.view:
        return
    for voted in _votes_in(certificate):
        if voted.sender == commit.sender:
            accuse(core, voted, commit)


def accuse_if_double(core: Core, commit: Commit) -> None:
    """Hold a vote against what its sender voted before in the same round and view."""
    votes = core.votes.get(commit.round)
    earlier = votes.get(commit.sender, commit.view) if votes else None
    if earlier is not None:
        accuse(core, earlier, commit)


def accuse(core: Core, first: Commit, second: Commit) -> None:
    """Keep two votes of one validator that contradict each other, once in a round."""
    guilty = (first.round, first.sender)
    if first.result == second.result or guilty in core.accused:
        return
    core.accused.add(guilty)
    core.effects.append(Accuse(Equivocation(first, second)))


def _votes_in(certificate: Certificate) -> list[Commit]:
    return [
        Commit(
            result=certificate.result,
            view=certificate.view,
            sender=one.sender,
            signature=one.signature,
        )
        for one in certificate.votes
    ]


def _value_to_propose(core: Core, standing: Standing) -> bytes | None:
    if standing.required is None:
        return core.application.propose(standing.round)
    proofs = [change.prepared for change in standing.view_changes.at(standing.view)]
    for proof in (standing.prepared, *proofs):
        if proof is not None and proof.digest == standing.required:
            return proof.pre_prepare.value
    return None


def _judge(core: Core, proposal: PrePrepare) -> RoundResult | None:
    assert proposal.value is not None  # `Gate` lets no other in
    return core.judge(proposal.round, proposal.digest, proposal.value)


def _take(standing: Standing, proposal: PrePrepare, result: RoundResult) -> None:
    standing.accepted, standing.result = proposal, result
