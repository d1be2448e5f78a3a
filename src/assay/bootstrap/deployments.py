"""The deployment of a workspace: found and verified, or made where it may be.

deployment, damage = find_deployment(workspace)
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.chain.deployment import Choices, Deployment
    from assay.chain.errors import ManifestDamaged
    from assay.config import Settings

DEPLOYER = "local-0"


def choices_of(settings: Settings) -> Choices:
    """The attestation service and the periods of reviews, for a deployment that is not made yet.

    Raises:
        InputError: the address of the attestation service is none.
    """
    from assay.chain.deployment import Choices
    from assay.core.address import parse_address

    service = settings.attestation_service
    return Choices(
        service=parse_address(service) if service else None,
        review_period_s=settings.review_period_s,
    )


def find_deployment(workspace: Workspace) -> tuple[Deployment, ManifestDamaged | None]:
    """The contracts, verified; on the local chain they are deployed where missing.

    Where the manifest is damaged they are found by the addresses that our builds belong at, so that
    a trace can still tell what else holds, and the damage is given with them.
    """
    from assay.chain.deployment import deploy, derive_deployment, load_deployment
    from assay.chain.errors import CodeMissing, ManifestDamaged

    choices = choices_of(workspace.settings)
    node, folder = workspace.node, workspace.deployments
    try:
        if node.is_local:
            deployer = workspace.open_sender(DEPLOYER)
            return deploy(node, deployer, folder, choices=choices), None
        return load_deployment(node, folder), None
    except ManifestDamaged as error:
        damage = error
    holder = DEPLOYER if node.is_local else workspace.settings.account
    try:
        return derive_deployment(node, workspace.address(holder), choices=choices), damage
    except CodeMissing:
        raise damage from None
