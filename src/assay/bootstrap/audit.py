"""The audit on its real parts: compilers, detectors, Slither."""

from __future__ import annotations

from pathlib import Path

from assay.authoring.audit.slither import NAME, Slither
from assay.authoring.audit.sources.solidity import SolidityParser
from assay.authoring.audit.sources.vyper import VyperParser
from assay.authoring.audit.use_cases.auditing import Auditors


def make_auditors(
    timeout_s: float = 60.0, *, with_slither: bool = True, within: Path | None = None
) -> Auditors:
    """Nothing is started before a file is audited; `timeout_s` is for each tool and file.

    Args:
        within: outside of which nothing is imported but libraries; None for anywhere.
    """
    analysers = ((NAME, Slither(timeout_s=timeout_s)),) if with_slither else ()
    solidity = SolidityParser(timeout_s=timeout_s, within=within)
    return Auditors(solidity, VyperParser(within, timeout_s), analysers)
