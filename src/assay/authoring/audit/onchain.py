"""What audits have on a chain: the rule book, and the attestations of reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eth_utils.crypto import keccak

from assay.authoring.audit.attested import SCHEMA, AuditAttestation
from assay.authoring.audit.ports import PublishedRules
from assay.authoring.audit.rule_errors import (
    NotRevocable,
    NotTheOwner,
    RulesUnchanged,
    RulesUntrue,
    VersionUnknown,
)
from assay.chain.attestations import AttestationService, FoundAttestation
from assay.chain.contract import Contract
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import ZERO_ADDRESS, Address, parse_address
from assay.core.attestation import attestation_fault, schema_uid
from assay.core.digest import Digest


class OnChainRules:
    """The `RuleChain` port on the contract `AuditRuleBook`, for one account."""

    def __init__(self, node: Node, contract: Contract, open_sender: Callable[[], Sender]) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender

    @property
    def address(self) -> Address:
        """See `RuleChain.address`."""
        return self._contract.address

    @property
    def chain_id(self) -> int:
        """See `RuleChain.chain_id`."""
        return self._node.chain_id

    def owner(self) -> Address:
        """See `RuleChain.owner`."""
        return parse_address(self._contract.read("owner"))

    def newest(self) -> int:
        """See `RuleChain.newest`."""
        return int(self._contract.read("newest"))

    def digest(self, version: int) -> Digest:
        """See `RuleChain.digest`."""
        return Digest(self._version(version).digest)

    def version_at(self, time_s: int) -> int:
        """See `RuleChain.version_at`."""
        return int(self._contract.read("versionAt", time_s))

    def published(self, version: int) -> PublishedRules:
        """See `RuleChain.published`."""
        facts = self._version(version)
        digest, number = Digest(facts.digest), facts.blockNumber
        topics = [self._contract.topic("RulesPublished"), version.to_bytes(32, "big")]
        logs = self._node.logs([self.address], number, number, topics)
        for event in filter(None, map(self._contract.decode_log, logs)):
            document = bytes(event.args["document"])
            if Digest.of(document) == digest:
                return PublishedRules(
                    version, digest, facts.publishedAt, document, event.transaction_hash
                )
        raise RulesUntrue(version, digest.hex)

    def publish(self, document: bytes) -> str:
        """See `RuleChain.publish`."""
        try:
            receipt = self._open_sender().transact(self._contract, "publish", document)
        except ContractRevert as revert:
            if revert.name == "OwnableUnauthorizedAccount":
                raise NotTheOwner(revert.values["account"], self.owner()) from None
            if revert.name == "AuditRuleBookUnchanged":
                raise RulesUnchanged(int(revert.values["version"])) from None
            raise
        return receipt.transaction_hash

    def _version(self, version: int) -> Any:
        try:
            return self._contract.read("versionOf", version)
        except ContractRevert as revert:
            if revert.name != "AuditRuleBookUnknownVersion":
                raise
            raise VersionUnknown(version, int(revert.values["newest"])) from None


class OnChainAudits:
    """The `AuditAttestations` port on an attestation service, for one account."""

    def __init__(
        self,
        node: Node,
        service: AttestationService,
        account: Address,
        open_sender: Callable[[], Sender],
    ) -> None:
        self._node = node
        self._service = service
        self._open_sender = open_sender
        self.account = account

    @property
    def chain_id(self) -> int:
        """See `AuditAttestations.chain_id`."""
        return self._node.chain_id

    @property
    def service(self) -> Address:
        """See `AuditAttestations.service`."""
        return self._service.address

    def attest(self, recipient: Address | None, data: bytes) -> tuple[str, str]:
        """See `AuditAttestations.attest`."""
        return self._service.attest(self._open_sender(), SCHEMA, recipient or ZERO_ADDRESS, data)

    def revoke(self, uid: str) -> str:
        """See `AuditAttestations.revoke`."""
        try:
            return self._service.revoke(self._open_sender(), SCHEMA, uid)
        except ContractRevert as revert:
            raise NotRevocable(uid, revert.name) from None

    def get(self, uid: str) -> AuditAttestation:
        """See `AuditAttestations.get`."""
        return self._read(self._service.get(uid))

    def find(self, recipient: Address | None = None) -> list[AuditAttestation]:
        """See `AuditAttestations.find`."""
        return [self._read(one) for one in self._service.find(SCHEMA, recipient)]

    def code_hash(self, address: Address) -> str | None:
        """See `AuditAttestations.code_hash`."""
        code = self._node.code(address)
        return "0x" + keccak(code).hex() if code else None

    def _read(self, found: FoundAttestation) -> AuditAttestation:
        reason = attestation_fault(found.fields, found.uid, schema_uid(SCHEMA, revocable=True))
        fields = found.fields
        known = fields is not None and any(fields.uid)
        return AuditAttestation(
            uid=found.uid,
            service=self._service.address,
            chain_id=self._node.chain_id,
            attester=parse_address(fields.attester) if known else None,
            recipient=parse_address(fields.recipient) if known else None,
            time_s=fields.time if known else 0,
            data=bytes(fields.data) if known else b"",
            fault=reason,
            transaction=found.transaction,
        )
