"""The records of deployed contracts on their chain, without what builds and checks contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.authoring.onchain import OnChainContracts

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace


def contracts_of(workspace: Workspace, account: str | None = None) -> OnChainContracts:
    """The contract of records, as an account sees it."""
    name = account or workspace.settings.account
    return OnChainContracts(
        workspace.node,
        workspace.deployment.contract_records,
        workspace.address(name),
        lambda: workspace.sender(name),
    )
