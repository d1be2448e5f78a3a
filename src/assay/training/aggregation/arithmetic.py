"""Sums, norms and distances that come out the same to the bit on every machine.

    >>> import numpy as np
    >>> ordered_sum(np.array([1.0, 2.0, 3.0])).item()
    6.0
    >>> norms(np.array([[3.0, 4.0], [0.0, 2.0]])).tolist()
    [5.0, 2.0]

IEEE 754 fixes single additions, subtractions, multiplications, divisions and square roots; only the
order of a sum is free, and matrix products, `numpy.sum` and `numpy.linalg.norm` choose it by
library, version, processor and number of threads. Here every sum has a stated order, and nothing
but those five operations, comparisons and stable sorts is used (docs/decisions/0050).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""A row for each update, shape (updates, size)."""
Vector = NDArray[np.float64]

SMALLEST = 2.0**-149
"""The smallest float32 above zero; what is nearer to zero counts as zero."""


def canonical(values: NDArray[Any]) -> NDArray[np.float64]:
    """In float64, with one zero: negative zeros and what no float32 can hold become 0.

    Two zeros compare equal, so a sort may leave either in front, and whether numbers below the
    normal range are kept depends on a mode of the processor.
    """
    exact = np.array(values, dtype=np.float64)
    exact[np.abs(exact) < SMALLEST] = 0.0
    return exact


def ordered_sum(values: NDArray[np.float64]) -> Any:
    """The sum over the last axis as a binary tree: the second half onto the first, again and again.

    Of an odd count the middle one waits for the next turn. The error grows with the logarithm of
    the count only.

    Returns:
        an array of the shape without the last axis.
    """
    count = values.shape[-1]
    if count == 0:
        return np.zeros(values.shape[:-1])
    work = np.array(values)
    while count > 1:
        kept = (count + 1) // 2
        work[..., : count - kept] += work[..., kept:count]
        count = kept
    return work[..., 0]


def weighted_sum(rows: Matrix, weights: Vector) -> Vector:
    """Rows times weights, added one after the other from the first."""
    total = np.zeros(rows.shape[1])
    for row, weight in zip(rows, weights, strict=True):
        total += row * weight
    return total


def weighted_mean(rows: Matrix, weights: Vector) -> Vector:
    """`weighted_sum` over the sum of the weights, which is added in the same order.

    Divided once at the end, so that whole sample counts are never rounded.
    """
    divisor = 0.0
    for weight in weights:
        divisor += float(weight)
    return weighted_sum(rows, weights) / divisor


def plain_mean(rows: Matrix) -> Vector:
    """The mean of the rows."""
    return weighted_mean(rows, np.ones(len(rows)))


def norms(rows: Matrix) -> Vector:
    """The Euclidean norm of each row; infinite where the squares leave the range of float64."""
    with np.errstate(over="ignore"):
        return np.array([np.sqrt(ordered_sum(row * row)) for row in rows])


def inner_products(rows: Matrix, vector: Vector) -> Vector:
    """The inner product of each row with a vector."""
    return np.array([ordered_sum(row * vector) for row in rows])


def squared_distances(rows: Matrix) -> Matrix:
    """Between every two rows, shape (updates, updates)."""
    count = len(rows)
    squares = np.zeros((count, count))
    for first in range(count):
        for second in range(first):
            apart = rows[first] - rows[second]
            squares[first, second] = squares[second, first] = ordered_sum(apart * apart)
    return squares


def median(values: NDArray[np.float64]) -> Any:
    """Along the first axis; the mean of the middle two where their count is even."""
    ordered = np.sort(values, axis=0)
    count = len(ordered)
    return (ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def nearest(distances: Vector, count: int) -> NDArray[np.intp]:
    """The places of the smallest distances, nearest first; of equal ones the first place."""
    return np.argsort(distances, kind="stable")[:count]
