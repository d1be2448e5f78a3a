"""What differential privacy costs in accuracy, for each record and for each node.

    python bench/privacy.py [--json] [--seeds 5]      three levels of noise each, and none
    python bench/privacy.py --quick                   one seed; half a minute

Ten nodes share 1,317 digits of scikit-learn evenly and train a linear classifier (650 parameters)
for 20 rounds; a figure is the mean share of 360 test digits that are right. Epsilon is what each
node has spent after the last round, delta a tenth of 1 over its records, or 1/100000 for whole
nodes. *mean* averages all updates, *adaptive* is a task's default, by scores of four validators.

The peers have the same epsilon, delta and number of steps, and somebody who is trusted with more:
Opacus's own `PrivacyEngine` sees the pooled records; for whole nodes, a server sees every update
and adds the noise once, as Flower's server-side wrappers do. Our nodes trust nobody.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from opacus import PrivacyEngine
from opacus.accountants.utils import get_noise_multiplier
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from assay.training.aggregation.adaptive import accepted_mean
from assay.training.aggregation.screening import screen
from assay.training.committee.scoring import ScoreReport, judge_reports, score
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.learning.private_training import PrivateTraining
from assay.training.parameters import Parameters
from assay.training.plan import MICRO
from assay.training.privacy.accounting import PrivacyAccount, a_round, epsilon
from assay.training.privacy.client_level import ClientPrivacy
from assay.training.privacy.ledger import SqliteLedger
from assay.training.privacy.terms import CLIENT, RECORD, PrivacyTerms
from federation.scene import ADDRESSES, FAULTS, Scene, digits_scene

LEARNER = Perceptron((64, 10))
ROUNDS, ALL = 20, 1 << 20
PLAIN = Schedule(epochs=2, batch=32, rate=0.5, momentum=0.0)
PRIVATE = Schedule(epochs=4, batch=ALL, rate=2.0, momentum=0.0)
RECORD_CLIP, CLIENT_CLIP = 1.0, 1.0
NOISE = {RECORD: (4.0, 8.0, 16.0), CLIENT: (0.5, 1.0, 2.0)}
LEVELS = (RECORD, CLIENT)
Rows = NDArray[np.float64]
Learn = Callable[[Parameters, int, int], Rows]
"""A node's update, from the model, the round and the node's place."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table; without noise there is no privacy."""

    level: str
    noise: float = 0.0

    @property
    def terms(self) -> PrivacyTerms:
        """What a plan would say."""
        clip = RECORD_CLIP if self.level == RECORD else CLIENT_CLIP
        return PrivacyTerms(self.level, round(clip * MICRO), round(self.noise * MICRO))


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a setting and seed; accuracies from 0 to 1."""

    epsilon: float
    mean: float
    adaptive: float
    peer: float


def measure(setting: Setting, seed: int) -> Found:
    """Train by both rules, and have the peer train."""
    scene = digits_scene(seed, "iid")
    learn, spent = _learner(setting, scene, seed)
    peer = (
        _pooled(scene, setting, spent, seed)
        if setting.level == RECORD
        else _served(scene, setting, seed)
    )
    return Found(
        spent,
        _trained(scene, learn, adaptive=False),
        _trained(scene, learn, adaptive=True),
        peer,
    )


def _learner(setting: Setting, scene: Scene, seed: int) -> tuple[Learn, float]:
    """How nodes learn, and the epsilon that the largest of them spends in all rounds."""

    def plainly(model: Parameters, round_: int, place: int) -> Rows:
        at = (seed * ROUNDS + round_) * len(ADDRESSES) + place
        return LEARNER.train(model, scene.nodes[place], PLAIN, at).vector() - model.vector()

    if not setting.noise:
        return plainly, float("inf")
    terms, records = setting.terms, [len(data) for data in scene.nodes]
    each = [a_round(terms, count, ALL, PRIVATE.epochs) for count in records]
    costs = zip(each, records, strict=True)
    spent = max(epsilon([one] * ROUNDS, float(terms.delta(count))) for one, count in costs)

    def by_record(model: Parameters, _round: int, place: int) -> Rows:
        training = PrivateTraining(LEARNER, scene.nodes[place], PRIVATE, terms, each[place])
        return training.train(model).vector() - model.vector()

    ledger = SqliteLedger(Path(tempfile.gettempdir()) / "none.sqlite")  # nothing is entered here
    client = ClientPrivacy(PrivacyAccount(terms, terms.delta(1), each[0], ledger))

    def by_client(model: Parameters, round_: int, place: int) -> Rows:
        return client.noised(_cut(plainly(model, round_, place), terms.clip))

    return (by_record if setting.level == RECORD else by_client), spent


def _trained(scene: Scene, learn: Learn, *, adaptive: bool) -> float:
    model, reputation = LEARNER.initial(1), dict[str, int]()
    for round_ in range(ROUNDS):
        rows = np.array([learn(model, round_, place) for place in range(len(scene.nodes))])
        if adaptive:
            change, reputation = _by_committee(model, rows, scene, reputation)
        else:
            change = rows.mean(axis=0)
        model = model.from_vector(model.vector() + change)
    return LEARNER.evaluate(model, scene.test).accuracy


def _by_committee(
    model: Parameters, rows: Rows, scene: Scene, reputation: dict[str, int]
) -> tuple[Rows, dict[str, int]]:
    given = {
        node: (row, len(data)) for node, row, data in zip(ADDRESSES, rows, scene.nodes, strict=True)
    }
    updates = screen(given, model.size).updates

    def report(data: LabelledData) -> ScoreReport:
        return score(model, updates, reputation, lambda one: LEARNER.evaluate(one, data))

    verdict = judge_reports([report(data) for data in scene.held_out], reputation, FAULTS)
    return accepted_mean(updates, verdict.accepted), verdict.reputation


def _served(scene: Scene, setting: Setting, seed: int) -> float:
    """A server that sees the nodes' cut updates adds the noise to their mean."""
    plainly, _ = _learner(Setting(CLIENT), scene, seed)
    random, clip = np.random.default_rng(seed), setting.terms.clip if setting.noise else np.inf
    deviation = setting.noise * CLIENT_CLIP / len(ADDRESSES)

    def learn(model: Parameters, round_: int, place: int) -> Rows:
        return _cut(plainly(model, round_, place), clip)

    model = LEARNER.initial(1)
    for round_ in range(ROUNDS):
        rows = [learn(model, round_, place) for place in range(len(scene.nodes))]
        noise = random.normal(0, deviation, model.size)
        model = model.from_vector(model.vector() + np.mean(rows, axis=0) + noise)
    return LEARNER.evaluate(model, scene.test).accuracy


