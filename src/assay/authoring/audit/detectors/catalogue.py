"""All detectors, in the order in which they are run."""

from __future__ import annotations

from assay.authoring.audit.detectors import (
    access_control,
    arithmetic,
    bad_randomness,
    denial_of_service,
    front_running,
    open_settings,
    reentrancy,
    short_addresses,
    time_manipulation,
    unchecked_calls,
)
from assay.authoring.audit.detectors.rule import Detector
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Unit

DETECTORS: tuple[Detector, ...] = (
    reentrancy.find,
    access_control.find,
    open_settings.find,
    arithmetic.find,
    unchecked_calls.find,
    denial_of_service.find,
    bad_randomness.find,
    front_running.find,
    time_manipulation.find,
    short_addresses.find,
)


def detect(unit: Unit) -> list[Finding]:
    """Everything that they find in one file, but not in what it imports, each thing once."""
    found: dict[tuple[str, int], Finding] = {}
    for contract in unit.own:
        if contract.kind == "interface":
            continue
        for detector in DETECTORS:
            for finding in detector(contract):
                if finding.line:
                    found.setdefault((finding.rule, finding.line), finding)
    return list(found.values())
