"""Who may contribute to a campaign that no clause opens: "supporters take back what they gave".

    with_contributions(specification)

Whoever gets contributions back where a goal is missed is who could make them; nobody else is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from assay.authoring.blocks.clauses.nouns import CAMPAIGN, CONTRIBUTION, POT
from assay.authoring.blocks.clauses.saying import is_class
from assay.authoring.blocks.patterns.campaign import is_goal
from assay.authoring.model import Obligation, Specification

_COMES_IN = frozenset({"contribute", "buy", "issue", "subscribe", "deposit", "bid", "sell"})
_GOES_BACK = frozenset({"refund", "return", "claim", "withdraw"})


def with_contributions(specification: Specification) -> Specification:
    """The same, where those who get contributions back may make them until the campaign ends."""
    duties = tuple(map(_handed_on, specification.obligations))
    specification = specification.model_copy(update={"obligations": duties})
    goals = {one.asset for duty in duties for one in duty.conditions if is_goal(one)} - {None}
    ends = [one for one in duties if one.action == "terminate" and one.asset in CAMPAIGN]
    if len(goals) != 1 or not ends or any(one.action in _COMES_IN for one in duties):
        return specification
    back = [*_given_back(duties)]
    givers = {one.recipient if one.actor in (None, "contract") else one.actor for one in back}
    giver = givers.pop() if len(givers) == 1 else None
    if giver is None or not is_class(specification, giver):
        return specification
    contribute = Obligation(
        actor=giver,
        modality="may",
        action="contribute",
        asset=goals.pop(),
        recipient="contract",
        span=back[0].span,
        clause=back[0].clause,
    )
    return specification.model_copy(update={"obligations": (*duties, contribute)})


def _handed_on(duty: Obligation) -> Obligation:
    """What has come in, where nobody is said to pay it out: the contract has it."""
    pays = duty.actor is None and duty.action in ("pay", "transfer", "release")
    whole = duty.amount is None and duty.asset in POT and duty.recipient is not None
    goal = any(is_goal(one) for one in duty.conditions) and duty.modality == "must"
    return duty.model_copy(update={"actor": "contract"}) if pays and whole and goal else duty


def _given_back(duties: tuple[Obligation, ...]) -> Iterator[Obligation]:
    """What goes back where the goal is missed."""
    for duty in duties:
        for one in (duty, duty.otherwise):
            goal = any(is_goal(each) for each in duty.conditions)
            if one is not None and goal and one.action in _GOES_BACK:
                plain = one.asset is None or one.asset in CONTRIBUTION
                yield from (one,) if plain else ()
