"""Plots of a task's rounds as PNG: accuracy, contribution, rewards, traffic, and who was accepted.

Needs the extra `training` (Matplotlib).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from assay.core.address import Address
from assay.training.records import PPB, RoundRecord

_SIZE_INCHES = (7.2, 3.6)
_DOTS_PER_INCH = 110
_MILLION = 1_000_000
_KIBIBYTE = 1024

Plot = Callable[[Axes, Sequence[RoundRecord], float], None]


def draw(name: str, records: Sequence[RoundRecord], unit: Fraction = Fraction(1)) -> bytes:
    """One of `PLOTS` as PNG.

    Args:
        records: of the certified rounds, in order; at least one.
        unit: how much of the reward's token one of its smallest units is.
    """
    figure = Figure(figsize=_SIZE_INCHES, dpi=_DOTS_PER_INCH, layout="constrained")
    axes = FigureCanvasAgg(figure).figure.subplots()
    axes.set_xlabel("round")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    PLOTS[name](axes, records, float(unit))
    image = io.BytesIO()
    figure.savefig(image, format="png")
    return image.getvalue()


def short(node: Address) -> str:
    """An address that fits beside a plot."""
    return f"{node[:6]}…{node[-4:]}"


def _accuracy(axes: Axes, records: Sequence[RoundRecord], _unit: float) -> None:
    rounds = [record.round for record in records]
    shares = [100 * record.base_accuracy_ppm / _MILLION for record in records]
    losses = [record.base_loss_micro / _MILLION for record in records]
    axes.plot(rounds, shares, marker="o", color="tab:blue", label="accuracy")
    axes.set_ylabel("right, % (validators' median, before the round)")
    other = axes.twinx()
    other.plot(rounds, losses, linestyle="--", color="tab:orange", label="loss")
    other.set_ylabel("loss")
    other.spines["top"].set_visible(False)


def _contribution(axes: Axes, records: Sequence[RoundRecord], _unit: float) -> None:
    nodes = _nodes(records)
    for node in nodes:
        values = [_of(record, node) for record in records]
        axes.plot([record.round for record in records], values, marker=".", label=short(node))
    axes.axhline(0, color="gray", linewidth=0.8)
    axes.set_ylabel("Shapley value (loss)")
    _legend(axes, len(nodes))


def _rewards(axes: Axes, records: Sequence[RoundRecord], unit: float) -> None:
    nodes = _nodes(records)
    for node in nodes:
        earned = [
            unit * next((one.cumulative for one in record.earnings if one.node == node), 0)
            for record in records
        ]
        axes.plot([record.round for record in records], earned, marker=".", label=short(node))
    axes.set_ylabel("earned so far")
    _legend(axes, len(nodes))


def _traffic(axes: Axes, records: Sequence[RoundRecord], _unit: float) -> None:
    rounds = np.array([record.round for record in records])
    up = [record.bytes_up / _KIBIBYTE for record in records]
    down = [record.bytes_down / _KIBIBYTE for record in records]
    axes.bar(rounds - 0.2, up, 0.4, label="up")
    axes.bar(rounds + 0.2, down, 0.4, label="down")
    axes.set_ylabel("KiB")
    axes.legend(frameon=False)


def _votes(axes: Axes, records: Sequence[RoundRecord], _unit: float) -> None:
    nodes = _nodes(records)
    grid = np.full((len(nodes), len(records)), np.nan)
    for column, record in enumerate(records):
        for update in record.updates:
            grid[nodes.index(update.node), column] = 0.0 if update.refused else 1.0
    axes.imshow(grid, aspect="auto", cmap="RdYlGn", vmin=-0.2, vmax=1.2, interpolation="nearest")
    axes.set_yticks(range(len(nodes)), [short(node) for node in nodes])
    axes.set_xticks(range(len(records)), [str(record.round) for record in records])
    axes.set_ylabel("accepted (green), left out (red)")


def _epsilon(axes: Axes, records: Sequence[RoundRecord], _unit: float) -> None:
    nodes = _nodes(records)
    for node in nodes:
        spent = [record.epsilon_micro.get(node, float("nan")) / _MILLION for record in records]
        axes.plot([record.round for record in records], spent, marker=".", label=short(node))
    axes.set_ylim(bottom=0)
    axes.set_ylabel("epsilon spent so far")
    _legend(axes, len(nodes))


PLOTS: dict[str, Plot] = {
    "accuracy": _accuracy,
    "contribution": _contribution,
    "rewards": _rewards,
    "traffic": _traffic,
    "votes": _votes,
    "epsilon": _epsilon,
}
"""By name; `votes` shows what the committee's votes made of each node's updates."""


def plots_of(records: Sequence[RoundRecord]) -> list[str]:
    """Which of `PLOTS` have something to show."""
    private = any(record.epsilon_micro for record in records)
    return [name for name in PLOTS if private or name != "epsilon"]


def _nodes(records: Sequence[RoundRecord]) -> list[Address]:
    return sorted({update.node for record in records for update in record.updates}, key=str.lower)


def _of(record: RoundRecord, node: Address) -> float:
    return next(
        (one.contribution_ppb / PPB for one in record.earnings if one.node == node), float("nan")
    )


def _legend(axes: Axes, count: int) -> None:
    if count <= 12:
        axes.legend(frameon=False, fontsize="x-small", ncols=2)
