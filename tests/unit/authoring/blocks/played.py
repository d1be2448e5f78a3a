"""A history of calls, played on the interpreter and on both targets, which have to agree."""

from __future__ import annotations

from collections.abc import Sequence

from assay.authoring.blocks.moments import moment
from assay.authoring.program.interpreter import Call, Reverted, run
from assay.authoring.trials.calls import paid
from assay.authoring.trials.cast import FUNDS, cast_of, opening_world
from assay.authoring.trials.targets import deploy, expected_state
from tests.unit.authoring.blocks.built import Written

Turn = tuple[str, str, str] | tuple[str, str, str, int]
"""Date, who calls what, and the number that is given with it."""


def play(one: Written, turns: Sequence[Turn]) -> tuple[list[str], dict[str, int]]:
    """How each call ended, `""` where it went through, and what everybody has gained by all."""
    program = one.composition.program
    cast = cast_of(program)
    targets = [deploy(program, built, one.coin, cast) for built in one.compiled.values()]
    world, ended = opening_world(program, cast), []
    for when, caller, function, *given in turns:
        call = Call(function, cast.roles[caller], tuple(given), moment(when))
        call = paid(program, world, call)
        try:
            world, error = run(program, world, call), ""
        except Reverted as reverted:
            error = reverted.error
        ended.append(error)
        assert [target.call(call).error or "" for target in targets] == [error, error]
    assert all(target.state() == expected_state(program, world, cast) for target in targets)
    gained = {
        role: sum(
            (world.balance(asset.name, address) - FUNDS) // 10**asset.decimals
            for asset in program.assets
        )
        for role, address in cast.roles.items()
    }
    return ended, gained
