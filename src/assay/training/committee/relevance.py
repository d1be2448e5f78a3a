"""Whether a message could still matter: asked before its signature is checked, which costs more.

A third of what honest members send comes after it is needed, and so does all that is replayed.
These functions only look things up, so that another thread than the replica's may ask: at worst
the answer is out of date, and a signature is checked for nothing.
"""

from __future__ import annotations

from typing import Any

from assay.training.committee.core import Core
from assay.training.committee.message_log import MessageLog
from assay.training.committee.messages import (
    Checkpoint,
    Commit,
    Fetch,
    Message,
    NewView,
    Prepare,
    PrePrepare,
    ViewChange,
)
from assay.training.committee.model import Certificate


def is_wanted(core: Core, message: Message) -> bool:
    """False if taking the message in would change nothing."""
    match message:
        case Certificate():
            return message.round > core.floor or _contradicts(core, message)
        case Commit():
            return _is_wanted_vote(core, message)
        case Checkpoint():
            known = core.checkpoints.get(message.sender)
            return message.round > core.stable and (known is None or message.round > known.round)
        case Fetch():
            return core.floor > 0 or core.me in core.checkpoints
        case _:
            return core.in_window(message.round) and _is_wanted_step(core, message)


def _is_wanted_vote(core: Core, commit: Commit) -> bool:
    """In an open round any new one; in a closed round only one that may be evidence."""
    votes = core.votes.get(commit.round)
    known = votes.get(commit.sender, commit.view) if votes else None
    if known is not None:
        return known.result != commit.result
    if core.in_window(commit.round):
        return True
    certificate = core.certificates.get(commit.round)
    return certificate is not None and certificate.result != commit.result


def _contradicts(core: Core, certificate: Certificate) -> bool:
    """Whether a certificate of a closed round holds a vote that its sender contradicted here."""
    votes = core.votes.get(certificate.round)
    if votes is None:
        return False
    known = [votes.get(vote.sender, certificate.view) for vote in certificate.votes]
    return any(one is not None and one.result != certificate.result for one in known)


def _is_wanted_step(core: Core, message: PrePrepare | Prepare | ViewChange | NewView) -> bool:
    standing = core.standings.get(message.round)
    if standing is None:
        return True
    if message.view < standing.view:
        return False
    now = message.view == standing.view
    log: MessageLog[Any]
    match message:
        case PrePrepare():
            log, done = standing.pre_prepares, standing.accepted is not None
        case Prepare():
            log, done = standing.prepares, standing.has_voted()
        case ViewChange():
            log, done = standing.view_changes, standing.in_view
        case NewView():
            log, done = standing.new_views, standing.in_view
    return not (now and done) and log.get(message.sender, message.view) is None
