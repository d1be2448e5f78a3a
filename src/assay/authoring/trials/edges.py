"""Histories at the edges of time: what can be done is tried just before, at and after every limit.

Chance seldom meets a second; here each function is led up to as the walks have found, and called at
every moment that the contract compares with, and each of the others after it. What is owed again
and again is done once more than there are times.
"""

from __future__ import annotations

import random
from dataclasses import replace

from assay.authoring.program.calendar import months_after
from assay.authoring.program.interpreter import World
from assay.authoring.program.model import Program
from assay.authoring.trials.calls import CallMaker
from assay.authoring.trials.cast import START_S, Cast
from assay.authoring.trials.steps import Step, attempt
from assay.authoring.trials.walks import Walks

_DAY_S = 86_400
_STRIDES_S = (7 * _DAY_S + 1, 31 * _DAY_S, 92 * _DAY_S, 366 * _DAY_S)
_MOST_TIMES = 30
_PERIODS = ((1, -1), (1, 0), (1, 1), (40, 0))


def edges(program: Program, cast: Cast, walks: Walks) -> Walks:
    """All such histories, from the same opening."""
    maker = CallMaker(program, cast, random.Random(11))  # noqa: S311 (it can be repeated)
    found = Walks(walks.opening)
    for _, history in sorted(walks.reached.items()):
        found.histories += _at_limits(program, maker, walks.opening, history)
        found.histories += _again(program, history)
    return found


def _at_limits(
    program: Program, maker: CallMaker, opening: World, history: tuple[Step, ...]
) -> list[tuple[Step, ...]]:
    before, last = _early(program, opening, history[:-1]), history[-1].call
    world = before[-1].world if before else opening
    since_s = before[-1].call.now_s if before else START_S
    found = []
    limits = sorted(set(maker.moments(world, since_s)))
    for moment_s in limits:
        step = attempt(program, world, replace(last, now_s=moment_s))
        found.append((*before, step, *_everything(program, maker, step)))
    # What grows with a delay is looked at where its periods end, and when its cap is long reached.
    lengths = [one.value for one in program.constants if one.unit == "seconds"]
    months = [one.value for one in program.constants if one.unit == "months"]
    behind = {
        *(
            limit + many * one + near
            for limit in limits
            for one in lengths
            for many, near in _PERIODS
        ),
        *(
            months_after(limit, many * one) + near
            for limit in limits
            for one in months
            for many, near in _PERIODS
        ),
    }
    later = sorted(behind - set(limits))
    steps = (attempt(program, world, replace(last, now_s=moment_s)) for moment_s in later)
    return [*found, *((*before, step) for step in steps)]


def _early(program: Program, opening: World, history: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same calls, each as soon as it can be, so that no limit is past before it is tried."""
    steps: list[Step] = []
    world, now_s = opening, START_S
    for old in history:
        for when_s in (now_s + 1, max(now_s + 1, old.call.now_s)):
            step = attempt(program, world, replace(old.call, now_s=when_s))
            if step.error is None:
                break
        else:
            return history
        steps.append(step)
        world, now_s = step.world, step.call.now_s
    return tuple(steps)


def _everything(program: Program, maker: CallMaker, last: Step) -> list[Step]:
    """Each function once, one after the other."""
    steps: list[Step] = []
    world, now_s = last.world, last.call.now_s
    for function in program.functions:
        now_s += 1
        step = attempt(program, world, maker.make_of(function, world, now_s))
        steps.append(step)
        world = step.world
    return steps


def _again(program: Program, history: tuple[Step, ...]) -> list[tuple[Step, ...]]:
    found = []
    for stride_s in _STRIDES_S:
        steps = list(history)
        for _ in range(_MOST_TIMES):
            now_s = steps[-1].call.now_s + stride_s
            call = replace(history[-1].call, now_s=now_s)
            steps.append(attempt(program, steps[-1].world, call))
            if steps[-1].error is not None:
                break
        found.append(tuple(steps))
    return found
