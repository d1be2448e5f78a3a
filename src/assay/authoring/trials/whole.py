"""What must hold for the whole contract, whatever its clauses say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assay.authoring.program.interpreter import World, holds
from assay.authoring.program.model import Program
from assay.authoring.trials.amounts import amount
from assay.authoring.trials.calls import CallMaker
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.clauses import Trial
from assay.authoring.trials.steps import Step, attempt
from assay.authoring.trials.walks import Walks

_FAR_S = 20 * 365 * 86_400
_SAMPLES = 25
_ATTEMPTS = 400


def whole_trials(program: Program, cast: Cast, walks: Walks) -> Iterator[Trial]:
    """Invariants, money that is neither made nor lost, and a way out for all of it."""
    for invariant in program.invariants:
        broken = _first_broken(program, walks, invariant.name)
        detail = broken or f"after each of {sum(map(len, walks.histories))} calls"
        yield Trial(f"invariant: {invariant.name}", broken is None, detail)
    yield _conserved(program, cast, walks)
    yield _leaves(program, cast, walks)


def _first_broken(program: Program, walks: Walks, name: str) -> str | None:
    (condition,) = (one.condition for one in program.invariants if one.name == name)
    for history in walks.histories:
        for number, step in enumerate(history):
            if not holds(program, step.world, condition, step.call.now_s):
                done = [one.call.function for one in history[: number + 1] if one.error is None]
                return "broken by " + ", ".join(done)
    return None


def _conserved(program: Program, cast: Cast, walks: Walks) -> Trial:
    """Money of others is neither made nor lost."""
    wrong = [
        asset.name
        for asset in program.assets
        if asset.kind != "issued"
        for history in walks.histories
        if _sum(history[-1].world, cast, asset.name) != _sum(walks.opening, cast, asset.name)
    ]
    detail = f"{wrong[0]} is made or lost" if wrong else f"in {len(walks.histories)} histories"
    return Trial("money is neither made nor lost", not wrong, detail)


def _leaves(program: Program, cast: Cast, walks: Walks) -> Trial:
    """Wherever a history has led, everything that the contract holds can get out again."""
    dice = random.Random(7)  # noqa: S311 (chance that can be repeated)
    ends = [history for history in walks.histories if _held(program, history[-1].world)]
    for history in ends[:_SAMPLES]:
        acting = {step.call.caller for step in history} & set(cast.crowd)
        left = _drain(program, CallMaker(program, cast, dice), history[-1], sorted(acting))
        if left:
            done = ", ".join(one.call.function for one in history if one.error is None)
            return Trial("no money is stuck", False, f"{left} stays for ever after {done}")
    detail = f"it can leave after each of {len(ends)} histories"
    if not ends:
        detail = f"the contract holds none after any of {len(walks.histories)} histories"
    return Trial("no money is stuck", True, detail)


def _drain(program: Program, maker: CallMaker, last: Step, crowd: Sequence[str]) -> str:
    """What cannot get out; those of the crowd who took part get theirs like everybody."""
    world, now_s = last.world, last.call.now_s
    for number in range(_ATTEMPTS):
        if not _held(program, world):
            return ""
        now_s = maker.later(world, now_s)
        if number == _ATTEMPTS // 2:
            now_s += _FAR_S
        call = maker.make(world, now_s)
        steps = (attempt(program, world, replace(call, caller=one)) for one in crowd)
        first = attempt(program, world, call)
        step = next((one for one in (first, *steps) if one.error is None), first)
        # Calls that put more in do not help to get it out.
        if _total(program, step.world) <= _total(program, world):
            world = step.world
    left = _held(program, world)
    return ", ".join(amount(left[one.name], one) for one in program.assets if one.name in left)


def _held(program: Program, world: World) -> dict[str, int]:
    return {
        asset.name: world.balance(asset.name, world.address)
        for asset in program.assets
        if asset.kind != "issued" and world.balance(asset.name, world.address)
    }


def _total(program: Program, world: World) -> int:
    return sum(_held(program, world).values())


def _sum(world: World, cast: Cast, asset: str) -> int:
    return sum(world.balance(asset, one) for one in (*cast.everybody, *cast.crowd, world.address))
