"""Rounds of training under attack, aggregated by one rule; all in one process.

Ours takes the whole way of a committee: updates are screened, four validators score them on records
of their own, and the verdict is made of their reports. While nodes attack, one of the validators
lies: it turns every gain round and makes it a thousand times larger.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assay.training.aggregation.adaptive import accepted_mean
from assay.training.aggregation.rules import Rule
from assay.training.aggregation.screening import screen
from assay.training.aggregation.updates import Updates
from assay.training.committee.scoring import ScoreReport, judge_reports, score
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.parameters import Parameters
from federation.attackers import STRENGTHS, attacked, poison
from federation.scene import ADDRESSES, CLASSES, FAULTS, NODES, Scene, digits_scene

Rows = NDArray[np.float64]
OURS = "adaptive"
LEARNER = Perceptron((64, 64, CLASSES))
SCHEDULE = Schedule(epochs=2, batch=16, rate=0.05, momentum=0.9)


@dataclass(frozen=True)
class Trial:
    """One training from beginning to end.

    Attributes:
        attack: None for honest nodes only.
        strength: None for the attack's usual one.
        begins: the round, from 0, in which nodes turn hostile.
    """

    rule: str
    spread: str
    attack: str | None
    seed: int
    rounds: int = 20
    strength: float | None = None
    begins: int = 0


def final_accuracy(trial: Trial) -> float:
    """Share of the test records that the last global model has right."""
    scene = digits_scene(trial.seed, trial.spread)
    if trial.begins == 0:
        poison(scene, trial.attack)
    strength = trial.strength or STRENGTHS.get(trial.attack or "", 1.0)
    random = np.random.default_rng([trial.seed, 1])
    model = LEARNER.initial(trial.seed)
    reputation: dict[str, int] = {}
    for number in range(trial.rounds):
        attack = trial.attack if number >= trial.begins else None
        trained = [
            LEARNER.train(model, data, SCHEDULE, seed=(trial.seed * 1000 + number) * NODES + place)
            for place, data in enumerate(scene.nodes)
        ]
        rows = np.array([one.vector() for one in trained]) - model.vector()
        rows = attacked(rows, scene, attack, strength, random)
        if trial.rule == OURS:
            change, reputation = _by_committee(model, rows, scene, reputation, attack is not None)
        else:
            change = _by_rule(trial.rule, rows, scene)
        model = model.from_vector(model.vector() + change)
    return LEARNER.evaluate(model, scene.test).accuracy


def _by_rule(name: str, rows: Rows, scene: Scene) -> Rows:
    weights = np.array([len(data) for data in scene.nodes], dtype=np.float64)
    return Rule(name).aggregate(Updates(ADDRESSES, rows, weights))


def _by_committee(
    model: Parameters, rows: Rows, scene: Scene, reputation: dict[str, int], lying: bool
) -> tuple[Rows, dict[str, int]]:
    given = {
        node: (row, len(data)) for node, row, data in zip(ADDRESSES, rows, scene.nodes, strict=True)
    }
    updates = screen(given, model.size).updates
    reports = [
        score(
            model,
            updates,
            reputation,
            lambda parameters, data=data: LEARNER.evaluate(parameters, data),
        )
        for data in scene.held_out
    ]
    if lying:
        reports[0] = _turned_round(reports[0])
    verdict = judge_reports(reports, reputation, FAULTS)
    return accepted_mean(updates, verdict.accepted), verdict.reputation


def _turned_round(report: ScoreReport) -> ScoreReport:
    scores = {
        node: replace(score, loss_gain=-1000 * score.loss_gain)
        for node, score in report.scores.items()
    }
    return replace(report, scores=scores)
