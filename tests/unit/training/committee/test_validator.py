"""The driver of a replica: fair to all members, whatever one of them sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from assay.core.address import Address
from assay.training.committee.effects import Broadcast, Effect, SaveCertificate, SaveRound
from assay.training.committee.errors import JournalNotWritten
from assay.training.committee.memory_journal import MemoryJournal
from assay.training.committee.messages import Equivocation, Message
from assay.training.committee.model import Certificate
from assay.training.committee.validator import MOST_WAITING, Validator, to_save
from tests.unit.training.committee.parts import (
    FOUR,
    OTHER,
    certificate,
    commit,
    pre_prepare,
    prepare,
    replica,
)


class Recorder:
    """Outlet and observer that remember."""

    def __init__(self) -> None:
        self.sent: list[tuple[Address, Message]] = []
        self.certificates: list[Certificate] = []
        self.evidence: list[Equivocation] = []
        self.saved_when_sent: list[bool] = []

    def send(self, to: Address, message: Message) -> None:
        self.sent.append((to, message))

    def decided(self, certificate: Certificate) -> None:
        self.certificates.append(certificate)

    def accused(self, evidence: Equivocation) -> None:
        self.evidence.append(evidence)


class FullDisk(MemoryJournal):
    def save(self, effects: Sequence[Effect]) -> None:
        raise JournalNotWritten(Path("journal"), "disk full")


def validator(recorder: Recorder, journal: MemoryJournal | None = None) -> Validator:
    return Validator(replica(2), FOUR, journal or MemoryJournal(), recorder, recorder)


async def work(one: Validator, until: Callable[[], object], within_s: float = 10.0) -> None:
    running = asyncio.create_task(one.run())
    async with asyncio.timeout(within_s):
        while not until() and not running.done():
            await asyncio.sleep(0.001)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_messages_become_a_decision_and_votes_for_all_others() -> None:
    recorder = Recorder()
    one = validator(recorder)
    one.begin(1)
    for message in (pre_prepare(), prepare(3), commit(3), commit(0)):
        assert one.take(message)

    await work(one, lambda: recorder.certificates)

    assert recorder.certificates == [certificate(0, 2, 3)]
    receivers = [to for to, message in recorder.sent if message == commit(2)]
    assert set(receivers) == {FOUR.members[index] for index in (0, 1, 3)}
    assert one.progress.decided == 1


async def test_an_accusation_reaches_the_observer() -> None:
    recorder = Recorder()
    one = validator(recorder)
    one.begin(1)
    one.take(commit(3))
    one.take(commit(3, value=OTHER))

    await work(one, lambda: recorder.evidence)

    assert recorder.evidence == [Equivocation(commit(3), commit(3, value=OTHER))]


async def test_a_flooding_member_is_cut_short_and_the_others_are_not() -> None:
    one = validator(Recorder())

    taken = [one.take(prepare(3, view=view)) for view in range(MOST_WAITING + 10)]

    assert taken.count(True) == MOST_WAITING
    assert one.take(prepare(0))
    assert one.take(prepare(3))  # waits already


async def test_replayed_messages_of_closed_rounds_are_not_wanted() -> None:
    recorder = Recorder()
    one = validator(recorder)
    one.take(certificate(0, 1, 3, round_=30))
    await work(one, lambda: recorder.certificates)

    assert not one.wants(prepare(3))
    assert not one.wants(certificate(0, 1, 3, round_=30))
    assert one.wants(prepare(3, round_=31))


async def test_what_is_not_on_the_disk_is_not_sent() -> None:
    recorder = Recorder()
    one = validator(recorder, FullDisk())
    one.begin(1)
    one.take(pre_prepare())

    with pytest.raises(JournalNotWritten):
        await work(one, lambda: False)

    assert prepare(2) not in [message for _, message in recorder.sent]


def test_of_a_rounds_standings_the_last_is_saved() -> None:
    first, last, other = SaveRound(1, b"a"), SaveRound(1, b"b"), SaveRound(2, b"c")
    decided = SaveCertificate(certificate(0, 1, 2))

    kept = to_save([first, Broadcast(prepare(2)), other, last, decided])

    assert kept == [other, last, decided]


async def test_another_thread_may_begin_a_round() -> None:
    recorder = Recorder()
    one = validator(recorder)
    working = asyncio.create_task(one.run())
    await asyncio.sleep(0.05)  # asleep, so that it has to be woken

    await asyncio.to_thread(one.begin, 1)

    async with asyncio.timeout(5.0):
        while one.progress.round != 1:
            await asyncio.sleep(0.001)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
