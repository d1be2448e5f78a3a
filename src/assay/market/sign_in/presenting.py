"""How a signed message travels: the header SIGN-IN-WITH-X of x402's extension `sign-in-with-x`.

    header = sign_in_header(text, account.sign_digest(personal_digest(text)))
    text, signature = read_sign_in_header(header)

It is base64 of the message's fields in JSON, and the signature. And the caller's side of the desk:
what to look at before signing.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import urlsplit

from assay.core.address import Address, parse_address
from assay.core.sign_in import VERSION, SignInMalformed, SignInMessage, read_sign_in
from assay.errors import InputError
from assay.market.sign_in.errors import ChallengeSuspicious

HEADER = "SIGN-IN-WITH-X"
_LARGEST_HEADER_CHARACTERS = 16_384
_CHAIN_PREFIX = "eip155:"
_OPTIONAL = {
    "statement": "statement",
    "expirationTime": "expiration_time",
    "notBefore": "not_before",
    "requestId": "request_id",
}


def check_challenge(text: str, *, address: Address, chain_id: int, url: str) -> SignInMessage:
    """Look at what a service asks to be signed, before signing it.

    Args:
        url: of the service that was asked.

    Raises:
        SignInMalformed: not a sign-in message.
        ChallengeSuspicious: for another site, account or chain: somebody may pass it on.
    """
    message = read_sign_in(text)
    expected = {
        "domain": (urlsplit(url).netloc, message.domain),
        "address": (address, message.address),
        "chain": (str(chain_id), str(message.chain_id)),
    }
    for field, (wanted, found) in expected.items():
        if wanted != found:
            raise ChallengeSuspicious(field, wanted, found)
    return message


def sign_in_header(text: str, signature: bytes) -> str:
    """The header's value for a message and its signature."""
    message = read_sign_in(text)
    fields: dict[str, Any] = {
        "domain": message.domain,
        "address": message.address,
        "uri": message.uri,
        "version": VERSION,
        "chainId": f"{_CHAIN_PREFIX}{message.chain_id}",
        "type": "eip191",
        "nonce": message.nonce,
        "issuedAt": message.issued_at,
        **{name: getattr(message, field) for name, field in _OPTIONAL.items()},
        "resources": None if message.resources is None else list(message.resources),
        "signature": "0x" + signature.hex(),
    }
    present = {name: value for name, value in fields.items() if value is not None}
    return base64.b64encode(json.dumps(present).encode()).decode()


def read_sign_in_header(value: str) -> tuple[str, bytes]:
    """The message's text and the signature in a header.

    Raises:
        SignInMalformed: not base64 of the fields of a message.
    """
    if len(value) > _LARGEST_HEADER_CHARACTERS:
        raise SignInMalformed(f"the header has more than {_LARGEST_HEADER_CHARACTERS} characters")
    try:
        fields = json.loads(base64.b64decode(value, validate=True))
        if (fields["version"], fields["type"]) != (VERSION, "eip191"):
            raise SignInMalformed("its version is not 1, or its type not eip191")
        chain = str(fields["chainId"])
        if not chain.startswith(_CHAIN_PREFIX):
            raise SignInMalformed(f"{chain[:40]!r} is no EVM chain")
        message = SignInMessage(
            domain=fields["domain"],
            address=parse_address(fields["address"]),
            uri=fields["uri"],
            chain_id=int(chain.removeprefix(_CHAIN_PREFIX)),
            nonce=fields["nonce"],
            issued_at=fields["issuedAt"],
            resources=tuple(fields["resources"]) if "resources" in fields else None,
            **{field: fields.get(name) for name, field in _OPTIONAL.items()},
        )
        return message.text(), read_signature(fields["signature"])
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SignInMalformed(f"the header: {type(error).__name__}") from None
    except SignInMalformed:
        raise
    except InputError as error:
        raise SignInMalformed(str(error).rstrip(".")) from None


def read_signature(text: str) -> bytes:
    """The bytes of a signature in hexadecimal; a contract's may have any length.

    Raises:
        SignInMalformed: it is not hexadecimal with 0x.
    """
    try:
        if not text.startswith("0x"):
            raise SignInMalformed("its signature does not start with 0x")
        return bytes.fromhex(text[2:])
    except ValueError:
        raise SignInMalformed("its signature is not hexadecimal") from None
