"""All detectors, in the order in which they are run."""

from __future__ import annotations

from assay.authoring.audit.detectors import (
    access_control,
    arithmetic,
    bad_randomness,
    denial_of_service,
    entitlements,
    front_running,
    narrowing,
    open_payments,
    open_settings,
    others_balances,
    reentrancy,
    rounding,
    short_addresses,
    signatures,
    slippage,
    spot_prices,
    time_manipulation,
    unchecked_calls,
)
from assay.authoring.audit.detectors.rule import Detector, Rule
from assay.authoring.audit.model import Finding
from assay.authoring.audit.program import Unit

_MODULES = (
    reentrancy,
    access_control,
    open_payments,
    open_settings,
    others_balances,
    entitlements,
    signatures,
    arithmetic,
    narrowing,
    rounding,
    unchecked_calls,
    denial_of_service,
    bad_randomness,
    front_running,
    slippage,
    spot_prices,
    time_manipulation,
    short_addresses,
)

DETECTORS: tuple[Detector, ...] = tuple(module.find for module in _MODULES)

RULES: tuple[Rule, ...] = tuple(
    rule for module in _MODULES for rule in vars(module).values() if isinstance(rule, Rule)
)
"""What they look for."""


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
