"""Attestations of the Ethereum Attestation Service (https://attest.org), as pure values.

>>> static_data(1, True).hex() == "00" * 31 + "01" + "00" * 31 + "01"
True
>>> schema_uid("bool like", revocable=True)[:12]
'0x33e9094830'

A schema whose fields are all static has one word of 32 bytes for each field.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assay.core.address import ZERO_ADDRESS
from assay.core.keccak import keccak

_WORD_BYTES = 32


def schema_uid(schema: str, *, revocable: bool) -> str:
    """What the registry knows a schema without a resolver by: 0x and 64 characters."""
    resolver = bytes.fromhex(ZERO_ADDRESS[2:])
    return "0x" + keccak(schema.encode() + resolver + bytes([revocable])).hex()


def static_data(*fields: int) -> bytes:
    """The data of a schema of static fields: numbers, addresses and digests, all as numbers."""
    return b"".join(field.to_bytes(_WORD_BYTES, "big") for field in fields)


def attestation_fault(found: Any, uid: str, schema: str) -> str:
    """Why an answer is not the standing attestation of a uid and a schema; empty if it is.

    Args:
        found: the service's `Attestation`, with its names; None if it does not answer.
    """
    if found is None or "0x" + found.uid.hex() != uid:
        return "the attestation service does not know it"
    if "0x" + found.schema.hex() != schema:
        return "it has another schema"
    if found.revocationTime:
        revoked = datetime.fromtimestamp(found.revocationTime, UTC)
        return f"it was revoked at {revoked:%Y-%m-%d %H:%M:%S}Z"
    return ""
