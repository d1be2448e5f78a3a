"""Shapley values by sampling, where there are too many nodes for all coalitions.

What a node adds depends most of all on how many came before it: to the first few it may add or
spoil a lot, to thirty almost nothing. So sizes of coalitions are strata (Castro, Gomez, Molina and
Tejada 2017, "Improving polynomial estimation of the Shapley value by stratified random sampling
with optimum allocation"): sizes 0 and 1 are worked out in full, larger ones are put together in
bands, a pilot measures how much each band scatters, and the remaining work goes where it lowers
the error most (Neyman). A band that hardly scatters is left at its pilot, which is what truncated
sampling does (Liu et al. 2022, GTG-Shapley), without its bias.

One sweep of a size gives one sample to every node: nodes in random order are cut into coalitions
of that size plus one, and each coalition is measured whole and without each of its members in turn.

    found = sampled(game, 50, np.random.default_rng(1), evaluations=20_000)
    found.values, found.errors
"""

from __future__ import annotations

from math import comb
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError
from assay.training.contribution.reaggregation import Coalitions, Game, Matrix
from assay.training.contribution.shapley import EXACT_NODES, Contributions, exact
from assay.training.parameters import Vector

PILOT_SWEEPS = 12
_NORMAL = NormalDist().inv_cdf(0.975)
_BAND_GROWTH = 2


def contributions(
    game: Game, nodes: int, random: np.random.Generator, evaluations: int = 20_000
) -> Contributions:
    """Exact where that is possible, sampled above.

    Raises:
        InputError: see `sampled`.
    """
    if nodes <= EXACT_NODES:
        return exact(game, nodes)
    return sampled(game, nodes, random, evaluations)


def sampled(
    game: Game, nodes: int, random: np.random.Generator, evaluations: int = 20_000
) -> Contributions:
    """By about so many coalitions.

    The errors come from how each node's samples scatter. Where large changes are rare and samples
    few, they are somewhat too small: how often they hold is in docs/benchmarks.md.

    Raises:
        InputError: fewer than 3 nodes, or too few evaluations for a pilot.
    """
    if nodes < 3:
        raise InputError(f"{nodes} nodes need no sampling.", hint="Use `shapley.exact`.")
    bands = _bands(nodes)
    least = nodes + comb(nodes, 2) + sum(PILOT_SWEEPS * _cost(nodes, band) for band in bands)
    if evaluations < least:
        raise InputError(
            f"{evaluations} evaluations are too few for {nodes} nodes.",
            hint=f"Allow at least {least:.0f}.",
        )
    small, used = _small_sizes(game, nodes)
    samples = []
    for band in bands:
        found, count = _sweeps(game, nodes, band, PILOT_SWEEPS, random)
        samples.append(found)
        used += count
    shares = _allocation(nodes, bands, samples)
    for place, band in enumerate(bands):
        extra = int((evaluations - least) * shares[place] / _cost(nodes, band))
        found, count = _sweeps(game, nodes, band, extra, random)
        samples[place] = np.vstack([samples[place], found])
        used += count
    weights = [len(band) / nodes for band in bands]
    means = [found.mean(axis=0) for found in samples]
    values = small + sum(weight * mean for weight, mean in zip(weights, means, strict=True))
    # Values sum to the worth of all: the nearest ones that do are no further from the truth.
    whole = float(game(np.ones((1, nodes), bool))[0])
    values = values + (whole - values.sum()) / nodes
    return Contributions(values, _half_widths(weights, samples), used + 1)


def _small_sizes(game: Game, nodes: int) -> tuple[Vector, int]:
    """What coalitions of nobody and of one other add to the values, in full."""
    alone = game(np.eye(nodes, dtype=bool))
    first, second = np.triu_indices(nodes, 1)
    pairs = np.zeros((len(first), nodes), bool)
    rows = np.arange(len(first))
    pairs[rows, first] = pairs[rows, second] = True
    both = game(pairs)
    added = np.zeros((nodes, nodes))
    added[first, second] = both - alone[second]
    added[second, first] = both - alone[first]
    return (alone + added.sum(axis=1) / (nodes - 1)) / nodes, nodes + len(pairs)


def _half_widths(weights: list[float], samples: list[Matrix]) -> Vector:
    """Of 95 % intervals by Student's t, with the degrees of freedom of Welch and Satterthwaite.

    The quantile is expanded from the normal one (Abramowitz and Stegun 1964, 26.7.5).
    """
    parts = np.array(
        [
            weight**2 * found.var(axis=0, ddof=1) / len(found)
            for weight, found in zip(weights, samples, strict=True)
        ]
    )
    variance = parts.sum(axis=0)
    freedom = np.array([[len(found) - 1.0] for found in samples])
    spread = (parts**2 / freedom).sum(axis=0)
    free = np.divide(variance**2, spread, out=np.full(len(variance), np.inf), where=spread > 0)
    z = _NORMAL
    quantile = z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
    half: Vector = quantile * np.sqrt(variance)
    return half


def _bands(nodes: int) -> list[range]:
    """Sizes from 2, each by itself at first and then ever more of them together."""
    bands, begin = [], 2
    while begin < nodes:
        end = min(nodes, max(begin + 1, int(begin * _BAND_GROWTH) - 1))
        bands.append(range(begin, end))
        begin = end
    return bands


def _cost(nodes: int, band: range) -> float:
    """Coalitions that a sweep measures, on average."""
    return nodes + sum(-(-nodes // (size + 1)) for size in band) / len(band)


def _allocation(nodes: int, bands: list[range], samples: list[Matrix]) -> Vector:
    """Which share of further evaluations each band should get."""
    scatter = np.array([np.sqrt(found.var(axis=0, ddof=1).mean()) for found in samples])
    weights = np.array([len(band) for band in bands]) * scatter
    weights *= np.sqrt([_cost(nodes, band) for band in bands])
    total = weights.sum()
    return weights / total if total else np.full(len(bands), 1 / len(bands))


def _sweeps(
    game: Game, nodes: int, band: range, count: int, random: np.random.Generator
) -> tuple[Matrix, int]:
    """So many samples for every node, shape (count, nodes), and how many coalitions they took."""
    if count == 0:
        return np.zeros((0, nodes)), 0
    sizes = random.integers(band.start, band.stop, count)
    parts = [_sweep(nodes, int(size), random) for size in sizes]
    worth = game(np.vstack([part for part, _ in parts]))
    found, at = np.empty((count, nodes)), 0
    for row, (part, cut) in enumerate(parts):
        wholes = len(part) - nodes
        one = worth[at : at + len(part)]
        found[row] = one[:wholes][cut] - one[wholes:]
        at += len(part)
    return found, at


def _sweep(
    nodes: int, size: int, random: np.random.Generator
) -> tuple[Coalitions, NDArray[np.intp]]:
    """Coalitions of size + 1 that cover all nodes, then for each node its own without it."""
    order = random.permutation(nodes)
    wholes = -(-nodes // (size + 1))
    padded = np.concatenate([order, order[: wholes * (size + 1) - nodes]])
    whole = np.zeros((wholes, nodes), bool)
    np.put_along_axis(whole, padded.reshape(wholes, size + 1), values=True, axis=1)
    cut = np.empty(nodes, np.intp)
    cut[order] = np.arange(nodes) // (size + 1)
    without = whole[cut]
    without[np.arange(nodes), np.arange(nodes)] = False
    return np.vstack([whole, without]), cut
