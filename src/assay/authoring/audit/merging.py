"""Findings of several tools as one list: each thing once, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable

from assay.authoring.audit.model import Finding

NEAR_LINES = 2
"""Within which two tools mean the same place of a function."""


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each class and place; the surest speaks, and ours before another's."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=_trust):
        if not any(_is_same(finding, other) for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda one: (*one.rank, one.file, one.line, one.rule)))


def _trust(finding: Finding) -> tuple[object, ...]:
    is_foreign = finding.rule.startswith("slither-")
    return is_foreign, finding.rank[1], finding.rank[0], finding.file, finding.line


def _is_same(one: Finding, other: Finding) -> bool:
    if one.file != other.file or one.bug_class != other.bug_class:
        return False
    if one.line == other.line:
        return True
    is_foreign = one.rule.startswith("slither-") != other.rule.startswith("slither-")
    if one.function and one.function == other.function:
        if one.bug_class == "reentrancy":
            return True
        return is_foreign and abs(one.line - other.line) <= NEAR_LINES
    return is_foreign and abs(one.line - other.line) <= NEAR_LINES
