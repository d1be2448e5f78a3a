"""Sums that clauses give for an example: so much for each so much, and what a highest bid is."""

from __future__ import annotations

from assay.authoring.audit.properties.conditions import Paid
from assay.authoring.audit.properties.facts import Done, Facts
from assay.authoring.audit.properties.rules import Rule
from assay.authoring.audit.properties.stage import CONTRACT


def in_proportion(rule: Rule, done: Done, gained: int) -> bool:
    """Whether a call pays and gains in the proportion of "when 100 is paid, 10 are issued"."""
    prices = [one for one in rule.tests if isinstance(one, Paid) and one.units]
    if rule.is_derived or len(rule.conditions) != 1 or len(prices) != 1 or not rule.units:
        return False
    (price,) = prices
    given = -sum(
        units
        for (asset, who), units in done.moved.items()
        if asset == price.asset
        and units < 0
        and who != CONTRACT
        and (price.who is None or price.who.includes(who))
    )
    return given > 0 and abs(gained * price.units - given * rule.units) < price.units


def highest(facts: Facts, asset: str, person: str | None = None) -> set[int]:
    """The highest single payment so far, and the highest sum of one payer.

    Args:
        person: counts only this one's; None for everybody.
    """
    single = [
        -units
        for one in facts.done
        if not one.is_gift
        for (kind, who), units in one.moved.items()
        if kind == asset and units < 0 and who != CONTRACT and person in (None, who)
    ]
    sums = [
        units
        for (kind, who), units in facts.paid_in.items()
        if kind == asset and person in (None, who)
    ]
    return {max(found) for found in (single, sums) if found}
