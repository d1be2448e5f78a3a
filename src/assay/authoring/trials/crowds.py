"""Histories in which many take part: a goal that few cannot reach is reached by a crowd.

Everybody of the crowd does what anybody may do with an amount, with the largest one that goes
through; where somebody has to let them in first, that is done. What follows is left to chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from assay.authoring.program.expressions import Type
from assay.authoring.program.interpreter import Call, World
from assay.authoring.program.model import Function, Program, Pull, statements
from assay.authoring.trials.calls import CallMaker
from assay.authoring.trials.cast import START_S, Cast
from assay.authoring.trials.steps import Step, attempt

_SEQUELS = 12
_LENGTH = 24


def crowded(
    program: Program, cast: Cast, maker: CallMaker, dice: random.Random, opening: World
) -> Iterator[tuple[Step, ...]]:
    """All taking part, and then several ways in which it goes on."""
    if not cast.crowd:
        return
    begun = _everybody_in(program, cast, maker, opening)
    for _ in range(_SEQUELS if begun else 0):
        history = list(begun)
        for _ in range(_LENGTH):
            world, now_s = history[-1].world, history[-1].call.now_s
            now_s = maker.later(world, now_s) if dice.random() < 0.5 else now_s + 1
            history.append(attempt(program, world, maker.make(world, now_s)))
        yield tuple(history)


def _everybody_in(
    program: Program, cast: Cast, maker: CallMaker, opening: World
) -> tuple[Step, ...]:
    steps: list[Step] = []
    begun: set[str] = set()
    world, now_s = opening, START_S
    for funding in _voted_on(program, cast):
        steps.append(attempt(program, world, funding))
        world, now_s = steps[-1].world, funding.now_s
    for person in _members_first(program, cast):
        for function in program.functions:
            later = () if function.name in begun else sorted(maker.moments(world, now_s))
            for moment_s in (now_s + 1, *later):
                call = _call(function, person, (maker, cast, world, moment_s))
                step = attempt(program, world, call) if call else None
                if step is not None and step.error is None:
                    begun.add(function.name)
                    steps.append(step)
                    world, now_s = step.world, moment_s
                    break
    return tuple(steps)


def _members_first(program: Program, cast: Cast) -> tuple[str, ...]:
    """Who takes part: where somebody votes, those who may."""
    votes = [one for one in program.functions if _is_vote(one)]
    return cast.may_call(votes[0].callers) if votes else cast.crowd


def _voted_on(program: Program, cast: Cast) -> Iterator[Call]:
    """What is put in before a vote on it."""
    votes = any(map(_is_vote, program.functions))
    for function in program.functions:
        pays = any(isinstance(one, Pull) for one in statements(function.body))
        if votes and pays and function.callers and not function.arguments:
            yield Call(function.name, cast.may_call(function.callers)[0], (), START_S + 1)


def _is_vote(function: Function) -> bool:
    return [kind for _, kind in function.arguments] == [Type.TRUTH] and bool(function.callers)


def _call(
    function: Function, person: str, setting: tuple[CallMaker, Cast, World, int]
) -> Call | None:
    maker, cast, world, now_s = setting
    kinds = [kind for _, kind in function.arguments]
    if kinds == [Type.ADDRESS] and function.callers:
        return Call(function.name, cast.may_call(function.callers)[0], (person,), now_s)
    pays = any(isinstance(one, Pull) for one in statements(function.body))
    if _is_vote(function) and person in cast.may_call(function.callers):
        return Call(function.name, person, (True,), now_s)
    if kinds == [Type.NUMBER] and pays and not function.callers:
        return maker.largest(function, world, now_s, person)
    return None
