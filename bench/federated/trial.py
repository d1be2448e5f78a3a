"""One training together: nodes, rounds, FedAvg, and every byte that went up or down.

    outcome = train(Setting("mnist", "100k", "iid", nodes=10, rounds=30), seed=1, encodings=None)
    outcome.accuracy, outcome.bytes_up, outcome.bytes_down

Without encodings everything travels as dense float32, four bytes a parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from assay.training.compression.broadcast import follow, publish, publish_start
from assay.training.compression.encoding import Encodings
from assay.training.compression.feedback import no_residual, send
from assay.training.compression.wire import decode
from assay.training.learning.data import LabelledData
from assay.training.learning.partition import dirichlet_shares, even_shares
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.parameters import Parameters, Vector
from federated.datasets import Name, load, split

CONCENTRATION = 0.3
WIDTHS: dict[tuple[str, str], tuple[int, ...]] = {
    ("digits", "100k"): (64, 270, 300, 10),
    ("digits", "1.2M"): (64, 1050, 1050, 10),
    ("mnist", "100k"): (784, 126, 10),
    ("mnist", "1.2M"): (784, 1100, 300, 10),
}
HELD_OUT_SHARES = {"digits": 0.4, "mnist": 0.2}
MEASURED_ROUNDS = 5
FLOAT32_BYTES = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """What is trained, on what, and how the records are shared out."""

    data: Name
    size: Literal["100k", "1.2M"]
    sharing: Literal["iid", "dirichlet"]
    nodes: int
    rounds: int

    @property
    def key(self) -> str:
        """Its name among the figures."""
        return f"{self.data}_{self.size.lower().replace('.', '_')}_{self.sharing}"

    @property
    def learner(self) -> Perceptron:
        """The model that is trained."""
        return Perceptron(WIDTHS[self.data, self.size])


@dataclass(frozen=True, slots=True)
class Outcome:
    """Accuracy on held-out records, mean of the last rounds, and bytes of all nodes and rounds."""

    accuracy: float
    bytes_up: int
    bytes_down: int
    parameters: int


@dataclass(slots=True)
class _Node:
    data: LabelledData
    held: Parameters
    residual: Vector


def train(setting: Setting, seed: int, encodings: Encodings | None) -> Outcome:
    """Train from the first round to the last."""
    known, held_out = split(load(setting.data), HELD_OUT_SHARES[setting.data], seed)
    random = np.random.default_rng(seed)
    shares = (
        even_shares(len(known), setting.nodes, random)
        if setting.sharing == "iid"
        else dirichlet_shares(known.labels, setting.nodes, CONCENTRATION, random)
    )
    initial = setting.learner.initial(seed)
    parts = [known.take(rows) for rows in shares]
    if encodings is None:
        return _dense(setting, seed, initial, parts, held_out)
    return _compressed(setting, seed, initial, parts, held_out, encodings)


def _schedule(setting: Setting, number: int) -> Schedule:
    return Schedule(epochs=1, batch=32, rate=0.05, momentum=0.9)


def _seed(seed: int, number: int, node: int) -> int:
    return int(np.random.SeedSequence((seed, number, node)).generate_state(1)[0])


def _dense(
    setting: Setting,
    seed: int,
    initial: Parameters,
    parts: list[LabelledData],
    held_out: LabelledData,
) -> Outcome:
    current, accuracies = initial, []
    records = sum(map(len, parts))
    for number in range(setting.rounds):
        total = np.zeros(current.size)
        for node, part in enumerate(parts):
            trained = setting.learner.train(
                current, part, _schedule(setting, number), _seed(seed, number, node)
            )
            total += len(part) / records * trained.vector()
        current = current.from_vector(total)
        accuracies.append(setting.learner.evaluate(current, held_out).accuracy)
    each_way = FLOAT32_BYTES * current.size * setting.nodes * setting.rounds
    return Outcome(_accuracy(accuracies), each_way, each_way, current.size)


def _compressed(
    setting: Setting,
    seed: int,
    initial: Parameters,
    parts: list[LabelledData],
    held_out: LabelledData,
    encodings: Encodings,
) -> Outcome:
    size, records = initial.size, sum(map(len, parts))
    published = publish_start(initial, encodings.start)
    nodes = [_Node(part, published.parameters, no_residual(size)) for part in parts]
    up, down, accuracies = 0, len(published.message) * setting.nodes, []
    for number in range(setting.rounds):
        total = np.zeros(size)
        for at, node in enumerate(nodes):
            trained = setting.learner.train(
                node.held, node.data, _schedule(setting, number), _seed(seed, number, at)
            )
            update = trained.vector() - node.held.vector()
            sent = send(update, node.residual, encodings.up, seed=_seed(seed, number, at))
            node.residual = sent.residual
            up += len(sent.message)
            total += len(node.data) / records * decode(sent.message, size, encodings.up)
        published = publish(
            published.parameters, total, published.residual, encodings.down, seed=number
        )
        down += len(published.message) * setting.nodes
        held = follow(nodes[0].held, published.message, encodings.down)
        assert held.digest == published.parameters.digest, "a node differs from the committee"
        for node in nodes:
            node.held = held
        accuracies.append(setting.learner.evaluate(held, held_out).accuracy)
    return Outcome(_accuracy(accuracies), up, down, size)


def _accuracy(by_round: list[float]) -> float:
    last = by_round[-MEASURED_ROUNDS:]
    return sum(last) / len(last)
