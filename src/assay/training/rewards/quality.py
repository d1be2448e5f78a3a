"""The quality of a node's data, from counts alone: completeness, diversity and scarcity.

    quality = completeness * (diversity + scarcity) / 2

- completeness: the share of cells that hold a value (the simple ratio of Pipino, Lee and Wang
  2002, "Data quality assessment").
- diversity: the chance that two records drawn with replacement differ in their label (Simpson
  1949, "Measurement of diversity"), over what it is for an even mix of all the task's labels.
- scarcity: the chance that a record of the node and one of all nodes' pool differ in their label,
  over the same; at most 1.

A complete, even mix in an even pool has quality 1. Records of one label only are worth at most
half, and the less the more common that label is among all nodes. Two copies of a record count
once. All are exact fractions. The counts are the node's own word: what it can gain by false ones
is bounded by the weight of data in the reward, and its training is measured by others.

>>> even = DataProfile(records=100, cells=6400, missing=0, labels=(50, 50))
>>> quality(even, pool=(500, 500)) == 1
True
>>> rare = DataProfile(records=10, cells=640, missing=64, labels=(0, 10))
>>> quality(rare, pool=(990, 10)) == Fraction(9, 10) / 2
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError


@dataclass(frozen=True, slots=True)
class DataProfile:
    """What a node tells about its data, and nothing of the data itself.

    Attributes:
        records: distinct records.
        cells: values that they should hold, in all.
        missing: how many of these are not there.
        labels: records of each of the task's labels.

    Raises:
        InputError: the counts contradict each other.
    """

    records: int
    cells: int
    missing: int
    labels: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_labels(self.labels)
        if sum(self.labels) != self.records or not 0 <= self.missing <= self.cells:
            raise InputError(
                f"The profile contradicts itself: labels {self.labels} for {self.records} records, "
                f"and {self.missing} of {self.cells} values are missing.",
                hint="Count with `profile`.",
            )

    @property
    def completeness(self) -> Fraction:
        """From 0 to 1; 0 where there is nothing."""
        return 1 - Fraction(self.missing, self.cells) if self.cells else Fraction(0)

    @property
    def diversity(self) -> Fraction:
        """From 0 for a single label to 1 for an even mix."""
        return _unlikeness(self.labels, self.labels)

    def scarcity(self, pool: Sequence[int]) -> Fraction:
        """From 0 where all have but this node's label, to 1; `pool` counts all nodes' records."""
        return min(_unlikeness(self.labels, pool), Fraction(1))


def quality(data: DataProfile, pool: Sequence[int]) -> Fraction:
    """From 0 to 1; see the module.

    Args:
        pool: records of each label over all nodes, this one included.

    Raises:
        InputError: the pool has other labels, or fewer of one than the node.
    """
    _check_labels(pool)
    if len(pool) != len(data.labels) or any(
        own > among for own, among in zip(data.labels, pool, strict=True)
    ):
        raise InputError(
            f"The pool {tuple(pool)} can't hold a node's records {data.labels}.",
            hint="Add up the profiles of all nodes, this one included.",
        )
    return data.completeness * (data.diversity + data.scarcity(pool)) / 2


def profile(
    features: NDArray[np.floating], labels: NDArray[np.integer], label_count: int
) -> DataProfile:
    """Count a node's data.

    Args:
        features: shape (records, features); a missing value is not a number.
        labels: shape (records,), from 0.
        label_count: of the task.

    Raises:
        InputError: a label that the task does not have.
    """
    if len(labels) and not 0 <= labels.min() <= labels.max() < label_count:
        raise InputError(
            f"Labels go from {labels.min()} to {labels.max()}, but the task has {label_count}.",
            hint="Number them from 0.",
        )
    # Bit patterns rather than values: not-a-number equals nothing, not even itself.
    rows = np.ascontiguousarray(np.column_stack([features.astype(np.float64), labels]))
    first = np.unique(rows.view(np.uint64), axis=0, return_index=True)[1]
    kept = features[first]
    counts = np.bincount(labels[first], minlength=label_count)
    missing = int(np.isnan(kept).sum())
    return DataProfile(len(first), kept.size, missing, tuple(map(int, counts)))


def _unlikeness(own: Sequence[int], other: Sequence[int]) -> Fraction:
    """The chance that two records differ in label, over that of an even mix; 0 without records."""
    pairs = sum(own) * sum(other)
    if pairs == 0:
        return Fraction(0)
    alike = Fraction(sum(a * b for a, b in zip(own, other, strict=True)), pairs)
    return (1 - alike) / (1 - Fraction(1, len(own)))


def _check_labels(labels: Sequence[int]) -> None:
    if len(labels) < 2 or min(labels) < 0:
        raise InputError(
            f"{tuple(labels)} are no counts of labels.", hint="Give two or more, each from 0."
        )
