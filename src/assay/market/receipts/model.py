"""What an offer and a receipt say, and how they travel in the headers of x402.

>>> offer = Offer("https://example.org/a", "exact", "eip155:8453", "0x..", "0x..", "10000", 0)
>>> sorted(offer.payload())
['amount', 'asset', 'network', 'payTo', 'resourceUrl', 'scheme', 'validUntil', 'version']
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.market.receipts.errors import ReceiptMalformed

EXTENSION = "offer-receipt"
VERSION = 1

Types = Mapping[str, Sequence[Mapping[str, str]]]

# The type strings of EIP-712, in the order that the digests are made of.
OFFER_TYPES: Types = {
    "Offer": [
        {"name": "version", "type": "uint256"},
        {"name": "resourceUrl", "type": "string"},
        {"name": "scheme", "type": "string"},
        {"name": "network", "type": "string"},
        {"name": "asset", "type": "string"},
        {"name": "payTo", "type": "string"},
        {"name": "amount", "type": "string"},
        {"name": "validUntil", "type": "uint256"},
    ]
}
RECEIPT_TYPES: Types = {
    "Receipt": [
        {"name": "version", "type": "uint256"},
        {"name": "network", "type": "string"},
        {"name": "resourceUrl", "type": "string"},
        {"name": "payer", "type": "string"},
        {"name": "issuedAt", "type": "uint256"},
        {"name": "transaction", "type": "string"},
    ]
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Terms that a provider stands by until `valid_until`, seconds since 1970 (0: no end)."""

    resource_url: str
    scheme: str
    network: str
    asset: str
    pay_to: str
    amount: str
    valid_until: int

    def payload(self) -> dict[str, Any]:
        """The fields as they travel and are signed."""
        return {
            "version": VERSION,
            "resourceUrl": self.resource_url,
            "scheme": self.scheme,
            "network": self.network,
            "asset": self.asset,
            "payTo": self.pay_to,
            "amount": self.amount,
            "validUntil": self.valid_until,
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """That `payer` paid for the resource and was served, at `issued_at`, seconds since 1970.

    Attributes:
        transaction: hash of the transaction that came with the payment; empty for a mere voucher.
    """

    network: str
    resource_url: str
    payer: str
    issued_at: int
    transaction: str

    def payload(self) -> dict[str, Any]:
        """The fields as they travel and are signed."""
        return {
            "version": VERSION,
            "network": self.network,
            "resourceUrl": self.resource_url,
            "payer": self.payer,
            "issuedAt": self.issued_at,
            "transaction": self.transaction,
        }


def typed_data(content: Offer | Receipt) -> tuple[dict[str, Any], Types, str]:
    """Domain, types and primary type; chain 1 stands in the domain whatever the network is."""
    types = OFFER_TYPES if isinstance(content, Offer) else RECEIPT_TYPES
    name = type(content).__name__
    return {"name": f"x402 {name.lower()}", "version": "1", "chainId": 1}, types, name


def artefact(content: Offer | Receipt, signature: bytes) -> dict[str, Any]:
    """The signed content as it travels."""
    return {
        "format": "eip712",
        "payload": content.payload(),
        "signature": "0x" + signature.hex(),
    }


def read_offer(value: Any) -> tuple[Offer, bytes]:
    """An offer and its signature; raises KeyError, TypeError, ValueError, AttributeError."""
    payload = _payload(value)
    offer = Offer(
        resource_url=payload["resourceUrl"],
        scheme=payload["scheme"],
        network=payload["network"],
        asset=payload["asset"],
        pay_to=payload["payTo"],
        amount=payload["amount"],
        valid_until=payload.get("validUntil", 0),
    )
    return offer, _signature(value)


def read_receipt(value: Any) -> tuple[Receipt, bytes]:
    """A receipt and its signature; raises KeyError, TypeError, ValueError, AttributeError."""
    payload = _payload(value)
    receipt = Receipt(
        network=payload["network"],
        resource_url=payload["resourceUrl"],
        payer=payload["payer"],
        issued_at=payload["issuedAt"],
        transaction=payload.get("transaction", ""),
    )
    return receipt, _signature(value)


def decode_header(header: str) -> dict[str, Any]:
    """The JSON object in a header of x402.

    Raises:
        ReceiptMalformed: it is not base64 of one.
    """
    try:
        document = json.loads(base64.b64decode(header, validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ReceiptMalformed(type(error).__name__) from None
    if not isinstance(document, dict):
        raise ReceiptMalformed("not an object")
    return document


def extend_header(document: Mapping[str, Any], info: Mapping[str, Any]) -> str:
    """The header again, with our extension added to those that it has."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(info),
    }
    extensions = {
        **(document.get("extensions") or {}),
        EXTENSION: {"info": dict(info), "schema": schema},
    }
    data = json.dumps({**document, "extensions": extensions}, separators=(",", ":"))
    return base64.b64encode(data.encode()).decode()


def _payload(value: Any) -> dict[str, Any]:
    payload: dict[str, Any] = value["payload"]
    if value["format"] != "eip712" or payload["version"] != VERSION:
        raise ValueError("another format or version")
    return payload


def _signature(value: Any) -> bytes:
    return bytes.fromhex(value["signature"].removeprefix("0x"))
