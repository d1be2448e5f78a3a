"""Audits' part of a trace, which reads reports only where one is met."""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assay.ledger.lineage import Link, Node

if TYPE_CHECKING:
    from assay.authoring.audit.lineage import AuditSource
    from assay.bootstrap.workspace import Workspace

_OURS = re.compile(r"(audit:|contract:0x)")
_SUBJECT = re.compile(r"(audit:)?0x[0-9a-f]{64}\Z")


class AuditTraces:
    """A `LineageSource`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def resolve(self, subject: str) -> Node | None:
        """The kept report with a digest, given bare or as `audit:0x...`."""
        return self._source.resolve(subject) if _SUBJECT.match(subject) else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """Audits of contracts, and what reports rest on.

        Raises:
            AssayError: the chain or the store cannot be read.
        """
        ours = [node for node in nodes if _OURS.match(node.id)]
        return self._source.expand(ours) if ours else []

    @cached_property
    def _source(self) -> AuditSource:
        from assay.authoring.audit.lineage import AuditSource
        from assay.bootstrap.audit_chain import AuditChain

        chain = AuditChain(self._workspace)
        return AuditSource(chain.attestations, chain.rules, chain.reports())
