"""A round's budget split among nodes, to the unit.

>>> split(100, {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)})
{'a': 34, 'b': 33, 'c': 33}
>>> split(100, {"a": Fraction(0), "b": Fraction(0)})
{'a': 0, 'b': 0}
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from assay.core.address import Address
from assay.errors import InputError
from assay.training.rewards.formula import NodeWork, Weights


def round_payouts(
    budget_units: int, weights: Weights, work: Mapping[Address, NodeWork]
) -> dict[Address, int]:
    """What each node earns in a round, in the token's smallest unit; they sum to the budget.

    Raises:
        InputError: a number of a node's work can't be.
    """
    return split(budget_units, {node: one.reward(weights) for node, one in work.items()})


def split(units: int, rewards: Mapping[Address, Fraction]) -> dict[Address, int]:
    """Whole units in proportion to rewards, by largest remainders (Hamilton's method).

    Each gets its share rounded down; the units that are left go to the largest remainders, and
    among equal ones to the lowest address. Where all rewards are 0 nobody gets anything, and the
    units stay with the sponsor.

    Raises:
        InputError: units or a reward below 0.
    """
    if units < 0 or any(reward < 0 for reward in rewards.values()):
        raise InputError(
            f"{units} units can't be split by {[str(reward) for reward in rewards.values()]}.",
            hint="Units and rewards are from 0.",
        )
    total = sum(rewards.values(), Fraction(0))
    order = sorted(rewards, key=str.lower)
    if total == 0:
        return dict.fromkeys(order, 0)
    exact = {node: units * rewards[node] / total for node in order}
    whole = {node: floor(exact[node]) for node in order}
    left = units - sum(whole.values())
    for node in sorted(order, key=lambda node: whole[node] - exact[node])[:left]:
        whole[node] += 1
    return whole
