"""From a specification to code in two languages that was tried: nothing is left to trust.

built = build(specification, "Purchase", workshop)
built.report.passed
save(built, folder)
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.authoring.blocks.composing import compose
from assay.authoring.blocks.errors import NotBuildable
from assay.authoring.blocks.model import Block, Composition
from assay.authoring.checking.proposals import require_agreed
from assay.authoring.compiling.model import Compiled
from assay.authoring.describing.describing import describe
from assay.authoring.diagram.arrows import picture_of
from assay.authoring.diagram.mermaid import mermaid
from assay.authoring.diagram.svg import svg
from assay.authoring.model import Specification
from assay.authoring.ports import Compiler, SourcesCompiler
from assay.authoring.program.solidity import write_solidity
from assay.authoring.program.vyper import write_vyper
from assay.authoring.trials import token
from assay.authoring.trials.report import TestReport, try_contract

SOLIDITY_FILE = "Contract.sol"
VYPER_FILE = "Contract.vy"
ABI_FILE = "Contract.abi.json"
SPECIFICATION_FILE = "specification.json"
REPORT_FILE = "test-report.json"
DESCRIPTION_FILE = "description.md"
MERMAID_FILE = "diagram.mmd"
SVG_FILE = "diagram.svg"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Workshop:
    """What building needs.

    Attributes:
        blocks: in the order in which they take clauses.
    """

    blocks: Sequence[Block]
    solidity: SourcesCompiler
    vyper: Compiler


@dataclass(frozen=True)
class Built:
    """A contract in both languages, and what its trials came to."""

    specification: Specification
    composition: Composition
    solidity: str
    vyper: str
    compiled: tuple[Compiled, Compiled]
    description: str
    report: TestReport


def build(
    specification: Specification,
    name: str,
    workshop: Workshop,
    *,
    seed: int = 1,
    progress: Progress = lambda _what, _done, _total: None,
) -> Built:
    """Compose, write, compile and try.

    Args:
        name: of the contract, as code has it: `Purchase`.

    Raises:
        QuestionsOpen: something is still to be answered.
        NotBuildable, ProgramWrong: no contract can be made of it.
        SourceRejected, CompilerMissing, CompilerFailed, TrialImpossible: it cannot be tried.
    """
    require_agreed(specification)
    try:
        composition = compose(specification, workshop.blocks, name=name)
    except NotBuildable as error:
        raise (error.in_chinese() if specification.language == "zh" else error) from None
    solidity = write_solidity(composition.program)
    vyper = write_vyper(composition.program)
    progress("compile", 0, 2)
    sources = {f"{name}.sol": solidity, f"{token.NAME}.sol": token.SOURCE}
    by_solidity = workshop.solidity.compile_all(sources, (name, token.NAME))
    progress("compile", 1, 2)
    by_vyper = workshop.vyper.compile(vyper, name)
    progress("compile", 2, 2)
    targets = {"solidity": by_solidity[name], "vyper": by_vyper}
    coin = by_solidity[token.NAME]
    report = try_contract(specification, composition, targets, coin, seed=seed, progress=progress)
    description = describe(specification, composition)
    compiled = (by_solidity[name], by_vyper)
    return Built(specification, composition, solidity, vyper, compiled, description, report)


def save(built: Built, folder: Path) -> dict[str, Path]:
    """Write everything; a file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = picture_of(built.specification)
    report = json.dumps(built.report.as_json(), ensure_ascii=False, indent=2) + "\n"
    contents = {
        SOLIDITY_FILE: built.solidity,
        VYPER_FILE: built.vyper,
        ABI_FILE: json.dumps(built.compiled[0].abi, indent=2) + "\n",
        SPECIFICATION_FILE: specification_text(built.specification),
        REPORT_FILE: report,
        DESCRIPTION_FILE: built.description,
        MERMAID_FILE: mermaid(picture),
        SVG_FILE: svg(picture),
    }
    for name, content in contents.items():
        temporary = folder / f".{name}.{os.getpid()}"
        temporary.write_text(content, encoding="utf-8")
        temporary.replace(folder / name)
    return {name: folder / name for name in contents}


def specification_text(specification: Specification) -> str:
    """A specification as its file has it."""
    return specification.model_dump_json(by_alias=True, indent=2) + "\n"
