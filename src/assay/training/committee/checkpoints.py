"""Decisions on the disk, checkpoints and what may be forgotten after them (§4.3)."""

from __future__ import annotations

from assay.core.address import Address
from assay.training.committee.core import Core
from assay.training.committee.effects import Decided, ForgetBefore, SaveCertificate
from assay.training.committee.messages import Checkpoint, Fetch
from assay.training.committee.model import Certificate, result_digest


def conclude(core: Core, certificate: Certificate) -> None:
    """Close the certificate's round, and forget what was said in it but the votes."""
    core.floor = certificate.round
    core.standings = {round_: one for round_, one in core.standings.items() if round_ > core.floor}
    core.certificates[certificate.round] = certificate
    core.effects += [SaveCertificate(certificate), Decided(certificate)]
    checkpoint_if_due(core, certificate)
    forget(core)


def checkpoint_if_due(core: Core, certificate: Certificate) -> None:
    """Every K rounds, tell the others that the certificate is on one's disk."""
    if certificate.round % core.timing.checkpoint_rounds:
        return
    digest = result_digest(certificate.result)
    checkpoint = core.signed(Checkpoint(round=certificate.round, digest=digest, sender=core.me))
    core.broadcast(checkpoint)
    take_checkpoint(core, checkpoint)


def take_checkpoint(core: Core, checkpoint: Checkpoint) -> None:
    """Note a member's latest checkpoint; a quorum of equal ones is stable."""
    known = core.checkpoints.get(checkpoint.sender)
    if known is not None and known.round >= checkpoint.round:
        return
    core.checkpoints[checkpoint.sender] = checkpoint
    supporters = [
        one.sender
        for one in core.checkpoints.values()
        if (one.round, one.digest) == (checkpoint.round, checkpoint.digest)
    ]
    if checkpoint.round <= core.stable or not core.committee.is_quorum(supporters):
        return
    if checkpoint.round > core.floor:
        _ask(core, supporters)
        return
    core.stable = checkpoint.round
    core.effects.append(ForgetBefore(core.stable))
    forget(core)


def forget(core: Core) -> None:
    """Drop what no one needs: rounds before the stable checkpoint, or too many after it."""
    kept = 2 * core.timing.checkpoint_rounds
    oldest = max(core.stable, core.floor - kept)
    core.certificates = {
        round_: one for round_, one in core.certificates.items() if round_ >= oldest
    }
    core.votes = {round_: one for round_, one in core.votes.items() if round_ >= oldest}
    core.accused = {one for one in core.accused if one[0] >= oldest}


def unstable_checkpoint(core: Core) -> Checkpoint | None:
    """One's own checkpoint, while others may not have heard of it."""
    own = core.checkpoints.get(core.me)
    return own if own is not None and own.round > core.stable else None


def _ask(core: Core, whom: list[Address]) -> None:
    """The others are further: ask them for the decision that is missing."""
    fetch = core.signed(Fetch(round=core.floor + 1, sender=core.me))
    for member in whom:
        if member != core.me:
            core.send(member, fetch)
