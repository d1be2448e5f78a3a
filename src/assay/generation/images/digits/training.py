"""Train the generator: class-conditional flow matching with a moving average of the weights.

    trained = train(load_examples(), TrainingPlan(seed=1), advance=print)

A picture is moved along a straight line from noise to an example, and the network learns the
velocity on the way; for one example in ten it is not told the digit, so that drawing can lean away
from "any digit" (classifier-free guidance). The same seed on the same machine gives the same bits:
linear algebra is held to one thread.

Sources: Lipman et al., Flow Matching for Generative Modeling, ICLR 2023 (arXiv:2210.02747); Ho and
Salimans, Classifier-Free Diffusion Guidance, 2022 (arXiv:2207.12598); Kingma and Ba, Adam, ICLR
2015 (arXiv:1412.6980).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from assay.generation.images.digits.data import Examples
from assay.generation.images.digits.network import (
    ANY_CLASS,
    LARGEST_WEIGHT,
    PIXELS,
    Floats,
    Network,
    conditions,
    start_network,
)

_UNTOLD = 0.1
_WARM_UP_STEPS = 100
_MOMENTUM, _SPREAD, _TINY = 0.9, 0.99, 1e-8
_AVERAGE = 0.995
_REPORTS = 0.01


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What decides the weights, besides the examples.

    Attributes:
        steps: of gradient descent.
        batch: examples a step.
        rate: largest learning rate; it rises for 100 steps and then falls to 0.
    """

    seed: int = 1
    steps: int = 3000
    batch: int = 256
    rate: float = 0.002


@dataclass(frozen=True, eq=False)
class Trained:
    """Averaged weights, and the mean squared error of the velocities over the last steps."""

    layers: list[Floats]
    plan: TrainingPlan
    loss: float


def train(
    examples: Examples, plan: TrainingPlan, *, advance: Callable[[int], None] | None = None
) -> Trained:
    """Train from nothing; `advance` is told of each step done."""
    randomness = np.random.default_rng(plan.seed)
    network = start_network(randomness)
    descent = _Descent(network, plan)
    loss = 0.0
    with threadpool_limits(limits=1):
        for step in range(plan.steps):
            error = descent.step(step, examples, randomness)
            loss = error if step == 0 else loss + _REPORTS * (error - loss)
            if advance is not None:
                advance(1)
    layers = [np.clip(layer, -LARGEST_WEIGHT, LARGEST_WEIGHT) for layer in descent.averages]
    return Trained(layers, plan, loss)


class _Descent:
    """Adam, and the moving average of what it reaches."""

    def __init__(self, network: Network, plan: TrainingPlan) -> None:
        self._network = network
        self._plan = plan
        self._means = [np.zeros_like(layer) for layer in network.layers]
        self._squares = [np.zeros_like(layer) for layer in network.layers]
        self.averages = [layer.copy() for layer in network.layers]

    def step(self, number: int, examples: Examples, randomness: np.random.Generator) -> float:
        """One batch; returns its mean squared error."""
        pictures, condition, target = _batch(examples, self._plan.batch, randomness)
        velocities, trail = self._network.forward(pictures, condition)
        error = velocities - target
        slope = error * np.float32(2 / len(error))
        self._descend(number, self._network.gradients(slope, trail))
        return float(np.mean(error**2))

    def _descend(self, number: int, gradients: list[Floats]) -> None:
        plan = self._plan
        rate = plan.rate * min(1, (number + 1) / _WARM_UP_STEPS) * (1 - number / plan.steps)
        mean_share, square_share = 1 - _MOMENTUM ** (number + 1), 1 - _SPREAD ** (number + 1)
        layers = self._network.layers
        for index, gradient in enumerate(gradients):
            self._means[index] += np.float32(1 - _MOMENTUM) * (gradient - self._means[index])
            self._squares[index] += np.float32(1 - _SPREAD) * (gradient**2 - self._squares[index])
            size = np.sqrt(self._squares[index] / np.float32(square_share)) + np.float32(_TINY)
            layers[index] -= np.float32(rate / mean_share) * self._means[index] / size
            self.averages[index] += np.float32(1 - _AVERAGE) * (
                layers[index] - self.averages[index]
            )


def _batch(
    examples: Examples, size: int, randomness: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Pictures on their way, what the network is told of them, and the velocity that is right."""
    chosen = randomness.integers(0, len(examples.labels), size)
    untold = randomness.random(size) < _UNTOLD
    labels = np.where(untold, ANY_CLASS, examples.labels[chosen])
    noise = randomness.standard_normal((size, PIXELS), dtype=np.float32)
    times = randomness.random(size, dtype=np.float32)
    goal = examples.pictures[chosen]
    on_the_way = noise + times[:, None] * (goal - noise)
    return on_the_way, conditions(times, labels), goal - noise
