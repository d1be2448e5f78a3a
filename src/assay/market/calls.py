"""Call records: the provider's signed statement of who paid what for which answer (EIP-712).

    signed = sign_record(record, domain, account)
    cid = store.add_bytes(signed.encode())
    check_record(SignedCallRecord.decode(store.read_bytes(cid)), domain, recover_typed_data)

The record names the prompt and the answer by digest only, so that it can be public.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.errors import RecordForged, RecordMalformed

SCHEMA = "call/1"
PRIMARY_TYPE = "CallRecord"
_SIGNATURE = re.compile(r"0x[0-9a-f]{130}")

# The type string of EIP-712, in the order that the digest is made of.
CALL_RECORD_TYPES: Mapping[str, Sequence[Mapping[str, str]]] = {
    PRIMARY_TYPE: [
        {"name": "provider", "type": "address"},
        {"name": "payer", "type": "address"},
        {"name": "service", "type": "uint256"},
        {"name": "model", "type": "uint256"},
        {"name": "promptDigest", "type": "bytes32"},
        {"name": "outputDigest", "type": "bytes32"},
        {"name": "token", "type": "address"},
        {"name": "amount", "type": "uint256"},
        {"name": "paymentNonce", "type": "bytes32"},
        {"name": "startedAt", "type": "uint64"},
        {"name": "finishedAt", "type": "uint64"},
    ]
}


class TypedDataSigner(Protocol):
    """An account that signs typed data."""

    @property
    def address(self) -> Address:
        """Whose signature it is."""
        ...

    def sign_typed_data(
        self,
        domain: Mapping[str, Any],
        types: Mapping[str, Sequence[Mapping[str, str]]],
        primary_type: str,
        message: Mapping[str, Any],
    ) -> bytes:
        """Sign by EIP-712; 65 bytes."""
        ...


# (domain, types, primary type, message) -> 32 bytes; and with a signature at the end -> address.
TypedDataDigest = Callable[
    [Mapping[str, Any], Mapping[str, Sequence[Mapping[str, str]]], str, Mapping[str, Any]], bytes
]
RecoverTypedData = Callable[
    [Mapping[str, Any], Mapping[str, Sequence[Mapping[str, str]]], str, Mapping[str, Any], bytes],
    Address,
]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One served call.

    Attributes:
        service: asset id of the service; its price was paid.
        model: asset id of the model that answered.
        prompt_digest: SHA-256 of the canonical prompt document (`TextRequest.prompt_digest`).
        output_digest: SHA-256 of the answer's text in UTF-8.
        token: the ERC-20 that was paid in.
        amount: whole units of the token.
        payment_nonce: nonce of the EIP-3009 authorization, which names the payment for ever.
        started_at: seconds since 1970 when generation began.
        finished_at: seconds since 1970 when it was complete.
    """

    provider: Address
    payer: Address
    service: Digest
    model: Digest
    prompt_digest: Digest
    output_digest: Digest
    token: Address
    amount: int
    payment_nonce: Digest
    started_at: int
    finished_at: int

    def message(self) -> dict[str, Any]:
        """The EIP-712 message: fields by their names in the type."""
        values = [getattr(self, field.name) for field in fields(self)]
        return {
            entry["name"]: _typed(entry["type"], value)
            for entry, value in zip(CALL_RECORD_TYPES[PRIMARY_TYPE], values, strict=True)
        }

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values under their EIP-712 names; large numbers as text."""
        return {
            "provider": self.provider,
            "payer": self.payer,
            "service": self.service.hex,
            "model": self.model.hex,
            "promptDigest": self.prompt_digest.hex,
            "outputDigest": self.output_digest.hex,
            "token": self.token,
            "amount": str(self.amount),
            "paymentNonce": self.payment_nonce.hex,
            "startedAt": self.started_at,
            "finishedAt": self.finished_at,
        }

    @classmethod
    def from_json(cls, value: Any) -> CallRecord:
        """Read what `as_json` wrote, and nothing else.

        Raises:
            RecordMalformed: a field is missing, unknown, or of another type.
        """
        try:
            record = cls(
                provider=parse_address(value["provider"]),
                payer=parse_address(value["payer"]),
                service=Digest.parse(value["service"]),
                model=Digest.parse(value["model"]),
                prompt_digest=Digest.parse(value["promptDigest"]),
                output_digest=Digest.parse(value["outputDigest"]),
                token=parse_address(value["token"]),
                amount=int(value["amount"]),
                payment_nonce=Digest.parse(value["paymentNonce"]),
                started_at=int(value["startedAt"]),
                finished_at=int(value["finishedAt"]),
            )
        except (KeyError, TypeError, ValueError, AssayError) as error:
            raise RecordMalformed(f"{type(error).__name__}: {error}") from None
        if record.as_json() != value:
            raise RecordMalformed("it is not in its one canonical form")
        return record


@dataclass(frozen=True, slots=True)
class SignedCallRecord:
    """A record and the provider's 65-byte signature: the artefact that is stored."""

    record: CallRecord
    signature: bytes

    def as_json(self) -> dict[str, Any]:
        """The artefact as JSON values."""
        return {
            "assay": SCHEMA,
            "record": self.record.as_json(),
            "signature": "0x" + self.signature.hex(),
        }

    def encode(self) -> bytes:
        """The artefact's bytes: canonical JSON."""
        return canonical_json(self.as_json())

    @property
    def cid(self) -> Cid:
        """The name of the artefact."""
        return Cid.raw(self.encode())

    @classmethod
    def from_json(cls, value: Any) -> SignedCallRecord:
        """Read what `as_json` wrote, and nothing else.

        Raises:
            RecordMalformed: another schema or shape.
        """
        if not isinstance(value, dict) or set(value) != {"assay", "record", "signature"}:
            raise RecordMalformed("it is not an object with assay, record and signature")
        if value["assay"] != SCHEMA:
            raise RecordMalformed(f"schema {str(value['assay'])[:40]!r} is unknown")
        signature = value["signature"]
        if not isinstance(signature, str) or not _SIGNATURE.fullmatch(signature):
            raise RecordMalformed("the signature is not 65 bytes in hexadecimal")
        return cls(CallRecord.from_json(value["record"]), bytes.fromhex(signature[2:]))

    @classmethod
    def decode(cls, data: bytes) -> SignedCallRecord:
        """Read the artefact's bytes.

        Raises:
            RecordMalformed: not JSON, not canonical, or another schema or shape.
        """
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            raise RecordMalformed("it is not JSON") from None
        signed = cls.from_json(value)
        if signed.encode() != data:
            raise RecordMalformed("it is not in its one canonical form")
        return signed


