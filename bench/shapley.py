"""Shapley contributions: how long the exact ones take, and how near sampled ones come.

    python bench/shapley.py [--json] [--seeds 5] [--evaluations 20000]

One round of federated learning on scikit-learn's digits: a perceptron with 32 hidden units, nodes
with labels skewed by a Dirichlet draw of 0.3, every fifth with wrong labels; worth is what the
objective sum_k (n_k / n) * F_k falls by on 300 held-out records. With 50 nodes the sampled values
are held against a long run of the same estimator, which for its part is held against a long run of
the peer: plain sampling of orders (Castro, Gomez and Tejada 2009), given as many evaluations. Rank
correlation is Spearman's; `covered50` is how often a value of the long run lies within the stated
95 % error. Times are of one process, in seconds of processor time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from assay.training.contribution.perceptron_game import PerceptronGame
from assay.training.contribution.reaggregation import Game
from assay.training.contribution.shapley import Contributions, exact
from assay.training.contribution.stratified import sampled
from assay.training.learning.data import LabelledData
from assay.training.learning.partition import dirichlet_shares
from assay.training.learning.perceptron import Perceptron, Schedule
from federated.datasets import load, split

LEARNER = Perceptron((64, 32, 10))
MANY = 50
LONG_RUN = 15
Values = NDArray[np.float64]


def game_of(nodes: int, seed: int) -> PerceptronGame:
    """A round of so many nodes."""
    random = np.random.default_rng(seed)
    known, held_out = split(load("digits"), held_out_share=300 / 1797, seed=seed)
    start, updates, samples = LEARNER.initial(seed), [], []
    for number, rows in enumerate(dirichlet_shares(known.labels, nodes, 0.3, random)):
        own = known.take(rows)
        if number % 5 == 0:
            own = LabelledData(own.features, 9 - own.labels)
        trained = LEARNER.train(start, own, Schedule(epochs=3), seed=seed)
        updates.append(trained.vector() - start.vector())
        samples.append(float(len(own)))
    return PerceptronGame(
        LEARNER.widths, start.vector(), np.array(updates), np.array(samples), [held_out]
    )


def by_orders(
    game: Game, nodes: int, random: np.random.Generator, evaluations: int
) -> Contributions:
    """The peer: the mean of what nodes add, over random orders."""
    added = []
    for _ in range(evaluations // nodes):
        order = random.permutation(nodes)
        there = np.zeros((nodes, nodes), bool)
        there[:, order] = np.tri(nodes, dtype=bool)
        row = np.empty(nodes)
        row[order] = np.diff(game(there), prepend=0)
        added.append(row)
    rows = np.array(added)
    errors = 1.96 * rows.std(axis=0, ddof=1) / np.sqrt(len(rows))
    return Contributions(rows.mean(axis=0), errors, len(rows) * nodes)


def rank_correlation(first: Values, second: Values) -> float:
    """Spearman's; there are no ties among floats."""
    ranks = [np.argsort(np.argsort(values)) for values in (first, second)]
    return float(np.corrcoef(*ranks)[0, 1])


def timed(work: Callable[[], Contributions]) -> tuple[Contributions, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def measure(seeds: int, evaluations: int) -> dict[str, float]:
    """All figures, means over seeds; of rank correlations the least as well."""
    ten = game_of(10, seed=1)
    exact10 = [timed(lambda: exact(ten, 10))[1] for _ in range(3)]
    ours, peer, covered, stated, long_runs = [], [], [], [], []
    our_seconds, peer_seconds = [], []
    for seed in range(1, seeds + 1):
        game, random = game_of(MANY, seed), np.random.default_rng(seed)
        long_run = sampled(game, MANY, random, LONG_RUN * evaluations)
        found, seconds = timed(lambda g=game, r=random: sampled(g, MANY, r, evaluations))
        other, other_seconds = timed(lambda g=game, r=random: by_orders(g, MANY, r, evaluations))
        far = by_orders(game, MANY, random, LONG_RUN * evaluations)
        ours.append(rank_correlation(found.values, long_run.values))
        peer.append(rank_correlation(other.values, long_run.values))
        long_runs.append(rank_correlation(far.values, long_run.values))
        covered.append(np.mean(np.abs(found.values - long_run.values) <= found.errors))
        stated.append(found.errors.mean() / other.errors.mean())
        our_seconds.append(seconds)
        peer_seconds.append(other_seconds)
    return {
        "exact10_seconds": float(np.median(exact10)),
        "rank_correlation50": float(np.mean(ours)),
        "rank_correlation50_least": min(ours),
        "sampled50_seconds": float(np.mean(our_seconds)),
        "evaluations50": evaluations,
        "covered50": float(np.mean(covered)),
        "orders_rank_correlation50": float(np.mean(peer)),
        "orders_rank_correlation50_least": min(peer),
        "orders50_seconds": float(np.mean(peer_seconds)),
        "error_to_orders_error": float(np.mean(stated)),
        "orders_long_run_rank_correlation50": float(np.mean(long_runs)),
    }


def show(figures: dict[str, float]) -> None:
    table = Table("50 nodes", "ours", "plain sampling of orders")
    for words, name in {
        "rank correlation, mean": "rank_correlation50",
        "rank correlation, least": "rank_correlation50_least",
    }.items():
        table.add_row(words, f"{figures[name]:.3f}", f"{figures['orders_' + name]:.3f}")
    table.add_row(
        "processor seconds",
        f"{figures['sampled50_seconds']:.2f}",
        f"{figures['orders50_seconds']:.2f}",
    )
    console = Console()
    console.print(f"10 nodes, exact: {figures['exact10_seconds']:.3f} s")
    console.print(table)
    console.print(
        f"stated 95 % errors hold for {figures['covered50']:.1%} of values, and are "
        f"{figures['error_to_orders_error']:.2f} of the peer's; both long runs agree at "
        f"{figures['orders_long_run_rank_correlation50']:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--evaluations", type=int, default=20_000)
    options = parser.parse_args()
    with threadpool_limits(1):
        figures = measure(options.seeds, options.evaluations)
    if options.json:
        print(json.dumps(figures))
    else:
        show(figures)


if __name__ == "__main__":
    main()
