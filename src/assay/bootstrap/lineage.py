"""Every area's part of the lineage graph, in the order in which they are asked for a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.bootstrap.audit_traces import AuditTraces
from assay.bootstrap.contract_traces import ContractTraces
from assay.bootstrap.training_lineage import TrainingTraces
from assay.content.lineage import ContentSource
from assay.market.lineage import ContractSource

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.ledger.lineage import LineageSource


def build_lineage_sources(workspace: Workspace) -> list[LineageSource]:
    """The sources on one home folder."""
    content = ContentSource(workspace.content_contract(), workspace.store, workspace.content_index)
    return [
        content,
        workspace.market.call_source(),
        *workspace.statements.voucher_sources(),
        workspace.market.asset_source(),
        workspace.licences.source(),
        workspace.economy.source(),
        workspace.review.source(),
        TrainingTraces(workspace),
        ContractTraces(workspace),
        AuditTraces(workspace),
        ContractSource(workspace),
    ]
