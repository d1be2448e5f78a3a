"""Agreements to contracts: how many compile, pass their trials and agree, how fast, and their gas.

    python bench/authoring.py [--json] [--folder DIR]

It takes every specification in `bench/corpus/agreements` and every agreement in
`examples/agreements`; one with open questions, or that no building block carries out, is not built
and is listed with the reason. Answers are taken from `NAME.answers.yaml` beside an agreement.

- **compiled_percent**: of the contracts that were written, those that solc and vyper both accept.
- **tests_passed_percent**: of all trials of these, those that passed.
- **targets_agree_percent**: contracts whose Solidity and Vyper gave, call by call, what the
  interpreter gave.
- **slither_clean_percent**: contracts of which Slither says nothing of medium weight or above.
- **seconds_median**: from the specification to the tried contract; from the text for the examples.
- **gas**: of the same calls on the generated Solidity and on a contract written by hand
  (`bench/contracts`), the median over the calls that both make.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.checking.answers import read_answers
from assay.authoring.compiling.errors import SourceRejected
from assay.authoring.compiling.model import Compiled
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.compiling.vyper import VyperCompiler
from assay.authoring.model import Specification
from assay.authoring.program.solidity import write_solidity
from assay.authoring.trials import token
from assay.authoring.trials.cast import FUNDS
from assay.authoring.trials.machine import Machine
from assay.authoring.use_cases.building import Built, Workshop, build
from assay.authoring.use_cases.reading import decode_specification, read_agreement, text_of
from assay.errors import AssayError
from generated import heard_of

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "bench" / "corpus" / "agreements"
EXAMPLES = ROOT / "examples" / "agreements"
BY_HAND = ROOT / "bench" / "contracts"
SCENARIOS = CORPUS / "gas.json"
_DAY_S = 86_400
_OPENING_S = 1_800_000_000
"""What the days of the scenarios count from: January 2027."""


@dataclass(frozen=True)
class Outcome:
    """Of one agreement."""

    name: str
    seconds: float
    built: Built | None = None
    compiled: bool = True
    reason: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--folder", type=Path, default=CORPUS, help="of specifications")
    options = parser.parse_args()
    workshop = Workshop(BLOCKS, SolidityCompiler(), VyperCompiler())
    outcomes = [_try(name, source, workshop) for name, source in _sources(options.folder)]
    result = _result(outcomes) | {"gas": _gas()}
    if options.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        _show(result)


def _sources(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.glob("*.json")):
        if path != SCENARIOS:
            yield path.stem, path
    for path in sorted(EXAMPLES.glob("*.md")):
        if path.stem != "README":
            yield path.stem, path


def _try(name: str, source: Path, workshop: Workshop) -> Outcome:
    began = time.perf_counter()
    try:
        built = build(_specification(source), "Agreement", workshop)
    except SourceRejected as error:
        return Outcome(name, time.perf_counter() - began, compiled=False, reason=str(error))
    except AssayError as error:
        return Outcome(name, time.perf_counter() - began, reason=str(error).splitlines()[0])
    return Outcome(name, time.perf_counter() - began, built)


def _specification(source: Path) -> Specification:
    if source.suffix == ".json":
        return decode_specification(source.read_bytes())
    text = text_of(source)
    answers = source.with_suffix(".answers.yaml")
    given = read_answers(answers.read_bytes()) if answers.exists() else None
    return read_agreement(text, answers=given)


def _result(outcomes: list[Outcome]) -> dict[str, Any]:
    written = [one for one in outcomes if one.built or not one.compiled]
    built = [one.built for one in outcomes if one.built]
    trials = [trial for one in built for trial in one.report.trials]
    heard = _heard(outcomes)
    agree = [one for one in built if not any(each.disagreements for each in one.report.agreements)]
    return {
        "agreements": len(outcomes),
        "built": len(built),
        "compiled_percent": _percent(len(built), len(written)),
        "trials": len(trials),
        "tests_passed_percent": _percent(sum(one.passed for one in trials), len(trials)),
        "targets_agree_percent": _percent(len(agree), len(built)),
        "slither_clean_percent": _percent(sum(not one for one in heard.values()), len(heard)),
        "slither": {name: one for name, one in heard.items() if one},
        "seconds_median": round(median(one.seconds for one in outcomes if one.built), 2)
        if built
        else None,
        "not_built": {one.name: one.reason for one in outcomes if not one.built},
        "failed": {
            one.name: [trial.name for trial in one.built.report.trials if not trial.passed]
            for one in outcomes
            if one.built and not one.built.report.passed
        },
    }


def _heard(outcomes: list[Outcome]) -> dict[str, list[str]]:
    """What Slither says of each contract; contracts of one file need names of their own."""
    built = [one for one in outcomes if one.built]
    names = {one.name: f"Agreement{number}" for number, one in enumerate(built, 1)}
    sources = {
        names[one.name]: write_solidity(
            replace(one.built.composition.program, name=names[one.name])
        )
        for one in built
        if one.built
    }
    heard = heard_of(sources) if sources else {}
    return {one.name: heard[names[one.name]] for one in built}


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _gas() -> dict[str, Any]:
    """For each scenario: gas of its calls on both contracts, and the ratio of the sums."""
    scenarios = json.loads(SCENARIOS.read_text())
    composed = {
        kind: compose(
            decode_specification((CORPUS / f"{one['specification']}.json").read_bytes()),
            BLOCKS,
            name=kind,
        )
        for kind, one in scenarios.items()
    }
    hands = {kind: one["by_hand"] for kind, one in scenarios.items()}
    sources = {f"{name}.sol": (BY_HAND / f"{name}.sol").read_text() for name in hands.values()}
    sources |= {f"{kind}.sol": write_solidity(one.program) for kind, one in composed.items()}
    sources[f"{token.NAME}.sol"] = token.SOURCE
    names = (*hands.values(), *composed, token.NAME)
    compiled = SolidityCompiler().compile_all(sources, names)
    found = {}
    for kind, one in scenarios.items():
        generated = _play(compiled[kind], compiled[token.NAME], one, "generated")
        by_hand = _play(compiled[hands[kind]], compiled[token.NAME], one, "hand")
        found[kind] = {
            "generated": sum(generated),
            "by_hand": sum(by_hand),
            "ratio": round(sum(generated) / sum(by_hand), 3),
        }
    return found


def _play(compiled: Compiled, coin: Compiled, scenario: dict[str, Any], which: str) -> list[int]:
    """Gas of every call; each must go through."""
    machine = Machine(_OPENING_S)
    people = {name: f"0x{0xBEEF + n:040x}" for n, name in enumerate(scenario["roles"])}
    for person in people.values():
        machine.give(person, FUNDS)
    deployer = next(iter(people.values()))
    address_of_coin = machine.deploy(coin, (6,), deployer)
    given = [people[name] for name in scenario.get("constructor", scenario["roles"])]
    contract = machine.deploy(compiled, (*given, address_of_coin), deployer)
    for person in people.values():
        machine.call(coin, address_of_coin, "mint", person, (person, FUNDS))
        machine.call(coin, address_of_coin, "approve", person, (contract, 2**256 - 1))
    spent = []
    for step in scenario["calls"]:
        machine.set_time(_OPENING_S + int(step["day"] * _DAY_S) + 1)
        arguments = tuple(step.get("arguments", ()))
        outcome = machine.call(compiled, contract, step[which], people[step["by"]], arguments)
        assert outcome.error is None, (compiled.name, step, outcome.error)
        spent.append(outcome.gas)
    return spent


def _show(result: dict[str, Any]) -> None:
    console = Console()
    table = Table("measure", "value")
    for name, value in result.items():
        if not isinstance(value, dict):
            table.add_row(name, str(value))
    console.print(table)
    gas = Table("kind", "generated", "by hand", "ratio")
    for kind, one in result["gas"].items():
        gas.add_row(kind, f"{one['generated']:,}", f"{one['by_hand']:,}", f"{one['ratio']:.3f}")
    console.print(gas)
    for title in ("not_built", "failed", "slither"):
        for name, reason in result[title].items():
            console.print(f"{title}: {name}: {reason}", highlight=False)


if __name__ == "__main__":
    main()
