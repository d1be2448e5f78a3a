"""Both games measure the model that a coalition would have made."""

from __future__ import annotations

import numpy as np
import pytest

from assay.errors import InputError
from assay.training.contribution.perceptron_game import PerceptronGame
from assay.training.contribution.reaggregation import Reaggregation, federated_objective, mixing
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron

NODES = 5
RANDOM = np.random.default_rng(4)
SAMPLES = np.array([10.0, 20.0, 5.0, 40.0, 25.0])
SOME = RANDOM.random((12, NODES)) < 0.5
SOME[0] = False


def records(count: int, features: int, labels: int) -> LabelledData:
    return LabelledData(
        RANDOM.random((count, features), np.float32), RANDOM.integers(0, labels, count)
    )


@pytest.mark.parametrize("widths", [(6, 3), (6, 5, 3), (6, 5, 4, 3)])
def test_a_coalition_is_worth_what_its_mean_update_takes_off_the_loss(
    widths: tuple[int, ...],
) -> None:
    learner = Perceptron(widths)
    start = learner.initial(seed=1)
    updates = RANDOM.normal(0, 0.3, (NODES, start.size))
    held_out = [records(30, widths[0], widths[-1]), records(11, widths[0], widths[-1])]

    def objective(models: np.ndarray) -> np.ndarray:
        losses = [
            [learner.evaluate(start.from_vector(model), data).loss for data in held_out]
            for model in models
        ]
        return federated_objective(np.array(losses), [30, 11])

    by_torch = Reaggregation(start.vector(), updates, SAMPLES, objective)(SOME)
    at_once = PerceptronGame(widths, start.vector(), updates, SAMPLES, held_out)(SOME)

    assert at_once == pytest.approx(by_torch, abs=2e-5)
    assert at_once[0] == 0
    assert len(set(by_torch.round(6))) > 6


def test_updates_are_mixed_by_samples() -> None:
    found = mixing(np.array([[True, True, False, False, False]]), SAMPLES)

    assert found.tolist() == [[10 / 30, 20 / 30, 0, 0, 0]]


def test_the_objective_weighs_each_set_by_its_records() -> None:
    assert federated_objective(np.array([[1.0, 4.0]]), [300, 100]).tolist() == [1.75]


def test_rounds_whose_parts_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="do not fit"):
        Reaggregation(np.zeros(3), np.zeros((2, 4)), np.ones(2), lambda models: models[:, 0])
    with pytest.raises(InputError, match="not finite"):
        Reaggregation(np.zeros(1), np.array([[np.nan]]), np.ones(1), lambda models: models[:, 0])
    with pytest.raises(InputError, match="do not fit sets"):
        federated_objective(np.zeros((1, 2)), [1])
    with pytest.raises(InputError, match="none of a perceptron"):
        PerceptronGame((6, 3), np.zeros(4), np.zeros((1, 4)), np.ones(1), [records(3, 6, 3)])
