"""Code that somebody holds, tried again against what was agreed.

    report = try_sources(specification, "Purchase", workshop, solidity=changed)
    report.agreements[0].disagreements[0].history  # the calls that show the difference

The rules are composed anew from the specification; whatever the code does otherwise, in any call of
any history, is found with the calls that lead there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.model import Composition
from assay.authoring.checking.proposals import require_agreed
from assay.authoring.compiling.model import Compiled
from assay.authoring.model import Specification
from assay.authoring.trials import token
from assay.authoring.trials.report import TestReport, try_contract
from assay.authoring.use_cases.building import (
    REPORT_FILE,
    SOLIDITY_FILE,
    SPECIFICATION_FILE,
    VYPER_FILE,
    Progress,
    Workshop,
)
from assay.authoring.use_cases.reading import decode_specification
from assay.errors import InputError


@dataclass(frozen=True, slots=True)
class BuiltFolder:
    """A folder of a built contract; a source that is not there is None."""

    specification: Specification
    name: str
    solidity: str | None
    vyper: str | None


def try_sources(
    specification: Specification,
    name: str,
    workshop: Workshop,
    *,
    solidity: str | None = None,
    vyper: str | None = None,
    seed: int = 1,
    progress: Progress = lambda _what, _done, _total: None,
) -> TestReport:
    """Try sources that claim to carry out a specification; see `compile_and_try`."""
    return compile_and_try(
        specification,
        name,
        workshop,
        solidity=solidity,
        vyper=vyper,
        seed=seed,
        progress=progress,
    ).report


@dataclass(frozen=True)
class Tried:
    """Sources that were compiled and tried.

    Attributes:
        composition: the rules that they were held to.
        compiled: by language.
    """

    composition: Composition
    compiled: Mapping[str, Compiled]
    report: TestReport


def compile_and_try(
    specification: Specification,
    name: str,
    workshop: Workshop,
    *,
    solidity: str | None = None,
    vyper: str | None = None,
    seed: int = 1,
    progress: Progress = lambda _what, _done, _total: None,
) -> Tried:
    """Compile sources that claim to carry out a specification, and try them.

    Raises:
        InputError: there is no source at all.
        QuestionsOpen, NotBuildable, ProgramWrong: there is no contract to hold it to.
        SourceRejected, CompilerMissing, CompilerFailed, TrialImpossible: it cannot be tried.
    """
    if solidity is None and vyper is None:
        raise InputError(
            "There is no source to try.", hint="Give Contract.sol, Contract.vy or both."
        )
    require_agreed(specification)
    composition = compose(specification, workshop.blocks, name=name)
    sources = {f"{token.NAME}.sol": token.SOURCE}
    names: tuple[str, ...] = (token.NAME,)
    if solidity is not None:
        sources[f"{name}.sol"] = solidity
        names = (name, token.NAME)
    progress("compile", 0, 2)
    built = workshop.solidity.compile_all(sources, names)
    targets: dict[str, Compiled] = {}
    if solidity is not None:
        targets["solidity"] = built[name]
    progress("compile", 1, 2)
    if vyper is not None:
        targets["vyper"] = workshop.vyper.compile(vyper, name)
    progress("compile", 2, 2)
    report = try_contract(
        specification, composition, targets, built[token.NAME], seed=seed, progress=progress
    )
    return Tried(composition, targets, report)


def read_folder(folder: Path) -> BuiltFolder:
    """What `save` wrote, as it is now.

    Raises:
        InputError: the specification or the report is missing or damaged.
    """
    specification = decode_specification(_content(folder / SPECIFICATION_FILE))
    try:
        name = str(json.loads(_content(folder / REPORT_FILE))["contract"])
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{folder / REPORT_FILE} is no test report.") from None
    sources = {
        path: (folder / path).read_text(encoding="utf-8")
        for path in (SOLIDITY_FILE, VYPER_FILE)
        if (folder / path).is_file()
    }
    return BuiltFolder(specification, name, sources.get(SOLIDITY_FILE), sources.get(VYPER_FILE))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.",
            hint="Name a folder that `assay author build` has written.",
        ) from None
