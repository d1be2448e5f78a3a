"""All trials of one contract, on the interpreter, in Solidity and in Vyper: the test report.

report = try_contract(specification, composition, solidity, vyper, coin)
report.passed, report.as_json()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from assay.authoring.blocks.model import Composition
from assay.authoring.compiling.model import Compiled
from assay.authoring.model import Specification
from assay.authoring.program.model import Program
from assay.authoring.trials.agreement import Agreement, compare
from assay.authoring.trials.cast import Cast, cast_of
from assay.authoring.trials.clauses import Trial, clause_trials
from assay.authoring.trials.failing import Failure, failures
from assay.authoring.trials.reckoning import reckoned_trials
from assay.authoring.trials.targets import deploy
from assay.authoring.trials.transfers import transfer_trials
from assay.authoring.trials.walks import Walks, explore
from assay.authoring.trials.whole import whole_trials

SCHEMA = "assay-test-report/1"
HISTORIES_ON_TARGETS = 40
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class TestReport:
    """What the trials of a contract came to.

    Attributes:
        seed: with which the histories can be made again.
        failures: what did not hold, for whoever wrote the agreement; empty where all did.
    """

    __test__ = False

    name: str
    compilers: tuple[str, ...]
    seed: int
    trials: tuple[Trial, ...]
    agreements: tuple[Agreement, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every trial held and the targets agree."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """As `test-report.json` has it."""
        return {
            "assay": SCHEMA,
            "contract": self.name,
            "passed": self.passed,
            "seed": self.seed,
            "compilers": list(self.compilers),
            "failures": [asdict(failure) for failure in self.failures],
            "trials": [asdict(trial) for trial in self.trials],
            "targets": {
                agreement.language: {
                    "calls": agreement.calls,
                    "agrees": not agreement.disagreements,
                    "disagreements": [asdict(one) for one in agreement.disagreements],
                }
                for agreement in self.agreements
            },
            "gas": _gas(self.agreements),
        }


def try_contract(
    specification: Specification,
    composition: Composition,
    targets: Mapping[str, Compiled],
    coin: Compiled,
    *,
    seed: int = 1,
    progress: Progress = lambda _name, _done, _total: None,
) -> TestReport:
    """Run everything.

    Args:
        targets: the compiled contract by language.
        coin: the token of trials, compiled (`trials.token`).

    Raises:
        TrialImpossible: the EVM is missing, or a constructor reverts.
    """
    program = composition.program
    cast = cast_of(program)
    walks = explore(program, cast, seed=seed)
    trials = [
        *clause_trials(specification, composition, cast, walks),
        *reckoned_trials(specification, composition, cast, walks),
        *whole_trials(program, cast, walks),
    ]
    agreements = []
    for compiled in targets.values():
        agreement = _agreement(program, compiled, coin, cast=cast, walks=walks, progress=progress)
        agreements.append(agreement)
    trials += transfer_trials(composition, targets, coin, cast=cast, walks=walks)
    compilers = tuple(compiled.compiler for compiled in targets.values())
    failed = failures(specification, composition, trials, agreements)
    return TestReport(program.name, compilers, seed, tuple(trials), tuple(agreements), failed)


def _agreement(
    program: Program,
    compiled: Compiled,
    coin: Compiled,
    *,
    cast: Cast,
    walks: Walks,
    progress: Progress,
) -> Agreement:
    agreement = Agreement(compiled.language)
    crowd = frozenset(cast.crowd)
    played = [*walks.reached.values(), *walks.histories[:HISTORIES_ON_TARGETS]]
    for number, history in enumerate(played):
        progress(compiled.language, number, len(played))
        crowded = any(step.call.caller in crowd for step in history)
        target = deploy(program, compiled, coin, cast, crowded=crowded)
        compare(target, history, agreement)
        if agreement.disagreements:
            break
    progress(compiled.language, len(played), len(played))
    return agreement


def _gas(agreements: Sequence[Agreement]) -> dict[str, dict[str, int]]:
    """The median gas of each function in each language."""
    functions = sorted({name for agreement in agreements for name in agreement.gas})
    return {
        function: {
            agreement.language: round(median(agreement.gas[function]))
            for agreement in agreements
            if function in agreement.gas
        }
        for function in functions
    }
