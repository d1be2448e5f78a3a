"""One call of a history, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from assay.authoring.program.interpreter import Call, Reverted, World, run
from assay.authoring.program.model import Program


@dataclass(frozen=True)
class Step:
    """One call of a history.

    Attributes:
        error: why the interpreter undoes it; None where it goes through.
        world: afterwards.
    """

    call: Call
    error: str | None
    world: World


def attempt(program: Program, world: World, call: Call) -> Step:
    """One call, judged."""
    try:
        return Step(call, None, run(program, world, call))
    except Reverted as reverted:
        return Step(call, reverted.error, world)
