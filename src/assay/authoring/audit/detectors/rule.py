"""What every detector gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assay.authoring.audit.model import BugClass, Finding, Grade
from assay.authoring.audit.program import Contract, Function
from assay.authoring.audit.tree import Node

Detector = Callable[[Contract], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A detector's name, its class, how grave and how sure it is, and what to do."""

    name: str
    bug_class: BugClass
    severity: Grade
    confidence: Grade
    fix: str

    def at(self, node: Node, function: Function, message: str) -> Finding:
        """A finding at a node; the file is filled in by who knows it."""
        return Finding(
            rule=self.name,
            bug_class=self.bug_class,
            severity=self.severity,
            confidence=self.confidence,
            file="",
            line=node.line,
            message=message,
            fix=self.fix,
            function=function.label,
        )
