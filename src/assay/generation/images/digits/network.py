"""The velocity network: a residual perceptron of four layers, and its exact form for drawing.

    network = start_network(numpy.random.default_rng(0))
    velocities, trail = network.forward(pictures, conditions(times, labels))

Every layer sees the condition again: the time, as hat functions on 17 knots, and the digit, where
class 10 stands for "any". Without sines or exponentials, and with weights and activations on a grid
of 2**-12, `velocity` is exact: all products and sums are whole multiples of 2**-24 far below 2**53
of them, so that no order of summation, no thread and no processor changes a bit.

Source of the residual form: He et al., Deep Residual Learning for Image Recognition, CVPR 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.generation.images.digits.data import CLASSES, SIDE

Floats = NDArray[np.float32]
Exact = NDArray[np.float64]

PIXELS = SIDE * SIDE
ANY_CLASS = CLASSES
HIDDEN = 256
LAYERS = 4
_KNOTS = 17
CONDITIONS = _KNOTS + CLASSES + 1 + 1  # knots, digits, any digit, and 1 for the bias
GRID = 4096
LARGEST_WEIGHT = 32767 / GRID
_LARGEST_ACTIVATION = 64.0


@dataclass(eq=False)
class Network:
    """Four weight matrices, each (inputs + conditions, outputs)."""

    layers: list[Floats]

    def forward(self, pictures: Floats, condition: Floats) -> tuple[Floats, list[Floats]]:
        """Velocities (batch, 64), and what `gradients` needs to go back."""
        first, second, third, last = self.layers
        inputs = np.hstack([pictures, condition])
        hidden = np.maximum(inputs @ first, 0)
        trail = [inputs, hidden]
        for layer in (second, third):
            inputs = np.hstack([hidden, condition])
            branch = np.maximum(inputs @ layer, 0)
            hidden = hidden + branch
            trail += [inputs, branch]
        inputs = np.hstack([hidden, condition])
        return inputs @ last, [*trail, inputs]

    def gradients(self, slope: Floats, trail: list[Floats]) -> list[Floats]:
        """The loss's slope by each weight, from its slope by the velocities."""
        inputs_1, hidden, inputs_2, branch_2, inputs_3, branch_3, inputs_4 = trail
        _, second, third, last = self.layers
        width = hidden.shape[1]
        fourth_slope = inputs_4.T @ slope
        back = slope @ last[:width].T
        slope_3 = back * (branch_3 > 0)
        back = back + slope_3 @ third[:width].T
        slope_2 = back * (branch_2 > 0)
        back = back + slope_2 @ second[:width].T
        slope_1 = back * (hidden > 0)
        return [inputs_1.T @ slope_1, inputs_2.T @ slope_2, inputs_3.T @ slope_3, fourth_slope]


def start_network(randomness: np.random.Generator, hidden: int = HIDDEN) -> Network:
    """A network with random weights that keep the variance (He et al., ICCV 2015)."""
    sizes = ((PIXELS, hidden, 1.0), (hidden, hidden, 1.0), (hidden, hidden, 1.0))
    layers = [
        _random_layer(randomness, inputs, outputs, scale)
        for inputs, outputs, scale in (*sizes, (hidden, PIXELS, 0.1))
    ]
    return Network(layers)


def conditions(times: Floats, labels: NDArray[np.int64]) -> Floats:
    """What the layers are told: (batch, 29), all of it whole multiples of the times' own grid."""
    knots = np.arange(_KNOTS, dtype=np.float32)
    hats = np.maximum(0, 1 - np.abs(times[:, None] * (_KNOTS - 1) - knots))
    chosen = (labels[:, None] == np.arange(CLASSES + 1)).astype(np.float32)
    return np.hstack([hats, chosen, np.ones_like(times)[:, None]]).astype(np.float32)


def on_grid(values: NDArray[np.floating]) -> Exact:
    """Rounded to whole multiples of 2**-12, bounded by 64."""
    rounded = np.rint(values.astype(np.float64) * GRID) / GRID
    bounded: Exact = np.clip(rounded, -_LARGEST_ACTIVATION, _LARGEST_ACTIVATION)
    return bounded


def velocity(layers: list[Exact], pictures: Exact, condition: Exact) -> Exact:
    """As `Network.forward`, exactly; all arguments lie on the grid.

    Sums have at most 2**9 terms of at most 2**18 x 2**15 grid steps each: below 2**42 << 2**53.
    """
    first, second, third, last = layers
    hidden = np.maximum(on_grid(np.hstack([pictures, condition]) @ first), 0)
    for layer in (second, third):
        branch = np.maximum(on_grid(np.hstack([hidden, condition]) @ layer), 0)
        hidden = on_grid(hidden + branch)
    return on_grid(np.hstack([hidden, condition]) @ last)


def _random_layer(
    randomness: np.random.Generator, inputs: int, outputs: int, scale: float
) -> Floats:
    deviation = scale * np.sqrt(2 / inputs)
    layer: Floats = randomness.standard_normal((inputs + CONDITIONS, outputs), dtype=np.float32)
    return layer * np.float32(deviation)
