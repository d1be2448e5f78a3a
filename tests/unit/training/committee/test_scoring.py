"""Reports say what an update is worth; one liar of four decides nothing; the rest is refused."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import parse_address
from assay.core.canonical import canonical_json
from assay.training.aggregation.updates import Updates
from assay.training.committee.scoring import (
    LIMIT,
    ReportMalformed,
    Score,
    ScoreReport,
    TooFewReports,
    judge_reports,
    score,
)
from assay.training.parameters import Parameters

NODES = tuple(parse_address(f"0x{place + 1:040x}") for place in range(10))
HOSTILE, HONEST = NODES[:3], NODES[3:]
TRUTH = np.array([1.0, -2.0, 3.0, 0.5])


@dataclass(frozen=True)
class Fit:
    loss: float
    accuracy: float
    records: int


@dataclass(frozen=True)
class LinearValidator:
    """Measures linear models on records of its own."""

    seed: int

    def __call__(self, parameters: Parameters) -> Fit:
        random = np.random.default_rng(self.seed)
        features = random.normal(size=(30, 4))
        apart = features @ (parameters.arrays["w"].astype(np.float64) - TRUTH)
        return Fit(float(np.mean(apart**2)), float(np.mean(np.abs(apart) < 1)), 30)


START = Parameters({"w": np.zeros(4, np.float32)})


@pytest.fixture(scope="module")
def updates() -> Updates:
    """Seven nodes step towards the truth, three away from it."""
    random = np.random.default_rng(3)
    rows = 0.3 * TRUTH + random.normal(0, 0.05, (10, 4))
    rows[:3] *= -1
    return Updates(NODES, rows, np.full(10, 100.0))


@pytest.fixture(scope="module")
def reports(updates: Updates) -> list[ScoreReport]:
    return [score(START, updates, {}, LinearValidator(seed)) for seed in range(4)]


def test_honest_updates_gain_hostile_ones_cost_and_the_verdict_follows(
    reports: list[ScoreReport],
) -> None:
    verdict = judge_reports(reports, {}, faults=1)

    assert all(report.scores[node].loss_gain > 0 for report in reports for node in HONEST)
    assert all(report.scores[node].loss_gain < 0 for report in reports for node in HOSTILE)
    assert all(report.scores[node].cosine > 900_000 for report in reports for node in HONEST)
    assert verdict.accepted == HONEST


def test_a_node_that_is_not_trusted_is_measured_by_what_it_would_add(updates: Updates) -> None:
    reputation = {HOSTILE[0]: -1_000_000, HONEST[0]: -1_000_000}

    report = score(START, updates, reputation, LinearValidator(1))

    assert report.scores[HOSTILE[0]].loss_gain < 0
    assert report.scores[HONEST[0]].loss_gain > 0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-LIMIT, LIMIT), min_size=10, max_size=10), st.integers(0, 3))
def test_whatever_one_validator_of_four_reports_the_same_nodes_are_accepted(
    reports: list[ScoreReport], lies: list[int], liar: int
) -> None:
    lied = {
        node: replace(reports[liar].scores[node], loss_gain=lie)
        for node, lie in zip(NODES, lies, strict=True)
    }
    told = [*reports[:liar], replace(reports[liar], scores=lied), *reports[liar + 1 :]]

    verdict = judge_reports(told, {}, faults=1)

    assert verdict.accepted == HONEST
    assert judge_reports(told[::-1], {}, faults=1) == verdict


def test_a_report_survives_its_canonical_spelling(reports: list[ScoreReport]) -> None:
    spelt = canonical_json(reports[0].as_json())

    assert ScoreReport.from_json(json.loads(spelt)) == reports[0]


def test_a_model_that_breaks_has_a_finite_score(updates: Updates) -> None:
    def breaking(parameters: Parameters) -> Fit:
        broken = bool(np.any(parameters.arrays["w"]))
        return Fit(math.nan if broken else 1.0, 0.0, 30)

    report = score(START, updates, {}, breaking)

    assert canonical_json(report.as_json())


def broken(**changes: Any) -> dict[str, Any]:
    scores = {
        NODES[0]: {"loss_gain": 1, "accuracy_gain": 0, "norm": 1, "cosine": 1},
    }
    return {"records": 30, "loss": 1, "accuracy": 1, "scores": scores} | changes


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        broken(records=0),
        broken(loss=1.5),
        broken(loss=True),
        broken(accuracy=10**16),
        broken(scores=[]),
        broken(scores={"0x12": {}}),
        broken(scores={NODES[0]: {"loss_gain": 1}}),
        broken(scores={NODES[0]: {"loss_gain": "1", "accuracy_gain": 0, "norm": 1, "cosine": 1}}),
        broken(more=1),
    ],
)
def test_a_report_of_another_kind_is_refused(value: Any) -> None:
    with pytest.raises(ReportMalformed):
        ScoreReport.from_json(value)


def test_too_few_reports_decide_nothing(reports: list[ScoreReport]) -> None:
    other = replace(reports[2], scores={NODES[0]: Score(1, 1, 1, 1)})

    with pytest.raises(TooFewReports) as caught:
        judge_reports(reports[:2], {}, faults=1)
    with pytest.raises(TooFewReports):
        judge_reports([reports[0], other, other], {NODES[0]: 1}, faults=2)

    assert (caught.value.found, caught.value.needed) == (2, 3)


def test_a_node_that_one_validator_leaves_out_or_makes_up_is_judged_by_the_others(
    reports: list[ScoreReport],
) -> None:
    made_up = parse_address("0x" + "ee" * 20)
    partial = dict(list(reports[3].scores.items())[:-1]) | {made_up: Score(9, 9, 9, 9)}

    verdict = judge_reports([*reports[:3], replace(reports[3], scores=partial)], {}, faults=1)

    assert verdict.accepted == HONEST
    assert made_up not in verdict.reputation
