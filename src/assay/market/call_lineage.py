"""The lineage of a call: record, signature, payment, anchor, service and model.

The ledger says where to look; the receipts of the chain and the signature say what is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.amount import format_amount
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.merkle import verify_proof
from assay.errors import AssayError, InputError
from assay.ledger.lineage import Link, Node
from assay.market.batches import CallEntry, RecordDigest, batch_tree
from assay.market.calls import (
    CallRecord,
    RecordDomain,
    RecoverTypedData,
    SignedCallRecord,
    check_record,
)
from assay.market.channels.lineage import VoucherSource
from assay.market.channels.promise import PromisedCall
from assay.market.lineage import artefact_node, asset_node, contract_node
from assay.market.metering import PaymentId
from assay.market.model import RegisteredAsset
from assay.market.ports import (
    Anchors,
    BatchBook,
    Blobs,
    CallIndex,
    Registry,
    TokenTransfers,
)

RECORD_LIMIT_BYTES = 16_384
_PREFIX = "call:"
_Links = list[tuple[Link, Node]]


def call_node(cid: Cid, record: CallRecord | None = None) -> Node:
    """The node of a call; with the parties where the record is known."""
    if record is None:
        return Node(_PREFIX + str(cid), "call", "Paid call")
    facts = {"payer": record.payer, "provider": record.provider, "record": str(cid)}
    return Node(_PREFIX + str(cid), "call", f"Call paid by {record.payer[:10]}…", facts)


@dataclass(frozen=True)
class CallSource:
    """Expands nodes `call:<record cid>`, `payment:<transaction>`, `anchor:<provider>/<batch>`."""

    blobs: Blobs
    book: BatchBook
    index: CallIndex
    registry: Registry
    anchors: Anchors
    token: TokenTransfers
    token_decimals: int
    domain: RecordDomain
    digest: RecordDigest
    recover: RecoverTypedData
    vouchers: VoucherSource | None = None  # None where the chain has no settlement contract

    def resolve(self, subject: str) -> Node | None:
        """The call with this record, by `call:<cid>` or CID, or with an answer of this digest."""
        answered = self._with_answer(subject)
        if answered:
            return answered
        try:
            cid = Cid.parse(subject.removeprefix(_PREFIX))
            return call_node(cid, self._read(cid).record)
        except AssayError:
            return call_node(cid) if subject.startswith(_PREFIX) and _is_cid(subject) else None

    def _with_answer(self, subject: str) -> Node | None:
        try:
            entries = self.book.calls_with_output(Digest.parse(subject))
        except InputError:
            return None
        return call_node(entries[0].cid, entries[0].signed.record) if entries else None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """The links of calls, payments and anchors; each kind asks the chain once a level."""
        links: _Links = []
        readable: list[tuple[Cid, SignedCallRecord]] = []
        for node in nodes:
            if node.id.startswith(_PREFIX):
                cid = Cid.parse(node.id.removeprefix(_PREFIX))
                link, signed = self._recorded(node.id, cid)
                links.append((link, artefact_node(cid, "record", "Call record")))
                if signed:
                    readable.append((cid, signed))
            elif node.kind == "payment":
                links.append(_by_contract(node, "moved by", "AssayToken"))
            elif node.kind == "anchor":
                links.append(_by_contract(node, "kept by", "CallAnchor"))
        return links + self._of_records(readable)

    def _read(self, cid: Cid) -> SignedCallRecord:
        return SignedCallRecord.decode(self.blobs.read_bytes(cid, limit=RECORD_LIMIT_BYTES))

    def _recorded(self, source: str, cid: Cid) -> tuple[Link, SignedCallRecord | None]:
        target, evidence = f"artefact:{cid}", f"the record's bytes hash to {cid}"
        try:
            signed = self._read(cid)
        except AssayError as error:
            return Link(source, target, "recorded as", False, evidence, str(error)), None
        return Link(source, target, "recorded as", True, evidence), signed

    def _of_records(self, readable: list[tuple[Cid, SignedCallRecord]]) -> _Links:
        records = [signed.record for _cid, signed in readable]
        asset_ids = [asset_id for record in records for asset_id in (record.service, record.model)]
        assets = self.registry.assets(asset_ids)
        services, models = assets[::2], assets[1::2]
        entries = [self.book.call(cid) for cid, _signed in readable]
        links: _Links = []
        for index, (cid, signed) in enumerate(readable):
            source = _PREFIX + str(cid)
            links.append(self._signed(source, signed))
            links.append(_served(source, signed.record, services[index]))
            links.append(_model(source, signed.record, services[index], models[index]))
        payments = self._payments(readable, entries)
        return links + payments + self._batches(readable, entries)

    def _signed(self, source: str, signed: SignedCallRecord) -> tuple[Link, Node]:
        provider = signed.record.provider
        node = Node(f"account:{provider}", "account", f"Provider {provider}")
        evidence = f"EIP-712 signature recovers to {provider}"
        try:
            check_record(signed, self.domain, self.recover)
            reason = ""
        except AssayError as error:
            reason = str(error)
        return Link(source, node.id, "signed by", not reason, evidence, reason), node

    def _payments(
        self,
        readable: list[tuple[Cid, SignedCallRecord]],
        entries: list[CallEntry | None],
    ) -> _Links:
        candidates = [
            self.index.payment_transaction(
                PaymentId(signed.record.payer, signed.record.payment_nonce)
            )
            or (entry.transaction if entry else None)
            for (_cid, signed), entry in zip(readable, entries, strict=True)
        ]
        known = [transaction for transaction in candidates if transaction]
        found = dict(zip(known, self.token.transfers(known), strict=True))
        links: _Links = []
        for (cid, signed), transaction in zip(readable, candidates, strict=True):
            record = signed.record
            if not transaction and (promised := self._promised(cid, record)):
                links.append(promised)
                continue
            amount = format_amount(record.amount, decimals=self.token_decimals)
            name = transaction or f"unknown/{record.payment_nonce.hex}"
            node = Node(f"payment:{name}", "payment", f"Payment of {amount} ASSAY")
            evidence = f"authorization {record.payment_nonce.hex} of {record.payer}"
            reason = "neither a transaction nor a voucher with this payment is known"
            for transfer in found.get(transaction or "", ()):
                if (transfer.payer, transfer.nonce) == (record.payer, record.payment_nonce):
                    right = (transfer.recipient, transfer.amount) == (
                        record.provider,
                        record.amount,
                    )
                    evidence += f" moved {amount} ASSAY to {transfer.recipient} in {transaction}"
                    reason = "" if right else "the token moved another amount, or to somebody else"
            link = Link(_PREFIX + str(cid), node.id, "paid by", not reason, evidence, reason)
            links.append((link, node))
        return links

    def _promised(self, cid: Cid, record: CallRecord) -> tuple[Link, Node] | None:
        """The link to the voucher that paid, if the call was paid by one."""
        if self.vouchers is None:
            return None
        call = PromisedCall(
            record.payment_nonce, record.payer, record.provider, record.token, record.amount
        )
        return self.vouchers.paid(_PREFIX + str(cid), call)

    def _batches(
        self,
        readable: list[tuple[Cid, SignedCallRecord]],
        entries: list[CallEntry | None],
    ) -> _Links:
        links: _Links = []
        for (cid, signed), entry in zip(readable, entries, strict=True):
            if entry is None or entry.batch is None or entry.position is None:
                continue
            link, node = self._anchored(cid, signed, entry, entry.batch)
            links.append((link, node))
        return links

    def _anchored(
        self, cid: Cid, signed: SignedCallRecord, entry: CallEntry, number: int
    ) -> tuple[Link, Node]:
        provider = signed.record.provider
        node = Node(f"anchor:{provider}/{number}", "anchor", f"Batch {number} of call records")
        transaction = self.index.anchor_transaction(provider, number)
        tree = batch_tree(self.book.calls_in_batch(provider, number), self.digest)
        leaf = self.digest(signed.record)
        reason = "the batch is not on chain yet"
        evidence = f"leaf {entry.position} of batch {number}"
        for batch in self.anchors.anchored([transaction])[0] if transaction else ():
            if (batch.provider, batch.number) == (provider, number):
                evidence += f", root 0x{batch.root.hex()} in {transaction}"
                proof = tree.proof(entry.position or 0)
                holds = tree.root == batch.root and verify_proof(batch.root, leaf, proof)
                reason = "" if holds else "no path leads from the record to the anchored root"
        return Link(_PREFIX + str(cid), node.id, "anchored in", not reason, evidence, reason), node


def _is_cid(subject: str) -> bool:
    try:
        Cid.parse(subject.removeprefix(_PREFIX))
    except InputError:
        return False
    return True


def _by_contract(node: Node, kind: str, name: str) -> tuple[Link, Node]:
    contract = contract_node(name)
    return Link(node.id, contract.id, kind, True, f"event of {name}"), contract


def _served(source: str, record: CallRecord, service: RegisteredAsset | None) -> tuple[Link, Node]:
    node = asset_node(record.service)
    evidence = f"service {record.service} belongs to {record.provider}"
    if service is None:
        reason = "the registry has no such service"
    elif service.kind != "service":
        reason = f"the registry calls it a {service.kind}"
    elif record.provider not in (service.owner, service.creator):
        reason = f"the service belongs to {service.owner}"
    else:
        reason = ""
    return Link(source, node.id, "served by", not reason, evidence, reason), node


def _model(
    source: str,
    record: CallRecord,
    service: RegisteredAsset | None,
    model: RegisteredAsset | None,
) -> tuple[Link, Node]:
    node = asset_node(record.model)
    evidence = f"the service is registered with parent {record.model}"
    if model is None:
        reason = "the registry has no such model"
    elif service is None or service.parent != record.model:
        reason = "the service is registered for another model"
    else:
        reason = ""
    return Link(source, node.id, "answered by", not reason, evidence, reason), node
