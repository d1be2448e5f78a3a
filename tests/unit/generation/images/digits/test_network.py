"""The slopes that training follows are right, and drawing is exact."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.generation.images.digits.drawing import draw
from assay.generation.images.digits.network import (
    CONDITIONS,
    GRID,
    HIDDEN,
    PIXELS,
    Exact,
    conditions,
    on_grid,
    start_network,
    velocity,
)
from assay.generation.images.digits.sampling import sample, uniform


def test_slopes_agree_with_differences_of_the_loss() -> None:
    randomness = np.random.default_rng(5)
    network = start_network(randomness, hidden=12)
    network.layers = [layer.astype(np.float64) for layer in network.layers]  # type: ignore[misc]
    pictures = randomness.standard_normal((6, PIXELS))
    told = conditions(randomness.random(6, dtype=np.float32), np.arange(6)).astype(np.float64)
    target = randomness.standard_normal((6, PIXELS))

    def loss() -> float:
        return float(np.sum((network.forward(pictures, told)[0] - target) ** 2))

    velocities, trail = network.forward(pictures, told)
    slopes = network.gradients(2 * (velocities - target), trail)

    for layer, slope in zip(network.layers, slopes, strict=True):
        for _ in range(20):
            place = tuple(randomness.integers(0, size) for size in layer.shape)
            before, tiny = layer[place], 1e-6
            layer[place] = before + tiny
            above = loss()
            layer[place] = before - tiny
            below = loss()
            layer[place] = before
            assert np.isclose((above - below) / (2 * tiny), slope[place], rtol=1e-4, atol=1e-5)


def test_times_and_digits_are_told_apart() -> None:
    told = conditions(np.array([0, 0.5, 1], np.float32), np.array([0, 9, 10]))

    assert told.shape == (3, CONDITIONS)
    assert (told[:, :17].sum(axis=1) == 1).all()
    assert told[:, 17:28].argmax(axis=1).tolist() == [0, 9, 10]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_order_of_summation_changes_a_bit(seed: int) -> None:
    randomness = np.random.default_rng(seed)
    layers = made_up_layers()
    pictures = on_grid(randomness.standard_normal((3, PIXELS)) * 20)
    told = on_grid(conditions(randomness.random(3, dtype=np.float32), np.array([1, 2, 10])))
    order = randomness.permutation(PIXELS)
    shuffled = [layers[0].copy(), *layers[1:]]
    shuffled[0][:PIXELS] = layers[0][order]

    one_by_one = np.vstack(
        [velocity(layers, pictures[i : i + 1], told[i : i + 1]) for i in range(3)]
    )

    assert np.array_equal(velocity(layers, pictures, told), one_by_one)
    assert np.array_equal(velocity(shuffled, pictures[:, order], told), one_by_one)


def test_a_picture_is_the_same_on_every_machine() -> None:
    glyphs = sample(made_up_layers(), (2, 0, 2, 6), seed=7, steps=8, guidance=1.5)
    pixels = draw(glyphs, seed=7, width=120, height=48)

    digest = hashlib.sha256(glyphs.tobytes() + pixels.tobytes()).hexdigest()
    assert digest == "84ff628b89d70adf08e00da974b761bca3e94ff8fed1cab3e85bb6aa42048b1f"


def made_up_layers() -> list[Exact]:
    """Weights that no library and no processor has a say in."""
    sizes = [PIXELS, HIDDEN, HIDDEN, HIDDEN, PIXELS]
    layers = []
    for number, (before, after) in enumerate(pairwise(sizes)):
        values = uniform("weights", number, (before + CONDITIONS) * after) - 0.5
        layers.append((np.rint(values * 0.2 * GRID) / GRID).reshape(before + CONDITIONS, after))
    return layers