def _pooled(scene: Scene, setting: Setting, spent: float, seed: int) -> float:
    """Opacus as it comes, on all records in one place, with noise for the same epsilon and delta.

    Without noise it is PyTorch alone.
    """
    torch.manual_seed(seed)
    data = LabelledData.pooled(scene.nodes)
    if not setting.noise:
        trained = LEARNER.train(LEARNER.initial(1), data, PLAIN, seed)
        for round_ in range(1, ROUNDS):
            trained = LEARNER.train(trained, data, PLAIN, seed + 1000 * round_)
        return LEARNER.evaluate(trained, scene.test).accuracy
    delta = float(setting.terms.delta(min(map(len, scene.nodes))))
    steps = ROUNDS * PRIVATE.epochs
    noise = get_noise_multiplier(
        target_epsilon=spent, target_delta=delta, sample_rate=1.0, steps=steps, accountant="rdp"
    )
    dataset = TensorDataset(torch.from_numpy(data.features), torch.from_numpy(data.labels))
    module = nn.Linear(*LEARNER.widths)
    model, optimizer, loader = PrivacyEngine(accountant="rdp").make_private(
        module=module,
        optimizer=torch.optim.SGD(module.parameters(), lr=PRIVATE.rate),
        data_loader=DataLoader(dataset, batch_size=len(data)),
        noise_multiplier=noise,
        max_grad_norm=RECORD_CLIP,
    )
    for _ in range(steps):
        for features, labels in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(features), labels).backward()
            optimizer.step()
    arrays = {"layer0.weight": module.weight, "layer0.bias": module.bias}
    found = Parameters({name: one.detach().numpy() for name, one in arrays.items()})
    return LEARNER.evaluate(found, scene.test).accuracy


def _cut(update: Rows, clip: float) -> Rows:
    return update * min(1.0, clip / float(np.linalg.norm(update)))


def figures(found: dict[Setting, list[Found]]) -> dict[str, float]:
    """Percent, and epsilon, by level and noise."""
    result: dict[str, float] = {}
    for setting, seeds in found.items():
        name = f"{setting.level}_noise_{setting.noise:g}".replace(".", "_")
        if setting.noise:
            result[f"{name}_epsilon"] = seeds[0].epsilon
        for column in ("mean", "adaptive", "peer"):
            result[f"{name}_{column}"] = 100 * float(
                np.mean([getattr(one, column) for one in seeds])
            )
    return result


def table(found: dict[Setting, list[Found]]) -> Table:
    """A row for each setting: mean and lowest of the seeds."""
    shown = Table("privacy for each", "noise", "epsilon", "mean", "adaptive", "peer")
    for setting, seeds in found.items():
        cells = []
        for column in ("mean", "adaptive", "peer"):
            values = [100 * getattr(one, column) for one in seeds]
            cells.append(f"{np.mean(values):.1f} ({min(values):.1f})")
        spent = f"{seeds[0].epsilon:.1f}" if setting.noise else "none"
        shown.add_row(setting.level, f"{setting.noise:g}", spent, *cells)
    return shown


def main() -> None:
    """Measure, and print a table or one flat JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", message="Full backward hook|Secure RNG|Optimal order")
    seeds = range(1 if arguments.quick else arguments.seeds)
    settings = [Setting(level, noise) for level in LEVELS for noise in (0.0, *NOISE[level])]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("settings", total=len(settings) * len(seeds))
        found: dict[Setting, list[Found]] = {setting: [] for setting in settings}
        for setting in settings:
            for seed in seeds:
                found[setting].append(measure(setting, seed))
                progress.advance(bar)
    if arguments.json:
        print(json.dumps({name: round(value, 2) for name, value in figures(found).items()}))
        return
    Console().print(table(found))


if __name__ == "__main__":
    main()
