"""A record's source, specification and report, held against each other by doing it all again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from assay.authoring.compiling.model import Compiled
from assay.authoring.model import Specification
from assay.authoring.program.solidity import write_solidity
from assay.authoring.program.vyper import write_vyper
from assay.authoring.records import RecordedDeployment
from assay.authoring.trials.report import TestReport
from assay.authoring.use_cases.building import Workshop
from assay.authoring.use_cases.deploying import DISTRIBUTION
from assay.authoring.use_cases.retrying import compile_and_try
from assay.errors import AssayError


@dataclass(frozen=True)
class Rechecked:
    """What came out.

    Attributes:
        otherwise: why the source is not what the specification is written as; empty if it is.
        uncompiled: why it was not compiled as it was then; empty if it was.
        compiled: None where it was not compiled at all.
    """

    otherwise: str
    uncompiled: str
    compiled: Compiled | None
    report: TestReport | None

    def untrue(self, recorded: bytes) -> str:
        """Why the recorded report is not to be believed; empty if it is."""
        assert self.report is not None, "a source that was compiled was tried"
        if not self.report.passed:
            return "the trials fail now: " + "; ".join(one.told() for one in self.report.failures)
        try:
            said = json.loads(recorded)["passed"]
        except (ValueError, KeyError, TypeError):
            return "it is no test report"
        return "" if said is True else "it says that the trials failed"


def recheck(
    specification: Specification,
    sources: Mapping[str, str],
    deployment: RecordedDeployment,
    workshop: Workshop,
) -> Rechecked:
    """Write, compile and try again, as the record says that it was done."""
    try:
        tried = compile_and_try(
            specification,
            deployment.contract,
            workshop,
            solidity=sources.get("solidity"),
            vyper=sources.get("vyper"),
            seed=deployment.seed,
        )
    except AssayError as error:
        return Rechecked(str(error), str(error), None, None)
    compiled = tried.compiled.get(deployment.language)
    if compiled is None:
        missing = f"the record has no source in {deployment.language}"
        return Rechecked(missing, missing, None, None)
    program = tried.composition.program
    written = {"solidity": write_solidity, "vyper": write_vyper}
    edited = [one for one, source in sources.items() if source != written[one](program)]
    otherwise = ""
    if edited:
        otherwise = f"the {' and '.join(edited)} source says something else"
        if deployment.assay_version != version(DISTRIBUTION):
            otherwise += f", or was written otherwise by Assay {deployment.assay_version}"
    return Rechecked(otherwise, _other(deployment, compiled, workshop), compiled, tried.report)


def _other(deployment: RecordedDeployment, compiled: Compiled, workshop: Workshop) -> str:
    """Whether another compiler, or other settings, are at work here than were then."""
    if compiled.compiler != deployment.compiler:
        return f"it was compiled by {deployment.compiler}, and here is {compiled.compiler}"
    compiler = workshop.solidity if compiled.language == "solidity" else workshop.vyper
    if dict(compiler.settings) != deployment.settings:
        return f"the compiler's settings were {deployment.settings}"
    return ""
