"""Holders move tokens of the contract when they may, and not before: tried on every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.patterns.transfer_ban import FUNCTION
from assay.authoring.compiling.model import Compiled
from assay.authoring.program.expressions import Binary, Now, parts
from assay.authoring.program.interpreter import value_of
from assay.authoring.program.model import Program
from assay.authoring.program.signatures import MOVE_ERROR
from assay.authoring.trials.cast import Cast
from assay.authoring.trials.clauses import Trial
from assay.authoring.trials.steps import Step
from assay.authoring.trials.targets import Target, deploy
from assay.authoring.trials.walks import Walks


def transfer_trials(
    composition: Composition,
    targets: Mapping[str, Compiled],
    coin: Compiled,
    *,
    cast: Cast,
    walks: Walks,
) -> Iterator[Trial]:
    """One for each target, where the agreement holds tokens back."""
    program = composition.program
    if program.issued is None or program.issued.movable is None:
        return
    index = next(one for one, names in composition.kept.items() if FUNCTION in names)
    begins_s = _begins(program, walks)
    name = "holders move tokens from then on, and not before"
    found = _first_holder(program, cast, walks, begins_s)
    if found is None:
        yield Trial(name, False, "nobody holds tokens before they can be moved", index)
        return
    history, holder = found
    for compiled in targets.values():
        crowded = any(step.call.caller in cast.crowd for step in history)
        target = deploy(program, compiled, coin, cast, crowded=crowded)
        fault = _fault(target, history, holder, begins_s)
        told = f"in {compiled.language}: "
        told += fault or f"refused at {begins_s - 1}, done at {begins_s}"
        yield Trial(name, not fault, told, index, function=FUNCTION)


def _begins(program: Program, walks: Walks) -> int:
    """From when on tokens can be moved."""
    assert program.issued is not None
    assert program.issued.movable is not None
    found = [
        value_of(program, walks.opening, one.right, 0)
        for one in parts(program.issued.movable)
        if isinstance(one, Binary) and one.left == Now()
    ]
    return max(int(one) for one in found if isinstance(one, int))


def _first_holder(
    program: Program, cast: Cast, walks: Walks, begins_s: int
) -> tuple[tuple[Step, ...], str] | None:
    """Calls after which somebody holds tokens while they cannot be moved yet."""
    assert program.issued is not None
    for history in chain(walks.reached.values(), walks.histories):
        for number, step in enumerate(history):
            if step.call.now_s >= begins_s - 1:
                break
            for person in (*cast.everybody, step.call.caller):
                if step.world.balance(program.issued.name, person):
                    return history[: number + 1], person
    return None


def _fault(target: Target, history: tuple[Step, ...], holder: str, begins_s: int) -> str:
    for step in history:
        target.call(step.call)
    other = next(one for one in target.cast.everybody if one != holder)
    for moment_s, expected in ((begins_s - 1, MOVE_ERROR), (begins_s, None)):
        target.machine.set_time(moment_s)
        outcome = target.machine.call(target.compiled, target.address, FUNCTION, holder, (other, 1))
        if outcome.error != expected:
            return f"at {moment_s} it gives {outcome.error or 'no refusal'}"
    return ""
