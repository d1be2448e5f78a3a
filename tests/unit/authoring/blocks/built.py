"""Agreements composed and compiled for both targets, by one call of the Solidity compiler."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.model import Composition
from assay.authoring.blocks.registry import BLOCKS
from assay.authoring.compiling.model import Compiled
from assay.authoring.compiling.solc import SolidityCompiler
from assay.authoring.compiling.vyper import VyperCompiler
from assay.authoring.model import Specification
from assay.authoring.program.solidity import write_solidity
from assay.authoring.program.vyper import write_vyper
from assay.authoring.trials import token
from assay.authoring.trials.report import try_contract

_UNTRIED = re.compile(r"\b0 (call|historie|attempt|other)s\b")
"""A trial that nothing put to the test proves nothing, and is not to be among those that passed."""


class Written(NamedTuple):
    """One agreement, composed and compiled."""

    specification: Specification
    composition: Composition
    compiled: dict[str, Compiled]
    coin: Compiled


def write_all(agreements: Mapping[str, Callable[[], Specification]]) -> dict[str, Written]:
    """All of them."""
    specifications = {name: make() for name, make in agreements.items()}
    composed = {name: compose(one, BLOCKS, name=name) for name, one in specifications.items()}
    sources = {f"{name}.sol": write_solidity(one.program) for name, one in composed.items()}
    sources[f"{token.NAME}.sol"] = token.SOURCE
    built = SolidityCompiler().compile_all(sources, (*composed, token.NAME))
    vyper = VyperCompiler()
    return {
        name: Written(
            specifications[name],
            one,
            {"solidity": built[name], "vyper": vyper.compile(write_vyper(one.program), name)},
            built[token.NAME],
        )
        for name, one in composed.items()
    }


def assert_kept(one: Written, by_people: frozenset[int] = frozenset()) -> None:
    """Every clause, on the interpreter and on both targets, but for those that people keep."""
    report = try_contract(one.specification, one.composition, one.compiled, one.coin)

    assert [trial for trial in report.trials if not trial.passed] == []
    assert [trial for trial in report.trials if _UNTRIED.search(trial.detail)] == []
    assert [each.disagreements for each in report.agreements] == [[], []]
    every = set(range(len(one.specification.obligations)))
    assert set(one.composition.kept) == every - by_people
