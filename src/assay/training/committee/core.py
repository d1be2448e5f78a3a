"""What the steps of the protocol share: who one is, what one knows, and what is to be done.

Bounded: `WINDOW` open rounds, `MessageLog`s in each, and one checkpoint for each member.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assay.core.address import Address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.training.committee.effects import (
    Broadcast,
    Effect,
    Purpose,
    Saved,
    SaveRound,
    Send,
    SetTimer,
    Timer,
)
from assay.training.committee.errors import NotAMember
from assay.training.committee.message_log import MessageLog
from assay.training.committee.messages import Checkpoint, Commit, Message, SignedMessage
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.ports import Application
from assay.training.committee.signing import Domain, Key
from assay.training.committee.standing import Standing
from assay.training.model import RoundResult

WINDOW = 4
_MOST_JUDGEMENTS = 8
_MOST_DOUBLINGS = 20

M = TypeVar("M", bound=SignedMessage)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a replica waits, and how often it makes a checkpoint.

    Attributes:
        view_timeout_s: for a decision in view 0, and twice as long in each view after it (§4.5.2);
            longer than making and judging a proposal takes.
        longest_timeout_s: what the doubling ends at; longer than any delay of a healed network.
        resend_s: between repetitions of what may have been lost.
        checkpoint_rounds: the K of §4.3.
    """

    view_timeout_s: float = 30.0
    longest_timeout_s: float = 600.0
    resend_s: float = 5.0
    checkpoint_rounds: int = 4


class Core:
    """A replica's memory. Everything here follows from the messages and timeouts it was given."""

    def __init__(
        self,
        committee: Committee,
        domain: Domain,
        key: Key,
        application: Application,
        timing: Timing,
    ) -> None:
        if key.address not in committee:
            raise NotAMember(key.address)
        self.committee = committee
        self.domain = domain
        self.me: Address = key.address
        self.timing = timing
        self.application = application
        self.effects: list[Effect] = []

        self.floor = 0
        """Rounds up to here are closed."""
        self.begun = 0
        """The round that is to be decided now; open while above the floor."""
        self.standings: dict[int, Standing] = {}
        self.votes: dict[int, MessageLog[Commit]] = {}
        """Of open rounds, and of closed ones down to the stable checkpoint."""
        self.certificates: dict[int, Certificate] = {}
        """Of closed rounds, down to the stable checkpoint's."""
        self.checkpoints: dict[Address, Checkpoint] = {}
        self.stable = 0
        """The round of the latest stable checkpoint."""
        self.accused: set[tuple[int, Address]] = set()
        self._key = key
        self._judgements: OrderedDict[tuple[int, Digest], RoundResult] = OrderedDict()

    def restore(self, saved: Sequence[Saved]) -> None:
        """Take up what a journal kept.

        Raises:
            ValueError, TypeError, AssayError: it is damaged.
        """
        for one in saved:
            if isinstance(one, SaveRound):
                standing = Standing.restored(self.domain.task, one.round, one.data)
                self.standings[one.round] = standing
                vote = standing.own.get(Commit)
                if isinstance(vote, Commit):
                    self.votes_of(one.round).add(vote)
            else:
                self.certificates[one.certificate.round] = one.certificate
                self.floor = max(self.floor, one.certificate.round)
        self.standings = {
            round_: one for round_, one in self.standings.items() if round_ > self.floor
        }

    @property
    def current(self) -> Standing | None:
        """Where one stands in the round that is to be decided now; None between rounds."""
        return self.standing(self.begun) if self.begun > self.floor else None

    def in_window(self, round_: int) -> bool:
        """Whether a round is open, and not too far ahead to listen to."""
        return self.floor < round_ <= max(self.floor, self.begun) + WINDOW

    def standing(self, round_: int) -> Standing:
        """Where one stands in a round of the window."""
        return self.standings.setdefault(round_, Standing(round_))

    def votes_of(self, round_: int) -> MessageLog[Commit]:
        """The votes heard in a round."""
        return self.votes.setdefault(round_, MessageLog())

    def leads(self, standing: Standing) -> bool:
        """Whether this replica is the primary of the round's current view."""
        return self.committee.primary(standing.round, standing.view) == self.me

    def signed(self, message: M) -> M:
        """The message with this replica's signature."""
        return replace(message, signature=self._key.sign_digest(self.domain.digest(message)))

    def judge(self, round_: int, digest: Digest, value: bytes) -> RoundResult | None:
        """The result of a value, asked of the application once."""
        known = self._judgements.get((round_, digest))
        if known is not None:
            return known
        try:
            result = self.application.judge(round_, value)
        except AssayError:  # whatever a faulty primary proposes, it must not end this replica
            return None
        if result is not None:
            self._judgements[round_, digest] = result
            if len(self._judgements) > _MOST_JUDGEMENTS:
                self._judgements.popitem(last=False)
        return result

    def save(self, standing: Standing) -> None:
        """Have a standing on the disk before anything that is sent after this."""
        self.effects.append(SaveRound(standing.round, standing.saved(self.domain.task)))

    def broadcast(self, message: Message) -> None:
        """Send to every other member."""
        self.effects.append(Broadcast(message))

    def send(self, to: Address, message: Message) -> None:
        """Send to one member."""
        self.effects.append(Send(to, message))

    def watch(self, standing: Standing) -> None:
        """Give the primary of the current view its time, twice as much in each view (§4.5.2)."""
        standing.timed_view = standing.view
        doubled = self.timing.view_timeout_s * 2 ** min(standing.view, _MOST_DOUBLINGS)
        delay_s = min(doubled, self.timing.longest_timeout_s)
        timer = Timer(Purpose.PROGRESS, standing.round, standing.view)
        self.effects.append(SetTimer(timer, delay_s))

    def repeat_later(self) -> None:
        """Start the timer after which one repeats what may have been lost."""
        self.effects.append(SetTimer(Timer(Purpose.RESEND), self.timing.resend_s))
