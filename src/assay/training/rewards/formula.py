"""The reward R = alpha * V_D + beta * V_T + gamma * V_U, in exact fractions.

Data, training and use are valued apart and weighed by a task's weights, which governance sets on
chain (`RewardWeights`). Nothing is rounded here: two machines that are given the same numbers get
the same reward.

>>> weights = Weights(data_bps=4000, training_bps=3000, use_bps=3000)
>>> data = data_value(records=1000, quality=Fraction(8, 10))
>>> training = training_value(gpu_seconds=500 * 3600, accuracy_gain=Fraction(2, 100))
>>> data == 800, training == 450, weights.reward(data, training, use=Fraction(0)) == 455
(True, True, True)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assay.core.address import Address
from assay.errors import InputError

WHOLE_BPS = 10_000
GPU_HOUR_VALUE = Fraction(1, 2)
ACCURACY_VALUE = 10_000
"""Of an accuracy gain of 1, that is from nothing right to everything."""
_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Weights:
    """alpha, beta and gamma in basis points, as the contract holds them.

    Raises:
        InputError: one is below 0, or they do not sum to 10,000.
    """

    data_bps: int
    training_bps: int
    use_bps: int

    def __post_init__(self) -> None:
        parts = (self.data_bps, self.training_bps, self.use_bps)
        if min(parts) < 0 or sum(parts) != WHOLE_BPS:
            raise InputError(
                f"The weights {parts} are no shares of {WHOLE_BPS:,} basis points.",
                hint="Give three numbers from 0 that sum to 10000, for example 4000 3000 3000.",
            )

    def reward(self, data: Fraction, training: Fraction, use: Fraction) -> Fraction:
        """R of a node; all values are from 0."""
        weighed = self.data_bps * data + self.training_bps * training + self.use_bps * use
        return weighed / WHOLE_BPS


@dataclass(frozen=True, slots=True)
class NodeWork:
    """What a node brought into a round.

    Attributes:
        records: distinct ones that it trained on.
        quality: of its data, from 0 to 1, see `quality`.
        gpu_seconds: time of accelerators, whole seconds.
        accuracy_gain: its share of what the round's model got better by, from 0 to 1.
        use: metered calls that it served.

    Raises:
        InputError: a number can't be.
    """

    records: int
    quality: Fraction
    gpu_seconds: int = 0
    accuracy_gain: Fraction = Fraction(0)
    use: int = 0

    def reward(self, weights: Weights) -> Fraction:
        """R of this work."""
        return weights.reward(
            data_value(self.records, self.quality),
            training_value(self.gpu_seconds, self.accuracy_gain),
            Fraction(_from_zero("use", self.use)),
        )


def data_value(records: int, quality: Fraction) -> Fraction:
    """V_D = records x quality.

    Raises:
        InputError: records below 0, or a quality outside 0 to 1.
    """
    return _from_zero("records", records) * _share("quality", quality)


def training_value(gpu_seconds: int, accuracy_gain: Fraction) -> Fraction:
    """V_T = 0.5 x GPU hours + 10,000 x accuracy gain.

    Raises:
        InputError: time below 0, or a gain outside 0 to 1.
    """
    hours = Fraction(_from_zero("GPU seconds", gpu_seconds), _HOUR_S)
    return GPU_HOUR_VALUE * hours + ACCURACY_VALUE * _share("accuracy gain", accuracy_gain)


def gain_shares(
    contributions: Mapping[Address, Fraction], gain: Fraction
) -> dict[Address, Fraction]:
    """Each node's part of a round's accuracy gain, in proportion to its contribution.

    Contributions are Shapley values. Honest nodes can come out slightly below zero; such a node
    gets no part and loses nothing, and the parts of the others still sum to the gain. Where the
    round gained nothing, there is nothing to share.

    Raises:
        InputError: a gain above 1.
    """
    gain = _share("accuracy gain", max(gain, Fraction(0)))
    positive = {node: max(value, Fraction(0)) for node, value in contributions.items()}
    total = sum(positive.values(), Fraction(0))
    if total == 0:
        return dict.fromkeys(contributions, Fraction(0))
    return {node: gain * value / total for node, value in positive.items()}


def _from_zero(name: str, value: int) -> int:
    if value < 0:
        raise InputError(f"{name} can't be {value}.", hint="Give a whole number from 0.")
    return value


def _share(name: str, value: Fraction) -> Fraction:
    if not 0 <= value <= 1:
        raise InputError(f"A {name} of {value} can't be.", hint="Give a share from 0 to 1.")
    return value
