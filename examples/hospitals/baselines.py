"""What the consortium is held against: all data in one place, and plain FedAvg under attack."""

from __future__ import annotations

import numpy as np
from hostile import around
from records import SEED, WIDTHS, Split

from assay.core.address import Address
from assay.training.aggregation.mean import federated_average
from assay.training.learning.data import LabelledData
from assay.training.learning.local import PerceptronTraining
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.parameters import Parameters
from assay.training.plan import Plan
from assay.training.rounds import RoundPlace

LEARNER = Perceptron(WIDTHS)


def centralised(found: Split, plan: Plan, rounds: int) -> float:
    """Accuracy of one model that was trained on all hospitals' records together."""
    together = LabelledData.pooled(list(found.hospitals.values()))
    planned = plan.schedule
    schedule = Schedule(
        epochs=planned.epochs * rounds,
        batch=planned.batch,
        rate=planned.rate_micro / 1e6,
        momentum=planned.momentum_micro / 1e6,
    )
    trained = LEARNER.train(LEARNER.initial(SEED), together, schedule, seed=SEED)
    return LEARNER.evaluate(trained, found.test).accuracy


def federated(found: Split, plan: Plan, rounds: int, *, attacked: bool) -> float:
    """Accuracy of plain federated averaging, with or without the three hostile hospitals."""
    model = LEARNER.initial(SEED)
    members = {}
    for number, (name, data) in enumerate(found.hospitals.items()):
        training = PerceptronTraining(plan, Address(f"0x{number:040x}"), data)
        members[name] = around(name, training) if attacked else training
    for number in range(1, rounds + 1):
        model = _averaged(model, members, RoundPlace(1, number))
    return LEARNER.evaluate(model, found.test).accuracy


def _averaged(model: Parameters, members: dict[str, object], place: RoundPlace) -> Parameters:
    start = model.vector()
    rows = np.array([one.train(model, place).vector() - start for one in members.values()])
    weights = np.array([float(one.samples) for one in members.values()])
    return model.from_vector(start + federated_average(rows, weights))
