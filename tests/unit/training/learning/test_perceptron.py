"""A node's own training: it learns, it repeats itself, and it refuses what does not fit."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from assay.training.errors import ShapesDiffer
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.parameters import Parameters


@pytest.fixture(scope="module")
def digits() -> tuple[LabelledData, LabelledData]:
    features, labels = load_digits(return_X_y=True)
    parts = train_test_split(
        (features / 16).astype(np.float32), labels.astype(np.int64), random_state=1
    )
    return LabelledData(parts[0], parts[2]), LabelledData(parts[1], parts[3])


def test_digits_are_learnt(digits: tuple[LabelledData, LabelledData]) -> None:
    known, held_out = digits
    learner = Perceptron((64, 32, 10))
    start = learner.initial(seed=1)

    trained = learner.train(start, known, Schedule(epochs=10), seed=2)

    assert learner.evaluate(start, held_out).accuracy < 0.4
    assert learner.evaluate(trained, held_out).accuracy > 0.92


def test_the_same_seed_gives_the_same_parameters(
    digits: tuple[LabelledData, LabelledData],
) -> None:
    learner = Perceptron((64, 16, 10))
    start = learner.initial(seed=1)

    first, second, other = (
        learner.train(start, digits[0], Schedule(), seed=seed) for seed in (3, 3, 4)
    )

    assert first.digest == second.digest
    assert first.digest != other.digest


def test_a_proximal_term_holds_a_node_near_the_global_model(
    digits: tuple[LabelledData, LabelledData],
) -> None:
    learner = Perceptron((64, 16, 10))
    start = learner.initial(seed=1)

    free, held = (
        learner.train(start, digits[0], Schedule(proximal=mu, rate=0.05), seed=2) for mu in (0, 1)
    )

    far, near = (float(np.linalg.norm(one.vector() - start.vector())) for one in (free, held))
    assert near < 0.8 * far


def test_parameters_of_another_model_are_refused(
    digits: tuple[LabelledData, LabelledData],
) -> None:
    learner = Perceptron((64, 16, 10))
    other = Parameters({"layer0.weight": np.zeros((3, 3), np.float32)})

    with pytest.raises(ShapesDiffer):
        learner.train(other, digits[0], Schedule(), seed=1)
