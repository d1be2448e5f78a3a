"""Walks through what can happen: many short histories, each call of which the interpreter judges.

    walks = explore(program, cast, seed=1)
    walks.reached["release"]  # the shortest history found that ends with a release

Histories are found by chance with a seed, so that a report can be made again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from assay.authoring.program.interpreter import World
from assay.authoring.program.model import Program
from assay.authoring.trials.calls import CallMaker
from assay.authoring.trials.cast import START_S, Cast, opening_world
from assay.authoring.trials.crowds import crowded
from assay.authoring.trials.steps import Step, attempt

WALKS = 150
LENGTH = 24
_TIME_PASSES_ODDS = (0.4, 0.08)
"""In turn: deadlines come soon in one history, and much is done before them in the next."""
_AGAIN_ODDS = 0.08
_PURSUITS = 200
_WANTED_ODDS = 0.3
_MONTH_S = 31 * 86_400
_MOST_TIMES = 30
"""How often something is done in a series, and after how long each time."""


@dataclass
class Walks:
    """All histories, and for each function the shortest that ends with its success.

    Attributes:
        opening: the world before the first call.
    """

    opening: World
    histories: list[tuple[Step, ...]] = field(default_factory=list)
    reached: dict[str, tuple[Step, ...]] = field(default_factory=dict)


def explore(
    program: Program,
    cast: Cast,
    *,
    seed: int = 1,
    walks: int = WALKS,
    length: int = LENGTH,
    opening: World | None = None,
) -> Walks:
    """Histories of up to `length` calls, from the fresh contract or from another opening."""
    dice = random.Random(seed)  # noqa: S311 (chance that can be repeated)
    maker = CallMaker(program, cast, dice)
    found = Walks(opening or opening_world(program, cast))
    for number in range(walks):
        odds = _TIME_PASSES_ODDS[number % len(_TIME_PASSES_ODDS)]
        history = _walk(program, maker, dice, found.opening, length=length, odds=odds)
        found.histories.append(history)
        _remember(found, history)
    for history in crowded(program, cast, maker, dice, found.opening):
        found.histories.append(history)
        _remember(found, history)
    _pursue(program, maker, dice, found)
    _in_series(program, maker, found)
    return found


def _pursue(program: Program, maker: CallMaker, dice: random.Random, found: Walks) -> None:
    """Go on from what was reached, to functions that need more than chance brings together."""
    for _ in range(_PURSUITS):
        missing = [one for one in program.functions if one.name not in found.reached]
        if not missing or not found.reached:
            return
        begun = dice.choice([found.reached[name] for name in sorted(found.reached)])
        history, world = list(begun), begun[-1].world
        now_s = begun[-1].call.now_s
        for _ in range(LENGTH):
            wanted = dice.choice(missing if dice.random() < _WANTED_ODDS else program.functions)
            later = dice.random() < _TIME_PASSES_ODDS[1]
            now_s = maker.later(world, now_s, dated=True) if later else now_s + 1
            step = attempt(program, world, maker.make_of(wanted, world, now_s))
            history.append(step)
            world = step.world
        found.histories.append(tuple(history))
        _remember(found, tuple(history))


def _in_series(program: Program, maker: CallMaker, found: Walks) -> None:
    """Do what was reached again and again, as rents are paid, and then what was not reached."""
    missing = [one for one in program.functions if one.name not in found.reached]
    known = list(found.reached.values()) if missing else []
    for begun in known:
        for repeated in known:
            history = _repeat(program, begun, repeated)
            world, now_s = history[-1].world, history[-1].call.now_s
            for wanted in missing:
                for moment_s in sorted({*maker.moments(world, now_s)}):
                    call = maker.make_of(wanted, world, moment_s)
                    step = attempt(program, world, call)
                    if step.error is None:
                        found.histories.append((*history, step))
                        _remember(found, (*history, step))
                        break


def _repeat(
    program: Program, begun: tuple[Step, ...], repeated: tuple[Step, ...]
) -> tuple[Step, ...]:
    """After the one, what led to the other, as far as it goes through, and its last call again."""
    history, call = list(begun), repeated[-1].call
    for before in repeated[:-1]:
        after = replace(before.call, now_s=history[-1].call.now_s + 1)
        step = attempt(program, history[-1].world, after)
        history += [step] if step.error is None else []
    for _ in range(_MOST_TIMES):
        again = replace(call, now_s=history[-1].call.now_s + _MONTH_S)
        step = attempt(program, history[-1].world, again)
        if step.error is not None:
            break
        history.append(step)
    return tuple(history)


def _walk(
    program: Program,
    maker: CallMaker,
    dice: random.Random,
    opening: World,
    *,
    length: int,
    odds: float,
) -> tuple[Step, ...]:
    world, now_s = opening, START_S
    history: list[Step] = []
    for _ in range(length):
        if history and dice.random() < _AGAIN_ODDS and history[-1].error is None:
            # What went through once is tried again: nothing may be had twice.
            now_s += 1
            call = replace(history[-1].call, now_s=now_s)
        else:
            now_s = maker.later(world, now_s) if dice.random() < odds else now_s + 1
            call = maker.make(world, now_s)
        step = attempt(program, world, call)
        history.append(step)
        world = step.world
    return tuple(history)


def _remember(found: Walks, history: tuple[Step, ...]) -> None:
    successes: list[Step] = []
    for step in history:
        if step.error is not None:
            continue
        successes.append(step)
        known = found.reached.get(step.call.function)
        if known is None or len(successes) < len(known):
            found.reached[step.call.function] = tuple(successes)
