"""The audit on its real parts: compilers, detectors, Slither."""

from __future__ import annotations

from assay.authoring.audit.slither import NAME, Slither
from assay.authoring.audit.sources.solidity import SolidityParser
from assay.authoring.audit.sources.vyper import VyperParser
from assay.authoring.audit.use_cases.auditing import Auditors


def make_auditors(timeout_s: float = 60.0, *, with_slither: bool = True) -> Auditors:
    """Nothing is started before a file is audited; `timeout_s` is for each tool and file."""
    analysers = ((NAME, Slither(timeout_s=timeout_s)),) if with_slither else ()
    return Auditors(SolidityParser(timeout_s=timeout_s), VyperParser(), analysers)
