"""Make and check proofs that a call was recorded: one record, one path, one root on chain."""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.cid import Cid
from assay.errors import AssayError
from assay.market.batches import CallProof, RecordDigest, batch_tree
from assay.market.calls import RecordDomain, RecoverTypedData, check_record
from assay.market.errors import NotAnchored, UnknownCall
from assay.market.ports import Anchors, BatchBook


@dataclass(frozen=True)
class Check:
    """One thing that was checked: `detail` is the evidence, or why it does not hold."""

    name: str
    ok: bool
    detail: str


def make_call_proof(
    record: Cid, *, book: BatchBook, domain: RecordDomain, digest: RecordDigest
) -> CallProof:
    """The proof for one call.

    Raises:
        UnknownCall: no settled call has this record.
        NotAnchored: its batch is not on chain yet.
    """
    entry = book.call(record)
    if entry is None:
        raise UnknownCall(str(record))
    provider = entry.signed.record.provider
    batch = next((b for b in book.batches(provider) if b.number == entry.batch), None)
    if batch is None or batch.transaction is None or entry.position is None:
        raise NotAnchored(str(record))
    tree = batch_tree(book.calls_in_batch(provider, batch.number), digest)
    return CallProof(
        chain_id=domain.chain_id,
        anchor=domain.anchor,
        batch=batch.number,
        calls=batch.calls,
        root=batch.root,
        siblings=tuple(tree.proof(entry.position)),
        transaction=batch.transaction,
        signed=entry.signed,
    )


def check_call_proof(
    proof: CallProof,
    *,
    anchors: Anchors,
    domain: RecordDomain,
    digest: RecordDigest,
    recover: RecoverTypedData,
) -> list[Check]:
    """Check chain, signature, path and root of a proof, believing nothing in it."""
    given = RecordDomain(proof.chain_id, proof.anchor)
    checks = [
        Check(
            "chain",
            given == domain,
            f"chain {proof.chain_id}, CallAnchor {proof.anchor}; "
            f"here chain {domain.chain_id}, CallAnchor {domain.anchor}",
        ),
        _check_signature(proof, domain, recover),
        Check(
            "inclusion",
            proof.includes(digest(proof.signed.record)),
            f"{len(proof.siblings)} siblings lead to the root 0x{proof.root.hex()}",
        ),
    ]
    return [*checks, _check_anchored(proof, anchors)]


def _check_signature(proof: CallProof, domain: RecordDomain, recover: RecoverTypedData) -> Check:
    try:
        check_record(proof.signed, domain, recover)
    except AssayError as error:
        return Check("signature", ok=False, detail=str(error))
    return Check("signature", ok=True, detail=f"by {proof.signed.record.provider}")


def _check_anchored(proof: CallProof, anchors: Anchors) -> Check:
    provider = proof.signed.record.provider
    for batch in anchors.anchored([proof.transaction])[0]:
        if (batch.provider, batch.number) == (provider, proof.batch):
            ok = (batch.root, batch.calls) == (proof.root, proof.calls)
            detail = f"batch {batch.number} has root 0x{batch.root.hex()} of {batch.calls} calls"
            return Check("anchored", ok, detail)
    detail = f"{proof.transaction} anchors no batch {proof.batch} of {provider}"
    return Check("anchored", ok=False, detail=detail)
