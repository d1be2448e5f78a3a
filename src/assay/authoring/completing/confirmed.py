"""What is confirmed where one clause tells the fact and another only the thing.

    with_confirmed_things(specification)

"Upon confirmation that the equipment was received" and "if the Buyer does not confirm the
equipment" are one act, so that nobody can do the one and leave the other undone.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.blocks.clauses.acts import object_of
from assay.authoring.model import Condition, Obligation, Specification

_CONFIRMING = ("event", "breach")
_Told = tuple[str | None, str | None]
"""Who confirms, and what."""


def with_confirmed_things(specification: Specification) -> Specification:
    """The same, where a fact about a thing is confirmed by the thing's name, if no other is."""
    told = [
        one
        for duty in specification.obligations
        for one in duty.conditions
        if one.kind in _CONFIRMING and one.action == "confirm"
    ]
    things = {(one.actor, one.asset) for one in told if one.asset}
    facts = {(one.actor, object_of(one)) for one in told if not one.asset and object_of(one)}
    named = {
        (actor, fact): thing
        for actor, thing in things
        for by, fact in facts
        if actor == by and (fact or "").startswith(f"{thing} ")
    }
    # Of two facts about one thing, as begun and finished, each is confirmed by itself.
    single = {key: thing for key, thing in named.items() if [*named.values()].count(thing) == 1}
    if not single:
        return specification
    obligations = tuple(_named(one, single) for one in specification.obligations)
    return specification.model_copy(update={"obligations": obligations})


def _named(duty: Obligation, things: Mapping[_Told, str | None]) -> Obligation:
    conditions = tuple(_with_thing(one, things) for one in duty.conditions)
    return duty.model_copy(update={"conditions": conditions})


def _with_thing(one: Condition, things: Mapping[_Told, str | None]) -> Condition:
    told = one.kind in _CONFIRMING and one.action == "confirm" and one.asset is None
    thing = things.get((one.actor, object_of(one))) if told else None
    return one.model_copy(update={"asset": thing}) if thing else one
