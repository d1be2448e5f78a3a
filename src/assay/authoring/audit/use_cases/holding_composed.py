"""Code with the functions that our own composition of a specification has, held to it call by call.

The rules are composed anew from the specification and run by the interpreter; whatever the code
does otherwise, in any call of any history, is a violation of the clause that the call is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assay.authoring.audit.model import Property, PropertyVerdict, ProseAudit
from assay.authoring.audit.properties.showing import show_time
from assay.authoring.audit.sources.binaries import Binary
from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable, QuestionsOpen
from assay.authoring.blocks.model import Composition
from assay.authoring.checking.proposals import require_agreed
from assay.authoring.compiling.model import Compiled
from assay.authoring.model import Specification
from assay.authoring.program.errors import ProgramWrong
from assay.authoring.trials.agreement import Agreement, compare
from assay.authoring.trials.cast import Cast, cast_of
from assay.authoring.trials.clauses import Trial
from assay.authoring.trials.report import TestReport, try_contract
from assay.authoring.trials.steps import Step, attempt
from assay.authoring.trials.targets import deploy
from assay.authoring.trials.walks import explore
from assay.authoring.use_cases.building import Workshop

Progress = Callable[[str, int, int], None]
TRIALS = "trials"
_TIME = re.compile(r" at (\d{9,})")
_CALLED = re.compile(r" calls (\w+)\(")
_ENDED = "the trials ended at what differs, shown above; mend it and audit again"
_AGREES = "call by call the code does what the rules of the clause say, shown above"
_NAME = "Agreement"


@dataclass(frozen=True)
class Held:
    """What came of holding code to prose."""

    properties: tuple[Property, ...]
    prose: ProseAudit


@dataclass(frozen=True)
class Composed:
    """What came of the same where the code has our own functions.

    Attributes:
        is_enough: whether it agrees in everything, and has no function beside those.
        functions: that the rules have.
    """

    contract: str
    properties: tuple[Property, ...]
    is_enough: bool
    functions: frozenset[str]

    def doubts(self, one: Property) -> Property:
        """A verdict of the other trials, which do not know our own functions as these do.

        A breach is kept where it is of the clause that differs here, or by a function that the
        rules do not have.
        """
        broken = {each.obligation for each in self.properties if each.verdict == "violated"}
        if one.verdict != "violated" or one.obligation in {None, *broken}:
            return one
        last = one.counterexample[-1] if one.counterexample else ""
        called = _CALLED.search(last)
        if called is not None and called[1] not in self.functions:
            return one
        return replace(
            one, verdict="not_checked", counterexample=(), reason=_ENDED if broken else _AGREES
        )


def hold_composed(
    specification: Specification,
    binaries: Sequence[Binary],
    coin: Compiled,
    workshop: Workshop,
    *,
    seed: int,
    progress: Progress,
) -> Composed | None:
    """The verdicts, or None where the code is not of our making.

    Raises:
        TrialImpossible: the EVM is not installed.
    """
    try:
        require_agreed(specification)
        composition = compose(specification, workshop.blocks, name=_NAME)
    except (QuestionsOpen, NotBuildable, ProgramWrong):
        return None
    fitting = [one.compiled for one in binaries if _has_interface(one.compiled, composition)]
    if not fitting:
        return None
    compiled = fitting[0]
    progress(TRIALS, 0, 2)
    report = try_contract(
        specification, composition, {compiled.language: compiled}, coin, seed=seed
    )
    progress(TRIALS, 1, 2)
    properties = _properties(specification, composition, report, compiled, coin)
    progress(TRIALS, 2, 2)
    agrees = not report.agreements[0].disagreements
    functions = frozenset(one.name for one in composition.program.functions)
    is_enough = agrees and not _others(compiled, composition)
    return Composed(compiled.name, properties, is_enough, functions)


def _has_interface(compiled: Compiled, composition: Composition) -> bool:
    """Whether every function of the rules can be called, and the contract be deployed, as ours."""
    program = composition.program
    functions = {
        (one["name"], len(one["inputs"])) for one in compiled.abi if one["type"] == "function"
    }
    constructor = next((one for one in compiled.abi if one["type"] == "constructor"), None)
    taken = [str(one["type"]) for one in constructor["inputs"]] if constructor else []
    tokens = [one for one in program.assets if one.kind == "token"]
    wanted = ["address"] * (len(program.roles) + len(tokens)) + ["address[]"] * len(program.groups)
    variables = {(one.name, 0 if one.key is None else 1) for one in program.variables}
    own = {(one.name, len(one.arguments)) for one in program.functions}
    return taken == wanted and own | variables <= functions


def _others(compiled: Compiled, composition: Composition) -> bool:
    """Whether it has functions that change something and that the rules do not know."""
    own = {one.name for one in composition.program.functions}
    if composition.program.issued is not None:
        own |= {"transfer", "transferFrom", "approve"}
    return any(
        one["type"] in ("receive", "fallback")
        or (one["type"] == "function" and one["stateMutability"] not in ("view", "pure")
            and one["name"] not in own)
        for one in compiled.abi
    )  # fmt: skip


def _properties(
    specification: Specification,
    composition: Composition,
    report: TestReport,
    compiled: Compiled,
    coin: Compiled,
) -> tuple[Property, ...]:
    (agreement,) = report.agreements
    if not agreement.disagreements:
        return tuple(_held(specification, one, agreement) for one in report.trials)
    cast = cast_of(composition.program)
    history = _shortest(composition, compiled, coin, cast, report.seed)
    seen = Agreement(compiled.language)
    compare(deploy(composition.program, compiled, coin, cast), history, seen)
    (found,) = seen.disagreements
    function = history[-1].call.function
    kept = [index for index, names in composition.kept.items() if function in names]
    index = kept[0] if kept else None
    duty = specification.obligations[index] if index is not None else None
    lines = tuple(
        _TIME.sub(lambda time: f" on {show_time(int(time[1]))}", line) for line in found.history
    )
    reason = f"by the clauses: {found.expected}; the code: {found.found}"
    statement = f"{function} does what the clauses say, in every history of calls"
    broken = Property(
        (duty.clause or None) if duty else None,
        index,
        specification.text[slice(*duty.span)] if duty else "",
        duty.span if duty else None,
        "agrees_with_rules",
        statement,
        "violated",
        agreement.calls,
        lines,
        reason,
    )
    return (broken,)


def _held(specification: Specification, one: Trial, agreement: Agreement) -> Property:
    index = one.obligation
    duty = specification.obligations[index] if index is not None else None
    where = f" ({one.function})" if one.function else ""
    called = one.function is None or bool(agreement.gas.get(one.function))
    verdict: PropertyVerdict = "holds" if called else "not_checked"
    if not one.passed:
        verdict = "violated"
    return Property(
        one.clause or None,
        index,
        specification.text[slice(*duty.span)] if duty else "",
        duty.span if duty else None,
        _KINDS.get(one.name, "agrees_with_rules"),
        f"{one.name}{where}",
        verdict,
        agreement.calls if one.function is None else len(agreement.gas.get(one.function, ())),
        reason=one.detail if one.passed and called else one.detail or "no call went through",
    )


_KINDS: Mapping[str, str] = {
    "happens": "possible",
    "only by those named": "only_by",
    "moves what was agreed": "amount",
    "only once": "limit",
    "only as the clause lets it": "only_when",
    "moves what is owed to whom it is owed": "amount",
    "is not refused when it is due": "when_due",
    "is said once, by who may": "only_by",
}


def _shortest(
    composition: Composition, compiled: Compiled, coin: Compiled, cast: Cast, seed: int
) -> tuple[Step, ...]:
    """The first history on which the code differs, without the calls that are not needed."""
    program = composition.program
    walks = explore(program, cast, seed=seed)

    def broken(history: Sequence[Step]) -> tuple[Step, ...] | None:
        """The history up to where the code differs."""
        if not history:
            return None
        seen = Agreement(compiled.language)
        compare(deploy(program, compiled, coin, cast), history, seen)
        return tuple(history[: len(seen.disagreements[0].history)]) if seen.disagreements else None

    played = (*walks.reached.values(), *walks.histories)
    shortest = next(found for found in map(broken, played) if found is not None)
    changed = True
    while changed:
        changed = False
        for index in range(len(shortest) - 1):
            calls = [one.call for one in (*shortest[:index], *shortest[index + 1 :])]
            steps: list[Step] = []
            for call in calls:
                steps.append(attempt(program, steps[-1].world if steps else walks.opening, call))
            shorter = broken(steps)
            if shorter is not None:
                shortest, changed = shorter, True
                break
    return shortest
