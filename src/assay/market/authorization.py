"""The EIP-3009 authorization in an x402 payment, read strictly before any library acts on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.errors import PaymentMalformed
from assay.market.metering import Payment

_FIELDS = {"from", "to", "value", "validAfter", "validBefore", "nonce"}
_NUMBER = re.compile(r"[0-9]{1,78}")
_BYTES = re.compile(r"0x([0-9a-fA-F]{2}){65,4096}")
_LARGEST_TIME_S = 2**63 - 1


def read_authorization(payload: Mapping[str, Any], header: str) -> Payment:
    """Read `{"authorization": {...}, "signature": "0x.."}`; anything beside them is refused.

    Raises:
        PaymentMalformed: a field is missing, unknown, or not what EIP-3009 says.
    """
    if set(payload) != {"authorization", "signature"}:
        raise PaymentMalformed("its payload is not an authorization and a signature")
    authorization, signature = payload["authorization"], payload["signature"]
    if not isinstance(authorization, dict) or set(authorization) != _FIELDS:
        raise PaymentMalformed("the authorization has not the fields of EIP-3009")
    if not all(isinstance(value, str) for value in authorization.values()):
        raise PaymentMalformed("a field of the authorization is not text")
    if not isinstance(signature, str) or not _BYTES.fullmatch(signature):
        raise PaymentMalformed("the signature is not hexadecimal")
    _number(authorization, "validAfter")
    try:
        return Payment(
            payer=parse_address(authorization["from"]),
            nonce=Digest.parse(authorization["nonce"]),
            recipient=parse_address(authorization["to"]),
            amount=_number(authorization, "value"),
            valid_before=min(_number(authorization, "validBefore"), _LARGEST_TIME_S),
            signature=bytes.fromhex(signature[2:]),
            header=header,
        )
    except PaymentMalformed:
        raise
    except AssayError as error:
        raise PaymentMalformed(str(error).rstrip(".")) from None


def _number(authorization: Mapping[str, str], name: str) -> int:
    text = authorization[name]
    if not _NUMBER.fullmatch(text) or int(text) >= 2**256:
        raise PaymentMalformed(f"{name} is not a whole number of 256 bits")
    return int(text)