@dataclass(frozen=True, slots=True)
class RecordDomain:
    """What a signature is bound to: the chain and the CallAnchor contract on it."""

    chain_id: int
    anchor: Address

    def as_typed_data(self) -> dict[str, Any]:
        """The EIP-712 domain."""
        return {
            "name": "Assay CallAnchor",
            "version": "1",
            "chainId": self.chain_id,
            "verifyingContract": self.anchor,
        }


def record_digest(record: CallRecord, domain: RecordDomain, digest: TypedDataDigest) -> bytes:
    """The 32 bytes that are signed, and that are the leaf of the Merkle tree."""
    return digest(domain.as_typed_data(), CALL_RECORD_TYPES, PRIMARY_TYPE, record.message())


def sign_record(
    record: CallRecord, domain: RecordDomain, signer: TypedDataSigner
) -> SignedCallRecord:
    """Sign as the provider that the record names."""
    assert signer.address == record.provider, "a record is signed by its provider"
    signature = signer.sign_typed_data(
        domain.as_typed_data(), CALL_RECORD_TYPES, PRIMARY_TYPE, record.message()
    )
    return SignedCallRecord(record, signature)


def check_record(signed: SignedCallRecord, domain: RecordDomain, recover: RecoverTypedData) -> None:
    """Check that the provider that the record names has signed it.

    Raises:
        RecordForged: somebody else signed it, nobody did, or it was changed since.
    """
    message = signed.record.message()
    try:
        signer = recover(
            domain.as_typed_data(), CALL_RECORD_TYPES, PRIMARY_TYPE, message, signed.signature
        )
    except AssayError as error:
        raise RecordForged(str(error)) from None
    if signer != signed.record.provider:
        raise RecordForged(f"signed by {signer}, but it names {signed.record.provider}")


def _typed(kind: str, value: Any) -> Any:
    if isinstance(value, Digest):
        return value.token_id if kind == "uint256" else value.raw
    return value
