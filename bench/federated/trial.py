"""One training together: nodes, rounds, FedAvg, and every byte that went up or down.

    outcome = train(Setting("mnist", "100k", "iid", nodes=10, rounds=30), seed=1, encodings=None)
    outcome.accuracy, outcome.bytes_up, outcome.bytes_down

Without encodings everything travels as dense float32, four bytes a parameter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from assay.training.compression.broadcast import follow, publish, publish_start
from assay.training.compression.encoding import Encodings
from assay.training.compression.feedback import no_residual, send
from assay.training.learning.partition import Rows, dirichlet_shares, even_shares
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
SCHEDULES = {
    "digits": Schedule(epochs=3, batch=32, rate=0.1, momentum=0.9),
    "mnist": Schedule(epochs=1, batch=32, rate=0.1, momentum=0.9),
}
HELD_OUT_SHARES = {"digits": 0.4, "mnist": 0.5}
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

    def shares(self, labels: np.ndarray, random: np.random.Generator) -> list[Rows]:
        """The rows of each node."""
        if self.sharing == "iid":
            return even_shares(len(labels), self.nodes, random)
        return dirichlet_shares(labels, self.nodes, CONCENTRATION, random)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Accuracy on held-out records, mean of the last rounds, and bytes of all nodes and rounds."""

    accuracy: float
    bytes_up: int
    bytes_down: int
    parameters: int


class Channel(Protocol):
    """How vectors travel; it counts what passes."""

    bytes_up: int
    bytes_down: int

    def start(self, initial: Parameters, nodes: int) -> Parameters:
        """The first global model, as the nodes get it."""
        ...

    def up(self, node: int, update: Vector, seed: int) -> Vector:
        """A node's update, as the committee gets it."""
        ...

    def down(self, current: Parameters, update: Vector, seed: int) -> Parameters:
        """The next global model, as the nodes get it."""
        ...


class Dense:
    """Float32 as it is: in each round the global model to every node, and an update back."""

    def __init__(self) -> None:
        self.bytes_up = self.bytes_down = 0

    def start(self, initial: Parameters, nodes: int) -> Parameters:
        """All the first round's traffic down."""
        self._down_bytes = FLOAT32_BYTES * initial.size * nodes
        self.bytes_down += self._down_bytes
        return initial

    def up(self, node: int, update: Vector, seed: int) -> Vector:  # noqa: ARG002
        """Unchanged."""
        self.bytes_up += FLOAT32_BYTES * len(update)
        return update

    def down(self, current: Parameters, update: Vector, seed: int) -> Parameters:  # noqa: ARG002
        """The whole model."""
        self.bytes_down += self._down_bytes
        return current.from_vector(current.vector() + update)


class Compressed:
    """Real messages of `assay.training.compression` both ways, read as the receivers do."""

    def __init__(self, encodings: Encodings) -> None:
        self.bytes_up = self.bytes_down = 0
        self._encodings = encodings

    def start(self, initial: Parameters, nodes: int) -> Parameters:
        """The initial model itself, once to each node."""
        self._nodes = nodes
        published = publish_start(initial, self._encodings.start)
        self._owed_down = published.residual
        self._owed_up = [no_residual(initial.size) for _ in range(nodes)]
        self.bytes_down += nodes * len(published.message)
        return published.parameters

    def up(self, node: int, update: Vector, seed: int) -> Vector:
        """By error feedback of this node."""
        sent = send(update, self._owed_up[node], self._encodings.up, seed=seed)
        self._owed_up[node] = sent.residual
        self.bytes_up += len(sent.message)
        return sent.decoded

    def down(self, current: Parameters, update: Vector, seed: int) -> Parameters:
        """By error feedback of the committee."""
        encoding = self._encodings.down
        published = publish(current, update, self._owed_down, encoding, seed=seed)
        self._owed_down = published.residual
        self.bytes_down += self._nodes * len(published.message)
        held = follow(current, published.message, encoding)
        assert held.digest == published.parameters.digest, "a node differs from the committee"
        return held


def train(
    setting: Setting,
    seed: int,
    encodings: Encodings | None,
    done: Callable[[int], object] = lambda _: None,
) -> Outcome:
    """Train from the first round to the last; the traffic of the last model down is left out.

    Args:
        done: is told of each round that is over.
    """
    known, held_out = split(load(setting.data), HELD_OUT_SHARES[setting.data], seed)
    parts = [known.take(rows) for rows in setting.shares(known.labels, _random(seed))]
    channel: Channel = Compressed(encodings) if encodings else Dense()
    current = channel.start(setting.learner.initial(seed), setting.nodes)
    accuracies = []
    for number in range(1, setting.rounds + 1):
        update = np.zeros(current.size)
        for node, part in enumerate(parts):
            chance = int(_random(seed, number, node).integers(2**32))
            trained = setting.learner.train(current, part, SCHEDULES[setting.data], chance)
            learnt = trained.vector() - current.vector()
            update += len(part) / len(known) * channel.up(node, learnt, chance)
        if number == setting.rounds:
            counted_down = channel.bytes_down
        current = channel.down(current, update, number)
        if number > setting.rounds - MEASURED_ROUNDS:
            accuracies.append(setting.learner.evaluate(current, held_out).accuracy)
        done(number)
    return Outcome(sum(accuracies) / len(accuracies), channel.bytes_up, counted_down, current.size)


def _random(*seed: int) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed))
