"""DP-SGD: what one record can do is bounded, and what hides it is there and new each time."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.learning.private_training import PrivateTraining
from assay.training.parameters import Parameters
from assay.training.privacy.accounting import Mechanism
from assay.training.privacy.noise import SecretNoise
from assay.training.privacy.terms import RECORD, PrivacyTerms

LEARNER = Perceptron((6, 5, 3))
START = LEARNER.initial(1)
RECORDS, RATE, CLIP, NOISE = 24, 0.5, 0.25, 2.0
ONE_STEP = Mechanism(NOISE, 1.0, 1)
NO_NOISE = SecretNoise(bytes)
"""Bytes of zeros are noise of zero, and samples of all."""


def records(seed: int = 7) -> LabelledData:
    random = np.random.default_rng(seed)
    features = random.normal(size=(RECORDS, 6)).astype(np.float32)
    return LabelledData(features, (features[:, 0] > 0).astype(np.int64))


def update(
    data: LabelledData,
    mechanism: Mechanism = ONE_STEP,
    source: SecretNoise | None = None,
    proximal: float = 0.0,
    start: Parameters = START,
) -> np.ndarray:
    terms = PrivacyTerms(RECORD, clip_micro=round(CLIP * 1e6), noise_micro=round(NOISE * 1e6))
    schedule = Schedule(rate=RATE, momentum=0.0, proximal=proximal)
    training = PrivateTraining(LEARNER, data, schedule, terms, mechanism, source or SecretNoise())
    return training.train(start).vector() - start.vector()


def test_a_step_is_the_sum_of_each_records_gradient_cut_to_one_length() -> None:
    data, expected = records(), np.zeros(START.size)
    for row in range(RECORDS):
        gradient = gradient_of(data.take(np.array([row])))
        expected -= gradient * min(1, CLIP / np.linalg.norm(gradient))

    found = update(data, source=NO_NOISE)

    np.testing.assert_allclose(found, RATE * expected / RECORDS, atol=2e-6)


def gradient_of(one: LabelledData) -> np.ndarray:
    tensors = {name: torch.tensor(array) for name, array in START.arrays.items()}
    for tensor in tensors.values():
        tensor.requires_grad_()
    hidden = functional.linear(
        torch.from_numpy(one.features), tensors["layer0.weight"], tensors["layer0.bias"]
    ).relu()
    scores = functional.linear(hidden, tensors["layer1.weight"], tensors["layer1.bias"])
    functional.cross_entropy(scores, torch.from_numpy(one.labels)).backward()
    return Parameters({name: one.grad.numpy() for name, one in tensors.items()}).vector()  # type: ignore[union-attr]


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, RECORDS - 1),
    st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=6, max_size=6),
    st.integers(0, 2),
    st.integers(0, 100),
)
def test_one_record_moves_a_step_no_further_than_twice_the_clip(
    row: int, values: list[float], label: int, seed: int
) -> None:
    data = records()
    other = LabelledData(data.features.copy(), data.labels.copy())
    other.features[row], other.labels[row] = values, label

    one, two = (
        update(each, source=SecretNoise(np.random.default_rng(seed).bytes))
        for each in (data, other)
    )

    assert np.isfinite(two).all()
    assert np.linalg.norm(one - two) <= 2 * CLIP * RATE / RECORDS + 1e-6


def test_noise_has_the_deviation_that_the_accountant_is_told() -> None:
    data = records()

    differences = np.concatenate([update(data) - update(data) for _ in range(30)])

    deviation = RATE * NOISE * CLIP / RECORDS
    assert differences.std() == pytest.approx(2**0.5 * deviation, rel=0.08)


def test_noise_and_sample_are_new_each_time() -> None:
    torch.manual_seed(1)
    np.random.seed(1)  # what others may have done to the global generators
    first = update(records(), Mechanism(NOISE, 0.5, 4))
    torch.manual_seed(1)
    np.random.seed(1)

    second = update(records(), Mechanism(NOISE, 0.5, 4))

    assert np.all(first != second)


def test_a_sample_of_nobody_is_a_step_of_noise() -> None:
    nobody = SecretNoise(np.random.default_rng(4).bytes)

    found = update(records(), Mechanism(NOISE, 1e-9, 1), nobody)

    assert np.isfinite(found).all()
    assert np.all(found != 0)


def test_the_pull_towards_the_global_model_needs_no_privacy() -> None:
    steps = Mechanism(NOISE, 1.0, 8)

    free, held = (
        np.linalg.norm(update(records(), steps, NO_NOISE, proximal)) for proximal in (0.0, 1.5)
    )

    assert 0 < held < free


def test_much_data_and_little_noise_learn() -> None:
    random = np.random.default_rng(2)
    features = random.normal(size=(600, 6)).astype(np.float32)
    data = LabelledData(features, (features[:, 0] > 0).astype(np.int64))
    terms = PrivacyTerms(RECORD, noise_micro=1_000_000)
    training = PrivateTraining(
        LEARNER, data, Schedule(rate=0.5, momentum=0.0), terms, Mechanism(1.0, 0.1, 60)
    )

    trained = training.train(START)

    assert LEARNER.evaluate(trained, data).accuracy > 0.85
