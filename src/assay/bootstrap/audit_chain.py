"""What audits have on the chain of a workspace: rule book, attestations, kept reports."""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

from assay.errors import AssayError

if TYPE_CHECKING:
    from assay.authoring.audit.onchain import OnChainAudits, OnChainRules
    from assay.authoring.audit.stored import StoredReports
    from assay.authoring.audit.use_cases.ruling import RulesInForce
    from assay.bootstrap.workspace import Workspace
    from assay.chain.attestations import AttestationService

NO_CHAIN = "there is no chain here"
_OWNER = "local-0"


class AuditChain:
    """Each part is built when it is first asked for; `is_there` starts nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def is_there(self) -> bool:
        """Whether a node is named, or this home has had a local chain."""
        settings = self._workspace.settings
        return bool(settings.rpc_url) or (settings.home / "chain").is_dir()

    def rules(self, account: str | None = None) -> OnChainRules:
        """The rule book, as an account publishes in it; on the local chain its owner, if None."""
        from assay.authoring.audit.onchain import OnChainRules

        workspace = self._workspace
        contract = workspace.deployment.audit_rules
        usual = _OWNER if workspace.node.is_local else workspace.settings.account
        name = account or usual
        return OnChainRules(workspace.node, contract, lambda: workspace.sender(name))

    def attestations(self, account: str | None = None) -> OnChainAudits:
        """Attestations of reports, as an account makes them."""
        from assay.authoring.audit.onchain import OnChainAudits

        workspace, name = self._workspace, account or self._workspace.settings.account
        return OnChainAudits(
            workspace.node,
            self._service,
            workspace.address(name),
            lambda: workspace.sender(name),
        )

    def reports(self) -> StoredReports:
        """Kept reports."""
        from assay.authoring.audit.stored import StoredReports

        return StoredReports(self._workspace.store)

    def rules_in_force(self) -> RulesInForce:
        """The rules by which an audit is made here; why they are the built-in ones if they are."""
        from assay.authoring.audit.use_cases.ruling import built_in, rules_in_force
        from assay.chain.errors import ManifestMissing

        if not self.is_there:
            return built_in(NO_CHAIN)
        try:
            return rules_in_force(self.rules())
        except ManifestMissing:
            return built_in("the contracts of Assay are not on this chain")
        except AssayError as error:
            return built_in("the rule book could not be read", missed=str(error))

    @property
    def _service(self) -> AttestationService:
        from assay.chain.attestations import AttestationService

        deployment = self._workspace.deployment
        return AttestationService(
            self._workspace.node, deployment.attestations, deployment.first_block
        )
