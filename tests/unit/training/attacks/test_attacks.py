"""Attacks do what their papers say, so that a rule that withstands them withstands something."""

from __future__ import annotations

import numpy as np
import pytest

from assay.training.attacks.crafted import (
    copy_of,
    disguise,
    inner_product,
    little_is_enough,
    noise,
    sign_flip,
)

OWN = np.random.default_rng(1).normal(size=(3, 500))
HONEST = np.random.default_rng(2).normal(0.2, 1, size=(7, 500))


def test_sign_flip_and_noise_have_the_stated_length() -> None:
    drawn = noise(OWN, np.random.default_rng(5), strength=2.5)

    np.testing.assert_array_equal(sign_flip(OWN, 3.0), -3 * OWN)
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=1), 2.5 * np.linalg.norm(OWN, axis=1))
    assert abs(np.corrcoef(drawn[0], OWN[0])[0, 1]) < 0.2


def test_a_little_stays_within_the_spread_of_honest_updates() -> None:
    crafted = little_is_enough(HONEST, 3, strength=1.5)

    assert crafted.shape == (3, 500)
    np.testing.assert_allclose((HONEST.mean(axis=0) - crafted[0]) / HONEST.std(axis=0), 1.5)


def test_inner_product_manipulation_points_away_from_the_honest_mean() -> None:
    crafted = inner_product(HONEST, 3, strength=0.5)

    assert (crafted @ HONEST.mean(axis=0) < 0).all()


def test_disguised_copies_are_near_but_not_equal() -> None:
    copied = copy_of(HONEST, 3, place=4)

    apart = np.linalg.norm(disguise(copied, np.random.default_rng(1)) - copied, axis=1)

    np.testing.assert_array_equal(copied, np.tile(HONEST[4], (3, 1)))
    assert apart == pytest.approx(0.05 * np.linalg.norm(copied, axis=1))
