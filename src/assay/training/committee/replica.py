"""One validator's part in the protocol: a deterministic state machine without input or output.

    replica = Replica(committee, domain, key, application, Timing(), saved=journal.load())
    effects = replica.start() + replica.begin(1)
    effects = replica.receive(message)      # one that a `Gate` has admitted
    effects = replica.expire(timer)         # one that an effect has set

Rounds are decided one after the other. Each has views of its own, numbered from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.training.committee.checkpoints import (
    checkpoint_if_due,
    forget,
    take_checkpoint,
    unstable_checkpoint,
)
from assay.training.committee.core import Core, Timing
from assay.training.committee.effects import Decided, Effect, Purpose, Saved, Timer
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
from assay.training.committee.model import Certificate, Committee
from assay.training.committee.normal_case import (
    accept,
    advance,
    take_certificate,
    take_vote,
    vote,
)
from assay.training.committee.ports import Application
from assay.training.committee.relevance import is_wanted
from assay.training.committee.signing import Domain, Key
from assay.training.committee.view_change import consider_changes, consider_new_view, give_up


class Replica:
    """A validator in one task. Methods return what is to be done, in order."""

    def __init__(
        self,
        committee: Committee,
        domain: Domain,
        key: Key,
        application: Application,
        timing: Timing,
        *,
        saved: Sequence[Saved] = (),
    ) -> None:
        """Take up what was saved, if anything.

        Raises:
            NotAMember: the key has no seat.
            ValueError, TypeError, AssayError: what was saved is damaged.
        """
        self.core = Core(committee, domain, key, application, timing)
        self.core.restore(saved)

    def start(self) -> list[Effect]:
        """Say what is known, and ask the others for what was decided meanwhile."""
        last = self.core.certificates.get(self.core.floor)
        if last is not None:
            self.core.effects.append(Decided(last))
            checkpoint_if_due(self.core, last)
        self._ask()
        return self._effects()

    def begin(self, round_: int) -> list[Effect]:
        """Decide this round now; earlier ones that are still open are given up."""
        core = self.core
        if round_ <= max(core.floor, core.begun):
            return []
        core.begun, core.floor = round_, max(core.floor, round_ - 1)
        core.standings = {at: one for at, one in core.standings.items() if at >= round_}
        forget(core)
        standing = core.standing(round_)
        core.watch(standing)
        core.repeat_later()
        for message in standing.own.values():
            core.broadcast(message)
        self._go_on()
        return self._effects()

    def ready(self) -> list[Effect]:
        """Ask the application again for what it could not propose or judge before."""
        self._go_on()
        return self._effects()

    def wants(self, message: Message) -> bool:
        """Whether a message could still matter; any thread may ask."""
        return is_wanted(self.core, message)

    def receive(self, message: Message) -> list[Effect]:
        """Take in a message that a `Gate` has admitted."""
        match message:
            case Certificate():
                take_certificate(self.core, message)
            case Checkpoint():
                take_checkpoint(self.core, message)
            case Fetch():
                self._answer(message)
            case Commit():
                if self.core.in_window(message.round) or message.round in self.core.certificates:
                    take_vote(self.core, message)
            case _:
                if self.core.in_window(message.round):
                    self._take(message)
        return self._effects()

    def expire(self, timer: Timer) -> list[Effect]:
        """A timer has run down."""
        if timer.purpose is Purpose.RESEND:
            self._repeat()
            return self._effects()
        current = self.core.current
        if current and (timer.round, timer.view) == (current.round, current.view):
            give_up(self.core, current, current.view + 1)
        return self._effects()

    def _take(self, message: PrePrepare | Prepare | ViewChange | NewView) -> None:
        standing = self.core.standing(message.round)
        now = standing is self.core.current
        match message:
            case PrePrepare():
                if standing.pre_prepares.add(message) and now:
                    accept(self.core, standing)
                    vote(self.core, standing)
            case Prepare():
                if standing.prepares.add(message) and now:
                    vote(self.core, standing)
            case ViewChange():
                if standing.view_changes.add(message) and now:
                    consider_changes(self.core, standing)
            case NewView():
                if standing.new_views.add(message) and now:
                    consider_new_view(self.core, standing)

    def _go_on(self) -> None:
        """Do in the current round what what was heard so far allows."""
        standing = self.core.current
        if standing is not None:
            advance(self.core, standing)
        if standing is self.core.current and standing is not None:
            consider_new_view(self.core, standing)
            consider_changes(self.core, standing)

    def _repeat(self) -> None:
        """Say again what may have been lost, as long as something is open."""
        current, checkpoint = self.core.current, unstable_checkpoint(self.core)
        if current is None and checkpoint is None:
            return
        if current is not None:
            for message in current.own.values():
                self.core.broadcast(message)
        if checkpoint is not None:
            self.core.broadcast(checkpoint)
        self._ask()

    def _ask(self) -> None:
        fetch = Fetch(round=self.core.floor + 1, sender=self.core.me)
        self.core.broadcast(self.core.signed(fetch))
        self.core.repeat_later()

    def _answer(self, fetch: Fetch) -> None:
        """Give a decision of the round asked for, or else the latest one after it (§4.6)."""
        certificates = self.core.certificates
        known = certificates.get(fetch.round)
        if known is None and certificates and max(certificates) > fetch.round:
            known = certificates[max(certificates)]
        if known is not None:
            self.core.send(fetch.sender, known)
        own = self.core.checkpoints.get(self.core.me)
        if own is not None:
            self.core.send(fetch.sender, own)

    def _effects(self) -> list[Effect]:
        done, self.core.effects = self.core.effects, []
        return done
