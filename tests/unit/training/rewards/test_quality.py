"""Completeness, diversity and scarcity, each by itself and together."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import InputError
from assay.training.rewards.quality import DataProfile, profile, quality

counts = st.lists(st.integers(0, 500), min_size=3, max_size=3).filter(sum).map(tuple)


def full(labels: tuple[int, ...]) -> DataProfile:
    return DataProfile(sum(labels), sum(labels) * 4, 0, labels)


def test_a_complete_even_mix_in_an_even_pool_is_worth_all() -> None:
    assert quality(full((30, 30, 30)), pool=(300, 300, 300)) == 1


def test_missing_values_take_away_in_proportion() -> None:
    gaps = DataProfile(90, 360, 90, (30, 30, 30))

    assert gaps.completeness == Fraction(3, 4)
    assert quality(gaps, pool=(300, 300, 300)) == Fraction(3, 4)


def test_diversity_is_simpsons_index_over_its_most() -> None:
    assert full((10, 0, 0)).diversity == 0
    assert full((5, 5, 0)).diversity == Fraction(3, 4)
    assert full((2, 2, 2)).diversity == 1


def test_rare_labels_are_worth_more_than_common_ones() -> None:
    pool = (950, 50)
    rare, common = full((0, 40)), full((40, 0))

    assert rare.scarcity(pool) == 1
    assert common.scarcity(pool) == Fraction(1, 10)
    assert quality(rare, pool) > quality(common, pool)


@given(counts, counts)
def test_quality_is_a_share_whatever_the_labels(
    own: tuple[int, ...], others: tuple[int, ...]
) -> None:
    pool = [a + b for a, b in zip(own, others, strict=True)]

    assert 0 <= quality(full(own), pool) <= 1


@given(counts, st.integers(2, 9))
def test_more_of_the_same_mix_has_the_same_quality(own: tuple[int, ...], times: int) -> None:
    pool = tuple(9 * count for count in own)
    more = tuple(times * count for count in own)

    assert quality(full(own), pool) == quality(full(more), pool)


def test_a_profile_counts_distinct_records_and_their_gaps() -> None:
    nan = np.nan
    features = np.array([[1, 2], [1, nan], [1, 2], [1, nan], [1, 2]], np.float32)
    labels = np.array([0, 0, 0, 0, 1])

    found = profile(features, labels, label_count=3)

    assert found == DataProfile(records=3, cells=6, missing=1, labels=(2, 1, 0))


def test_an_empty_node_has_no_quality() -> None:
    nothing = profile(np.zeros((0, 4)), np.zeros(0, np.int64), label_count=2)

    assert quality(nothing, pool=(5, 5)) == 0


def test_counts_that_can_not_be_are_refused() -> None:
    with pytest.raises(InputError, match="contradicts"):
        DataProfile(10, 40, 0, (5, 6))
    with pytest.raises(InputError, match="contradicts"):
        DataProfile(10, 40, 41, (5, 5))
    with pytest.raises(InputError, match="no counts"):
        DataProfile(10, 40, 0, (10,))
    with pytest.raises(InputError, match="pool"):
        quality(full((5, 5)), pool=(4, 10))
    with pytest.raises(InputError, match="Labels go from 0 to 7"):
        profile(np.zeros((2, 1)), np.array([0, 7]), label_count=3)
