"""Noise is normal, independent and new each time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from assay.training.privacy.noise import SecretNoise


def seeded(seed: int) -> SecretNoise:
    return SecretNoise(np.random.default_rng(seed).bytes)


def test_noise_is_normal_with_the_deviation_asked_for() -> None:
    drawn = seeded(1).normal(100_001, deviation=2.5)

    assert stats.kstest(drawn / 2.5, "norm").pvalue > 0.001
    assert abs(drawn.mean()) < 0.03
    assert drawn.std() == pytest.approx(2.5, rel=0.01)
    assert np.abs(drawn).max() > 9  # tails are there


def test_numbers_of_one_draw_do_not_depend_on_each_other() -> None:
    drawn = seeded(2).normal(40_000, 1.0)

    half = len(drawn) // 2
    for pairs in ((drawn[:-1], drawn[1:]), (drawn[:half], drawn[half:])):
        assert abs(np.corrcoef(*pairs)[0, 1]) < 0.03


def test_a_sample_takes_each_with_the_same_probability() -> None:
    source = seeded(3)

    counts = np.zeros(50)
    for _ in range(4000):
        counts[source.chosen(50, 0.2)] += 1

    assert stats.chisquare(counts).pvalue > 0.001
    assert counts.sum() / (50 * 4000) == pytest.approx(0.2, rel=0.03)
    assert len(source.chosen(50, 1.0)) == 50


def test_nobody_draws_the_same_again() -> None:
    drawn = {float(SecretNoise().normal(1, 1.0)[0]) for _ in range(100)}

    assert len(drawn) == 100
