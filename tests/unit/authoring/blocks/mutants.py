"""Programs with one mistake each, which trials must find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assay.authoring.blocks.model import Composition
from assay.authoring.model import Specification
from assay.authoring.program.expressions import Name
from assay.authoring.program.model import Function, Pass, Program, Push, Require, Set, Statement
from assay.authoring.trials.cast import cast_of
from assay.authoring.trials.clauses import clause_trials
from assay.authoring.trials.walks import explore
from assay.authoring.trials.whole import whole_trials

WALKS = 80


def mutants(program: Program) -> Iterator[tuple[str, Program]]:
    """Each with what was done to it."""
    for function in program.functions:
        yield from _of_body(program, function)
        if function.callers:
            anybody = replace(function, callers=())
            yield f"{function.name}: anybody may call it", _with(program, function, anybody)
    for number, constant in enumerate(program.constants):
        changed = list(program.constants)
        changed[number] = replace(constant, value=constant.value + 1)
        yield f"{constant.name} is 1 more", replace(program, constants=tuple(changed))


def found_by(specification: Specification, composition: Composition, mutant: Program) -> str | None:
    """The first trial that fails; None where the mistake survives."""
    wrong = replace(composition, program=mutant)
    cast = cast_of(mutant)
    walks = explore(mutant, cast, walks=WALKS)
    for trial in clause_trials(specification, wrong, cast, walks):
        if not trial.passed:
            return trial.name
    return next(
        (trial.name for trial in whole_trials(mutant, cast, walks) if not trial.passed), None
    )


def _of_body(program: Program, function: Function) -> Iterator[tuple[str, Program]]:
    for number, statement in enumerate(function.body):
        rest = (*function.body[:number], *function.body[number + 1 :])
        if isinstance(statement, Require):
            what = f"{function.name}: {statement.error} is not required"
            yield what, _with(program, function, replace(function, body=rest))
        elif isinstance(statement, Set):
            what = f"{function.name}: {statement.variable} is not set"
            yield what, _with(program, function, replace(function, body=rest))
        elif isinstance(statement, Push | Pass):
            yield from _elsewhere(program, function, number, statement)


def _elsewhere(
    program: Program, function: Function, number: int, statement: Push | Pass
) -> Iterator[tuple[str, Program]]:
    for role in program.roles:
        if statement.recipient == Name(role.name):
            continue
        moved: Statement = replace(statement, recipient=Name(role.name))
        body = (*function.body[:number], moved, *function.body[number + 1 :])
        what = f"{function.name}: the money goes to {role.name}"
        yield what, _with(program, function, replace(function, body=body))
        return


def _with(program: Program, old: Function, new: Function) -> Program:
    functions = tuple(new if one is old else one for one in program.functions)
    return replace(program, functions=functions)
