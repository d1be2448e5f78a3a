"""The default: average the nodes that the committee's scores speak for, over all rounds so far.

>>> a, b, c = ("0x" + digit * 40 for digit in "123")
>>> verdict = judge({a: 900, b: 1_800, c: -70_000}, reputation={})
>>> verdict.accepted == (a, b), verdict.reputation[a], verdict.reputation[c]
(True, 500000, -1000000)
>>> team([a, b, c], verdict.reputation) == (a, b)
True

A round begins with a *team*: the nodes that are trusted by then. A node's *gain* is what it is
worth to that team: by how much the loss of the team's mean, on the validators' records, is lower
with the node's update than without it, the median over the validators. Company matters: where nodes
have different kinds of data, an honest update alone makes the model worse on all other kinds.

One round's gains are uncertain, so evidence is carried on: *reputation* is the sum of a node's
gains in units of the round's median absolute gain, each at most one, and what is older counts for
less. It is bounded: a node that was honest for long loses its trust within a few rounds, and
one that was left out can come back. Everything up to here is arithmetic of whole numbers; the
updates of the nodes with a reputation of 0 or more are then averaged by their sample counts.

To judge updates by their effect on a held-out loss is the idea of Zeno (Xie, Koyejo and Gupta 2019,
"Zeno: distributed stochastic gradient descent with suspicion-based fault-tolerance").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assay.core.address import Address
from assay.training.aggregation.arithmetic import Vector, weighted_mean
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.updates import Updates

MILLION = 1_000_000
"""Gains and reputation are whole numbers of millionths."""

REMEMBERED_TENTHS = 9
BOUND = 3 * MILLION
SMALLEST_SCALE = 10
"""Gains below a hundred-thousandth say nothing, and are not blown up to evidence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a committee's scores mean for one round, and for the rounds after it.

    Attributes:
        accepted: the nodes whose updates are averaged, ascending by address.
        reputation: of every node ever judged, ascending: what the next round begins with.
    """

    accepted: tuple[Address, ...]
    reputation: dict[Address, int]


def team(nodes: Iterable[Address], reputation: Mapping[Address, int]) -> tuple[Address, ...]:
    """Those of the nodes that are trusted, ascending: a reputation of 0 or more, as new ones have.

    Were that fewer than half, it is the better half.
    """
    ordered = sorted(nodes, key=str.lower)
    least = min(0, whole_median([reputation.get(node, 0) for node in ordered]))
    return tuple(node for node in ordered if reputation.get(node, 0) >= least)


def judge(gains: Mapping[Address, int], reputation: Mapping[Address, int]) -> Verdict:
    """Whom to accept.

    Args:
        gains: for each node of the round, in millionths of loss.
        reputation: what the last round's verdict left; empty in the first.

    Raises:
        UpdatesUnfit: there are no gains.
    """
    if not gains:
        raise UpdatesUnfit("nobody was scored")
    scale = max(SMALLEST_SCALE, whole_median([abs(gain) for gain in gains.values()]))
    after = dict(reputation)
    for node, gain in gains.items():
        evidence = _between(-MILLION, _share(gain * MILLION, scale), MILLION)
        kept = _share(reputation.get(node, 0) * REMEMBERED_TENTHS, 10)
        after[node] = _between(-BOUND, kept + evidence, BOUND)
    return Verdict(
        team(gains, after), dict(sorted(after.items(), key=lambda item: item[0].lower()))
    )


def accepted_mean(updates: Updates, accepted: Iterable[Address]) -> Vector:
    """The mean of the accepted updates by weight; the same to the bit everywhere.

    Raises:
        UpdatesUnfit: none is accepted, or one of them is not there.
    """
    wanted = set(accepted)
    missing = sorted(wanted - set(updates.nodes))
    if missing or not wanted:
        raise UpdatesUnfit(f"{missing[0]} has no update" if missing else "none is accepted")
    places = [place for place, node in enumerate(updates.nodes) if node in wanted]
    return weighted_mean(updates.rows[places], updates.weights[places])


def whole_median(values: list[int]) -> int:
    """The middle value; of an even count the mean of the middle two, rounded down."""
    ordered = sorted(values)
    count = len(ordered)
    return (ordered[(count - 1) // 2] + ordered[count // 2]) // 2


def _share(value: int, divisor: int) -> int:
    """Rounded towards zero, so that evidence for and against counts alike."""
    return value // divisor if value >= 0 else -(-value // divisor)


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))
