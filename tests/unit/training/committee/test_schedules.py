"""Thousands of random schedules: safe always, live once the network has healed.

ASSAY_SCHEDULES=20000 pytest tests/unit/training/committee/test_schedules.py runs that many of each.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.training.committee import byzantine
from assay.training.committee.scenario import Scenario
from assay.training.committee.simulation import SafetyViolated, Simulation
from tests.unit.training.committee.schedules import scenarios

SCHEDULES = int(os.environ.get("ASSAY_SCHEDULES", "0"))
PATIENCE_S = 300.0
many = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}


def check(scenario: Scenario) -> None:
    simulation = Simulation(scenario)

    simulation.run(scenario.heals_at_s + PATIENCE_S)  # raises SafetyViolated

    assert simulation.finished
    faulty = {*scenario.behaviours, *scenario.twins}
    guilty = {simulation.committee.members.index(one.sender) for one in simulation.accusations}
    assert guilty <= faulty


@settings(max_examples=SCHEDULES or 1000, **many)
@given(scenarios(size=4))
def test_four_validators_with_a_faulty_one_are_safe_and_then_live(scenario: Scenario) -> None:
    check(scenario)


@settings(max_examples=SCHEDULES or 300, **many)
@given(scenarios(size=7))
def test_seven_validators_with_two_faulty_ones_are_safe_and_then_live(scenario: Scenario) -> None:
    check(scenario)


@settings(max_examples=SCHEDULES or 100, **many)
@given(scenarios(size=4, rounds=6))
def test_many_rounds_with_checkpoints_are_safe_and_then_live(scenario: Scenario) -> None:
    check(scenario)


@settings(max_examples=SCHEDULES or 300, **many)
@given(
    st.integers(0, 2**32),
    st.sampled_from([4, 7]),
    st.sampled_from([byzantine.equivocate, byzantine.hasty, byzantine.erratic]),
)
def test_colluding_primaries_divide_no_one(
    seed: int, size: int, behaviour: byzantine.Behaviour
) -> None:
    faulty = {(1 + view) % size: behaviour for view in range((size - 1) // 3)}

    check(Scenario(size, 2, seed, behaviours=faulty, delay_s=1.5, loss=0.2, heals_at_s=6.0))


@settings(max_examples=SCHEDULES or 300, **many)
@given(
    st.integers(0, 2**32),
    st.sampled_from([4, 7]),
    st.booleans(),
    st.sampled_from([0.0, 0.3, 0.6]),
    st.sampled_from([0.5, 0.7, 0.9]),
)
def test_what_few_have_decided_stands_against_the_primaries_of_later_views(
    seed: int, size: int, usurped: bool, lost_prepares: float, lost_commits: float
) -> None:
    faulty = {(2 + view) % size: byzantine.usurp for view in range((size - 1) // 3)}
    lost = {"Prepare": lost_prepares, "Commit": lost_commits, "Certificate": 1.0}

    check(Scenario(size, 1, seed, faulty if usurped else {}, loss_of=lost, heals_at_s=20.0))


def test_the_same_seed_gives_the_same_run() -> None:
    scenario = Scenario(
        7, 3, 5, {2: byzantine.erratic}, delay_s=1.0, loss=0.3, repeat=0.2, heals_at_s=9.0
    )
    first, second = Simulation(scenario), Simulation(scenario)

    first.run()
    second.run()

    assert first.decisions == second.decisions
    assert (first.sent, first.now_s) == (second.sent, second.now_s)


@pytest.mark.parametrize("size", [4, 7, 13])
def test_faulty_primaries_in_successive_views_are_passed(size: int) -> None:
    faults = (size - 1) // 3
    faulty = {(1 + view) % size: byzantine.silent for view in range(faults)}
    simulation = Simulation(Scenario(size, 1, 3, faulty))

    simulation.run(PATIENCE_S)

    assert {one.view for one in simulation.decisions.values()} == {faults}


def test_more_faults_than_are_borne_are_noticed_not_hidden() -> None:
    faulty = dict.fromkeys([0, 1], byzantine.equivocate)
    simulation = Simulation(Scenario(4, 1, 1, faulty))

    with pytest.raises(SafetyViolated, match="Two results of round 1"):
        simulation.run(PATIENCE_S)
