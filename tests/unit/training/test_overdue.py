"""When a member ends a phase past its deadline."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from assay.core.digest import Digest
from assay.training.model import Phase, Task, TaskMoney, Terms
from assay.training.use_cases.overdue import LONGEST_GRACE_S, Overdue

NOBODY = "0x" + "00" * 20
TERMS = Terms(
    token=NOBODY,
    minimum_stake=1,
    initial_model=Digest.of(b"model"),
    policy=Digest.of(b"plan"),
    budget=0,
    modes=0,
    rounds=1,
    minimum_nodes=1,
    join_s=10,
    commit_s=20,
    reveal_s=30,
    certify_s=40,
    challenge_s=50,
    unbonding_s=60,
    faults=0,
)
TASK = Task(
    id=1,
    sponsor=NOBODY,
    terms=TERMS,
    phase=Phase.COMMITTING,
    round=1,
    deadline_s=120,
    trainers=3,
    committed=1,
    revealed=0,
    final_rounds=0,
    failures=0,
    ended_at_s=None,
    weights_bps=(1, 1, 1),
    money=TaskMoney(0, 0, 0, 0, None),
    total_stake=3,
)


@dataclass
class Given:
    """A clock that stands."""

    time_s: int = 100

    def now_s(self) -> int:
        return self.time_s


def test_who_watched_the_phase_ends_it_at_its_deadline() -> None:
    clock = Given(100)
    overdue = Overdue(clock)
    watched = overdue.is_due(TASK)

    clock.time_s = 119
    before = overdue.is_due(TASK)
    clock.time_s = 120
    at = overdue.is_due(TASK)

    assert (watched, before, at) == (False, False, True)


def test_who_comes_late_or_lost_sight_gives_others_half_a_phase() -> None:
    clock = Given(500)
    overdue = Overdue(clock)
    due = [overdue.is_due(TASK)]

    for clock.time_s in (509, 510):
        due.append(overdue.is_due(TASK))
    overdue.lost_sight()
    for clock.time_s in (600, 609, 610):
        due.append(overdue.is_due(TASK))

    assert due == [False, False, True, False, False, True]


def test_the_grace_has_an_end_and_begins_with_each_phase() -> None:
    clock = Given(1000)
    overdue = Overdue(clock)
    long = replace(TASK, terms=replace(TERMS, commit_s=10_000))
    due = [overdue.is_due(long)]
    clock.time_s += int(LONGEST_GRACE_S)

    due.append(overdue.is_due(long))
    due.append(overdue.is_due(replace(TASK, phase=Phase.REVEALING)))

    assert due == [False, True, False]


def test_nobody_is_waited_for_where_nobody_committed() -> None:
    empty = replace(TASK, phase=Phase.REVEALING, committed=0)

    assert Overdue(Given(100)).is_due(empty)


def test_a_certificate_that_is_held_has_as_long_again() -> None:
    clock = Given(100)
    overdue = Overdue(clock)
    certifying = replace(TASK, phase=Phase.CERTIFYING)
    due = [overdue.is_due(certifying, is_agreed=True)]

    for clock.time_s in (120, 159, 160):
        due.append(overdue.is_due(certifying, is_agreed=True))

    assert due == [False, False, False, True]


@pytest.mark.parametrize(
    ("phase", "seconds"),
    [
        (Phase.JOINING, 10),
        (Phase.COMMITTING, 20),
        (Phase.REVEALING, 30),
        (Phase.CERTIFYING, 40),
        (Phase.CHALLENGING, 50),
        (Phase.FINISHED, 0),
    ],
)
def test_a_phase_lasts_as_the_terms_say(phase: Phase, seconds: int) -> None:
    assert replace(TASK, phase=phase).phase_s == seconds


def test_a_task_that_has_ended_is_never_due() -> None:
    ended = replace(TASK, phase=Phase.FINISHED, deadline_s=None)

    assert not Overdue(Given(10**9)).is_due(ended)
