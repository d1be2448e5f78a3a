"""A validator's duty in one task: follow the chain, report, agree, and bring the certificate.

    duty = Duty(task, application, chain, clock)
    asyncio.run(duty.serve(seat, account))          # returns when the task has ended

Every validator watches, so that the task goes on as long as 2f+1 of them do. The certificate is
brought by the primary that led to it; if it is not there after a while, by the next member, and so
on: the contract takes the first, and the others would pay for being refused.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from assay.core.clock import Clock
from assay.errors import AssayError, RefusedError, UnavailableError
from assay.training.committee.messages import Equivocation
from assay.training.committee.model import Certificate
from assay.training.committee.running import Routes, Seat, run_validator
from assay.training.committee.validator import Validator
from assay.training.model import Phase, SignedVote, Task
from assay.training.use_cases.overdue import Overdue
from assay.training.use_cases.ports import CertifyingChain
from assay.training.use_cases.validating import RoundApplication

_ENDED = (Phase.FINISHED, Phase.ABANDONED)
_LONGEST_TURN_PART = 1 / 8
"""Of the time to certify, at most, until it is the next member's turn to bring the certificate."""
_FAULTY_TURNS_PART = 1 / 2
"""Of the time that is left, if all who can be faulty come first and bring nothing."""
_LATE_VOTES_S = 2.0
_log = structlog.get_logger("assay.training")

Told = Callable[[Task], None]
Decided = Callable[[Certificate], None]


def turn_s(certify_s: int, left_s: float, faults: int) -> float:
    """How long each member has to bring a certificate before the next one does.

    Short enough that if the first f bring nothing, the one after them still does in time; those
    who hold it back could otherwise end the round at its deadline, as anybody may.

    Args:
        left_s: from the decision to the deadline.
        faults: f of the committee.

    >>> turn_s(certify_s=120, left_s=110, faults=1), turn_s(certify_s=120, left_s=60, faults=10)
    (15.0, 3.0)
    >>> turn_s(certify_s=120, left_s=-5, faults=1)
    0.0
    """
    longest_s = _LONGEST_TURN_PART * certify_s
    return min(longest_s, _FAULTY_TURNS_PART * max(left_s, 0.0) / max(faults, 1))


@dataclass
class Duty:
    """What one validator does in one task.

    Attributes:
        pause_s: between two looks at the chain.
        told: is told where the task stands, at every look, and
        agreed: what the committee has come to.
        routes: what else the validator serves: its reports.
    """

    task: int
    application: RoundApplication
    chain: CertifyingChain
    clock: Clock
    pause_s: float = 0.3
    told: Told = lambda _task: None
    agreed: Decided = lambda _certificate: None
    routes: Routes = ()
    _validator: Validator | None = None
    _certificates: dict[int, Certificate] = field(default_factory=dict)
    _evidence: list[Equivocation] = field(default_factory=list)
    _overdue: Overdue = field(init=False)
    _trouble: str = ""
    _decided_at_s: float = 0.0
    _awake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._overdue = Overdue(self.clock)

    async def serve(self, seat: Seat) -> None:
        """Validate until the task has ended, or SIGTERM or Ctrl-C.

        Raises:
            AssayError: it cannot start, or must not go on (`run_validator`).
        """
        watching: list[asyncio.Task[None]] = []

        def started(validator: Validator) -> None:
            self._validator = validator
            watching.append(asyncio.create_task(self._watch()))

        running = asyncio.create_task(
            run_validator(
                seat, self.application.key, self.application, self, started, routes=self.routes
            )
        )
        while not watching and not running.done():
            await asyncio.sleep(0)
        await asyncio.wait([running, *watching], return_when=asyncio.FIRST_COMPLETED)
        for work in (running, *watching):
            if work.done():
                work.result()
            work.cancel()
        await asyncio.gather(running, *watching, return_exceptions=True)

    def decided(self, certificate: Certificate) -> None:
        """See `Observer.decided`."""
        if certificate.round not in self._certificates:
            self._decided_at_s = time.monotonic()
        self._certificates[certificate.round] = certificate
        self._awake.set()
        self.agreed(certificate)

    def accused(self, evidence: Equivocation) -> None:
        """See `Observer.accused`."""
        self._evidence.append(evidence)

    async def _watch(self) -> None:
        """Look at the chain again and again; a node that is away is waited for."""
        while True:
            try:
                task = await asyncio.to_thread(self._step)
            except AssayError as error:
                # Whatever it is, the validator goes on: the others need its votes.
                self._note(error)
            else:
                self._note(None)
                self.told(task)
                if task.phase in _ENDED and not self._evidence:
                    return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self.pause_s)
            self._awake.clear()

    def _note(self, error: AssayError | None) -> None:
        """Say once what is wrong, however often it is tried, and once that it is right again."""
        if isinstance(error, UnavailableError):
            self._overdue.lost_sight()
        trouble = "" if error is None else str(error)
        if trouble and trouble != self._trouble:
            _log.warning("the validator could not do its part, and tries again", reason=trouble)
        elif self._trouble and not trouble:
            _log.warning("the validator goes on")
        self._trouble = trouble

    def _step(self) -> Task:
        """One look, and what is due."""
        task = self.chain.task(self.task)
        is_certifying = task.phase is Phase.CERTIFYING
        is_agreed = is_certifying and task.round in self._certificates
        is_due = self._overdue.is_due(task, is_agreed=is_agreed)
        self._accuse(task)
        if is_due:
            with suppress(RefusedError):
                self.chain.advance(self.task)
        elif is_certifying:
            self._agree(task)
        return task

    def _agree(self, task: Task) -> None:
        assert self._validator is not None, "it watches once it has started"
        round_ = task.round
        certificate = self._certificates.get(round_)
        if certificate is not None:
            self._bring(certificate, task)
            return
        if self.application.report(round_) is not None:
            self._validator.begin(round_)
            self._validator.ready()

    def _bring(self, certificate: Certificate, task: Task) -> None:
        """With all votes that were heard: those of who was slashed are left out.

        Where a result can still be overturned for want of signers, late votes are waited for.
        """
        assert self._validator is not None, "it watches once it has started"
        waited_s = time.monotonic() - self._decided_at_s
        committee, me = self.application.committee, self.application.key.address
        turn = committee.turn(me, certificate.round, certificate.view)
        assert task.deadline_s is not None, "there is one while a round is certified"
        left_s = task.deadline_s - self.clock.now_s() + waited_s
        if waited_s < turn * turn_s(task.terms.certify_s, left_s, committee.faults):
            return
        votes = {vote.sender: vote.signature for vote in certificate.votes}
        votes |= self._validator.votes_for(certificate)
        is_complete = len(votes) == committee.size
        if task.terms.challenge_s > 0 and not is_complete and waited_s < _LATE_VOTES_S:
            return
        with suppress(RefusedError):
            self.chain.certify(certificate.result, certificate.view, votes)

    def _accuse(self, task: Task) -> None:
        """Prove who voted twice; somebody else may have done so before.

        A round that can still be certified comes first: with the guilty one's vote its certificate
        may lose its quorum.
        """
        open_round = task.round if task.phase is Phase.CERTIFYING else None
        for evidence in [one for one in self._evidence if one.first.round != open_round]:
            votes = [
                SignedVote(vote.result, vote.view, vote.signature)
                for vote in (evidence.first, evidence.second)
            ]
            try:
                self.chain.slash_equivocation(*votes)
            except UnavailableError:
                raise
            except AssayError as error:
                _log.info("evidence was not taken", reason=str(error))
            self._evidence.remove(evidence)
