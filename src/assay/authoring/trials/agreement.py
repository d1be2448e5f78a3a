"""The interpreter, Solidity and Vyper on the same histories: they must agree call by call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.authoring.program.interpreter import Value, World
from assay.authoring.program.model import Program
from assay.authoring.trials import amounts
from assay.authoring.trials.steps import Step
from assay.authoring.trials.targets import Target, expected_state, same_error

_LOOK_EVERY = 8


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A call after which a target is not where the interpreter is.

    Attributes:
        history: the calls up to it, the last included, as a report shows them.
    """

    language: str
    history: tuple[str, ...]
    expected: str
    found: str


@dataclass
class Agreement:
    """Of one target with the interpreter.

    Attributes:
        gas: of the successful calls of each function.
    """

    language: str
    calls: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    gas: dict[str, list[int]] = field(default_factory=dict)


def compare(target: Target, history: Sequence[Step], agreement: Agreement) -> None:
    """Play one history on a freshly deployed target; stops at the first disagreement."""
    for number, step in enumerate(history):
        outcome = target.call(step.call)
        agreement.calls += 1
        if not same_error(step.error, outcome.error):
            agreement.disagreements.append(
                Disagreement(
                    agreement.language,
                    tuple(show(target, each) for each in history[: number + 1]),
                    step.error or "it goes through",
                    outcome.error if outcome.error is not None else "it goes through",
                )
            )
            return
        if outcome.error is None:
            agreement.gas.setdefault(step.call.function, []).append(outcome.gas)
        last = number == len(history) - 1
        if (last or number % _LOOK_EVERY == 0) and not _same(
            target, history[: number + 1], step.world, agreement
        ):
            return


def _same(target: Target, history: Sequence[Step], world: World, agreement: Agreement) -> bool:
    expected = expected_state(target.program, world, target.cast)
    found = target.state()
    if found == expected:
        return True
    different = sorted(name for name in expected if expected[name] != found.get(name))
    agreement.disagreements.append(
        Disagreement(
            agreement.language,
            tuple(show(target, each) for each in history),
            _shown(expected, different, target.program),
            _shown(found, different, target.program),
        )
    )
    return False


def _shown(values: dict[str, Value], names: list[str], program: Program) -> str:
    return ", ".join(
        f"{name} = {amounts.balance(name, values.get(name), program)}" for name in names[:5]
    )


def show(target: Target, step: Step) -> str:
    """One call in words: `buyer: deposit(100 USDC) at 1800000001 -> TooLate`."""
    call, cast = step.call, target.cast
    program = target.program
    named = next((one.arguments for one in program.functions if one.name == call.function), ())
    arguments = ", ".join(
        amounts.argument(name, one, program) if isinstance(one, int) else cast.name(str(one))
        for (name, _), one in zip(named, call.arguments, strict=True)
    )
    sent = f" with {amounts.native(call.sent, program)}" if call.sent else ""
    outcome = f" -> {step.error}" if step.error else ""
    return f"{cast.name(call.caller)}: {call.function}({arguments}){sent} at {call.now_s}{outcome}"
