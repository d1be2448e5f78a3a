"""Where a replica stands in one round, and the part of it that a crash must not take.

A standing is saved before any message that follows from it is sent. So a replica that comes back
never contradicts what it said: it accepts one proposal in a view, votes once in a view, and never
goes back to an earlier view.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assay.core.canonical import canonical_json
from assay.core.digest import Digest
from assay.training.committee.encoding import (
    decode,
    encode,
    number,
    prepared_items,
    read_items,
    read_prepared,
)
from assay.training.committee.message_log import MessageLog
from assay.training.committee.messages import (
    Commit,
    NewView,
    Prepare,
    Prepared,
    PrePrepare,
    SignedMessage,
    ViewChange,
)
from assay.training.model import RoundResult


@dataclass
class Standing:
    """What a replica has done and heard in one round.

    Attributes:
        view: the current one, or the one that is asked for.
        in_view: false from asking for a view until its new-view message (§4.4).
        required: the digest that this view's proposal must have, if the new view demands one.
        accepted: the proposal of the current view, with its value, if it was accepted.
        result: what the accepted proposal stands for; not saved, since it can be recomputed.
        prepared: proof of the latest prepared value, with the value.
        own: the messages of this replica that others may still need, one of a kind.
    """

    round: int
    view: int = 0
    in_view: bool = True
    required: Digest | None = None
    accepted: PrePrepare | None = None
    result: RoundResult | None = None
    prepared: Prepared | None = None
    own: dict[type[SignedMessage], SignedMessage] = field(default_factory=dict)

    pre_prepares: MessageLog[PrePrepare] = field(default_factory=MessageLog)
    prepares: MessageLog[Prepare] = field(default_factory=MessageLog)
    view_changes: MessageLog[ViewChange] = field(default_factory=MessageLog)
    new_views: MessageLog[NewView] = field(default_factory=MessageLog)
    timed_view: int = -1  # the latest view that a timer was started for

    def has_voted(self) -> bool:
        """Whether this replica has voted in the current view."""
        vote = self.own.get(Commit)
        return vote is not None and vote.view == self.view

    def saved(self, task: int) -> bytes:
        """The durable part, as canonical JSON."""
        parts = [
            self.view,
            self.in_view,
            self.required.hex if self.required else "",
            encode(task, self.accepted).decode() if self.accepted else "",
            prepared_items(self.prepared),
            [encode(task, message).decode() for message in self.own.values()],
        ]
        return canonical_json(parts)

    @classmethod
    def restored(cls, task: int, round_: int, data: bytes) -> Standing:
        """A standing as it was saved.

        Raises:
            ValueError, TypeError, AssayError: the bytes are damaged.
        """
        view, in_view, required, accepted, prepared, own = read_items(data)
        standing = cls(round_, number(view), bool(in_view))
        standing.required = Digest.parse(required) if required else None
        standing.prepared = read_prepared(round_, prepared)
        if accepted:
            proposal = decode(task, accepted.encode())
            assert isinstance(proposal, PrePrepare)
            standing.accepted = proposal
        for text in own:
            message = decode(task, text.encode())
            standing.own[type(message)] = message  # type: ignore[index,assignment]
            _relog(standing, message)
        return standing


def _relog(standing: Standing, message: object) -> None:
    """A replica's own messages count among those that it has heard."""
    if isinstance(message, Prepare):
        standing.prepares.add(message)
    elif isinstance(message, ViewChange):
        standing.view_changes.add(message)
