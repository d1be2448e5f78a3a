"""An Ethereum Attestation Service (https://attest.org), as accounts write to it and anybody reads.

service = AttestationService(node, deployment.attestations, first_block)
uid, transaction = service.attest(sender, SCHEMA, recipient, data)
service.find(SCHEMA, recipient=address)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert, RpcFault
from assay.chain.node import Node
from assay.chain.records import Log, Receipt
from assay.chain.transaction import Sender
from assay.core.address import ZERO_ADDRESS, Address, parse_address
from assay.core.attestation import schema_uid

_NOTHING = bytes(32)
_FEWEST_BLOCKS = 1_000


@dataclass(frozen=True, slots=True)
class FoundAttestation:
    """One attestation, and the transaction that made it.

    Attributes:
        fields: the service's `Attestation`, with its names; None if it does not answer.
        transaction: empty where it was asked for by its uid.
    """

    uid: str
    fields: Any
    transaction: str = ""


class AttestationService:
    """One service on one chain.

    Attributes:
        first_block: attestations that concern us are not older.
    """

    def __init__(self, node: Node, contract: Contract, first_block: int) -> None:
        self._node = node
        self._contract = contract
        self.first_block = first_block

    @property
    def address(self) -> Address:
        """Where it is."""
        return self._contract.address

    def attest(
        self, sender: Sender, schema: str, recipient: Address, data: bytes
    ) -> tuple[str, str]:
        """Attest with a revocable schema, which is registered first where it is not.

        Returns:
            The attestation's uid, and the transaction's hash.
        """
        uid = schema_uid(schema, revocable=True)
        registry = self._registry()
        if registry.read("getSchema", bytes.fromhex(uid[2:])).uid == _NOTHING:
            try:
                sender.transact(registry, "register", schema, ZERO_ADDRESS, True)
            except ContractRevert:  # else another account registered it meanwhile
                if registry.read("getSchema", bytes.fromhex(uid[2:])).uid == _NOTHING:
                    raise
        request = (bytes.fromhex(uid[2:]), (recipient, 0, True, _NOTHING, data, 0))
        receipt = sender.transact(self._contract, "attest", request)
        return self._made(receipt), receipt.transaction_hash

    def revoke(self, sender: Sender, schema: str, uid: str) -> str:
        """Take an attestation back; the transaction's hash. Only its attester can."""
        name = bytes.fromhex(schema_uid(schema, revocable=True)[2:])
        request = (name, (bytes.fromhex(uid[2:]), 0))
        return sender.transact(self._contract, "revoke", request).transaction_hash

    def get(self, uid: str) -> FoundAttestation:
        """An attestation by its uid."""
        return FoundAttestation(uid, self._contract.read("getAttestation", bytes.fromhex(uid[2:])))

    def find(self, schema: str, recipient: Address | None = None) -> list[FoundAttestation]:
        """All attestations of a schema, also revoked ones, oldest first; of one recipient if named.

        Raises:
            ChainUnreachable, RpcFault: the node does not answer, or will not look back so far.
        """
        about = bytes(12) + bytes.fromhex(recipient[2:]) if recipient else None
        name = bytes.fromhex(schema_uid(schema, revocable=True)[2:])
        topics = [self._contract.topic("Attested"), about, None, name]
        logs = self._logs(self.first_block, self._node.block_number(), topics)
        events = [event for log in logs if (event := self._contract.decode_log(log))]
        uids = [bytes(event.args["uid"]) for event in events]
        answers = read_many(
            self._node, [(self._contract, "getAttestation", (uid,)) for uid in uids]
        )
        return [
            FoundAttestation(
                "0x" + uid.hex(),
                None if isinstance(answer, ContractRevert) else answer,
                event.transaction_hash,
            )
            for uid, answer, event in zip(uids, answers, events, strict=True)
        ]

    def _logs(self, first: int, last: int, topics: Sequence[bytes | None]) -> list[Log]:
        """In halves where a node refuses so many blocks at once."""
        try:
            return self._node.logs([self.address], first, last, topics)
        except RpcFault:
            if last - first < _FEWEST_BLOCKS:
                raise
        middle = (first + last) // 2
        return [*self._logs(first, middle, topics), *self._logs(middle + 1, last, topics)]

    def _registry(self) -> Contract:
        address = parse_address(self._contract.read("getSchemaRegistry"))
        return Contract(self._node, "SchemaRegistry", address)

    def _made(self, receipt: Receipt) -> str:
        decoded = (self._contract.decode_log(log) for log in receipt.logs)
        [event] = [event for event in decoded if event is not None and event.name == "Attested"]
        return "0x" + bytes(event.args["uid"]).hex()
