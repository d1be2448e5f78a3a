"""The headers of x402 version 2: what is asked in PAYMENT-REQUIRED, and given in PAYMENT-SIGNATURE.

    signed = read_header(value)              # signed.scheme, signed.payload, signed.identifier
    header = required_header([offer], url, "payment_required", "One call of tiny")

Read strictly and cheaply, because this is done for every request; what is inside of a payload is
read by the scheme that it names. The extension `payment-identifier` is offered with every price.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.market.errors import PaymentMalformed

LARGEST_HEADER_CHARACTERS = 16_384
IDENTIFIER = "payment-identifier"
_IDENTIFIER = re.compile(r"[a-zA-Z0-9_-]{16,128}")
_EXTENSIONS = {
    IDENTIFIER: {
        "info": {"required": False},
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "required": {"type": "boolean"},
                "id": {
                    "type": "string",
                    "minLength": 16,
                    "maxLength": 128,
                    "pattern": "^[a-zA-Z0-9_-]+$",
                },
            },
            "required": ["required"],
        },
    }
}


@dataclass(frozen=True, slots=True)
class SignedHeader:
    """What a client accepted, and its payment.

    Attributes:
        accepted: the terms that it chose, as it repeats them.
        payload: the payment itself, as its scheme has it.
        identifier: under which the client wants to find the answer again, if it gave one.
        text: the header's value as it came.
    """

    accepted: Mapping[str, Any]
    payload: Mapping[str, Any]
    identifier: str | None
    text: str

    @property
    def scheme(self) -> str:
        """The scheme of the payment; empty if the client names none."""
        scheme = self.accepted.get("scheme")
        return scheme if isinstance(scheme, str) else ""


def read_header(text: str) -> SignedHeader:
    """Read a PAYMENT-SIGNATURE header.

    Raises:
        PaymentMalformed: too long, or not base64 of a version 2 payment in JSON.
    """
    if len(text) > LARGEST_HEADER_CHARACTERS:
        raise PaymentMalformed(f"the header has more than {LARGEST_HEADER_CHARACTERS} characters")
    try:
        document = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise PaymentMalformed(f"not base64 of a payment ({type(error).__name__})") from None
    if not isinstance(document, dict):
        raise PaymentMalformed("not base64 of a payment")
    version = document.get("x402Version")
    if type(version) is not int or version != 2:
        raise PaymentMalformed("not x402 version 2")
    accepted, payload = document.get("accepted"), document.get("payload")
    if not isinstance(accepted, dict) or not isinstance(payload, dict):
        raise PaymentMalformed("it has no accepted terms, or no payload")
    return SignedHeader(accepted, payload, _identifier(document.get("extensions")), text)


def required_header(
    offers: Sequence[Mapping[str, Any]], url: str, error: str, description: str
) -> str:
    """Write a PAYMENT-REQUIRED header that leaves the choice among offers."""
    return write_header(
        {
            "x402Version": 2,
            "error": error,
            "resource": {
                "url": url,
                "description": description,
                "mimeType": "application/json",
            },
            "accepts": list(offers),
            "extensions": _EXTENSIONS,
        }
    )


def write_header(document: Mapping[str, Any]) -> str:
    """A document as x402 puts it into a header."""
    return base64.b64encode(json.dumps(document, separators=(",", ":")).encode()).decode()


def _identifier(extensions: Any) -> str | None:
    """The identifier that a client gave; a client that gives none repeats our offer of it."""
    extension = extensions.get(IDENTIFIER) if isinstance(extensions, dict) else None
    info = extension.get("info") if isinstance(extension, dict) else None
    given = info.get("id") if isinstance(info, dict) else None
    if given is None:
        return None
    if not isinstance(given, str) or not _IDENTIFIER.fullmatch(given):
        raise PaymentMalformed("the payment identifier is not 16 to 128 of a-z A-Z 0-9 _ -")
    return given
