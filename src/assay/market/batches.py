"""Batches of call records: fixed, then anchored as one Merkle root, then provable one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assay.core.address import Address, parse_address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.merkle import MerkleTree, verify_proof
from assay.errors import AssayError
from assay.market.calls import CallRecord, SignedCallRecord
from assay.market.errors import ProofMalformed

SCHEMA = "call-proof/1"

RecordDigest = Callable[[CallRecord], bytes]  # the 32 bytes of EIP-712, on one chain


@dataclass(frozen=True, slots=True)
class CallEntry:
    """A settled call as it is anchored and traced.

    Attributes:
        transaction: hash of the transaction that paid for it.
        batch: number of the provider's batch that holds it, if any.
        position: its leaf in that batch.
    """

    signed: SignedCallRecord
    transaction: str
    text: str
    batch: int | None
    position: int | None

    @property
    def cid(self) -> Cid:
        """The record's CID."""
        return self.signed.cid


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """A batch of call records; `transaction` is None until it is anchored."""

    provider: Address
    number: int
    root: bytes
    calls: int
    transaction: str | None


def batch_tree(entries: Sequence[CallEntry], digest: RecordDigest) -> MerkleTree:
    """The tree over the EIP-712 digests of the records, in the order of the batch."""
    return MerkleTree([digest(entry.signed.record) for entry in entries])


@dataclass(frozen=True, slots=True)
class CallProof:
    """Everything that a stranger needs, beside the chain, to check that a call was recorded.

    Attributes:
        anchor: address of the CallAnchor contract.
        batch: number of the provider's batch.
        siblings: 32 bytes each, from the leaf up to the root.
        transaction: hash of the transaction that anchored the batch.
    """

    chain_id: int
    anchor: Address
    batch: int
    calls: int
    root: bytes
    siblings: tuple[bytes, ...]
    transaction: str
    signed: SignedCallRecord

    def includes(self, leaf: bytes) -> bool:
        """Whether the siblings lead from the record's 32-byte digest to the root."""
        return verify_proof(self.root, leaf, self.siblings)

    def as_json(self) -> dict[str, Any]:
        """What `assay call-proof make` writes."""
        return {
            "assay": SCHEMA,
            "chain_id": self.chain_id,
            "anchor": self.anchor,
            "batch": self.batch,
            "calls": self.calls,
            "root": "0x" + self.root.hex(),
            "siblings": ["0x" + sibling.hex() for sibling in self.siblings],
            "transaction": self.transaction,
            "call": self.signed.as_json(),
        }

    @classmethod
    def from_json(cls, value: Any) -> CallProof:
        """Read what `as_json` wrote.

        Raises:
            ProofMalformed: a field is missing or of another type.
        """
        try:
            if value["assay"] != SCHEMA:
                raise ProofMalformed(f"schema {value['assay']!r} is unknown")
            return cls(
                chain_id=int(value["chain_id"]),
                anchor=parse_address(value["anchor"]),
                batch=int(value["batch"]),
                calls=int(value["calls"]),
                root=Digest.parse(value["root"]).raw,
                siblings=tuple(Digest.parse(sibling).raw for sibling in value["siblings"]),
                transaction=Digest.parse(value["transaction"]).hex,
                signed=SignedCallRecord.from_json(value["call"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ProofMalformed(f"{type(error).__name__}: {error}") from None
        except ProofMalformed:
            raise
        except AssayError as error:
            raise ProofMalformed(str(error)) from None
