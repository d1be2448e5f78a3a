"""Signatures of digests and typed data, by keys and by contracts (EIP-1271).

types = {"Greeting": [{"name": "text", "type": "string"}]}
domain = {"name": "Example", "version": "1", "chainId": 31337, "verifyingContract": address}
signature = account.sign_typed_data(domain, types, "Greeting", {"text": "hello"})
signer = recover_typed_data(domain, types, "Greeting", {"text": "hello"}, signature)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_abi.abi import encode
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError

from assay.chain.errors import RpcFault, SignatureInvalid
from assay.chain.node import Node
from assay.chain.typed_data import Types, typed_data_digest
from assay.core.address import Address

_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
_IS_VALID_SIGNATURE = bytes.fromhex("1626ba7e")  # also the answer that means yes


def recover(digest: bytes, signature: bytes) -> Address:
    """The address whose key signed the 32-byte digest; as strict as OpenZeppelin's ECDSA.

    Raises:
        SignatureInvalid: not 65 bytes, v not 27 or 28, s in the upper half, or no such key.
    """
    if len(signature) != 65:
        raise SignatureInvalid(f"{len(signature)} bytes instead of 65")
    r, s, v = (
        int.from_bytes(signature[:32], "big"),
        int.from_bytes(signature[32:64], "big"),
        signature[64],
    )
    if v not in {27, 28}:
        raise SignatureInvalid(f"v is {v} instead of 27 or 28")
    if s > _HALF_ORDER:
        raise SignatureInvalid("s is in the upper half of the curve's order")
    try:
        key = Signature(vrs=(v - 27, r, s)).recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError):
        raise SignatureInvalid("no key can have made it") from None
    return Address(key.to_checksum_address())


def recover_typed_data(
    domain: Mapping[str, Any],
    types: Types,
    primary_type: str,
    message: Mapping[str, Any],
    signature: bytes,
) -> Address:
    """The address that signed `message`.

    Raises:
        SignatureInvalid: no address can have signed it.
        InputError: the message does not fit its type.
    """
    return recover(typed_data_digest(domain, types, primary_type, message), signature)


def is_valid_signature(node: Node, address: Address, digest: bytes, signature: bytes) -> bool:
    """True if the key of `address` signed, or the contract there accepts it (EIP-1271)."""
    try:
        if recover(digest, signature) == address:
            return True
    except SignatureInvalid:
        pass  # a contract may have a form of its own
    if not node.code(address):
        return False
    data = _IS_VALID_SIGNATURE + encode(["bytes32", "bytes"], [digest, signature])
    try:
        answer = node.request("eth_call", [{"to": address, "data": "0x" + data.hex()}, "latest"])
    except RpcFault:
        return False
    return bytes.fromhex(answer[2:]) == _IS_VALID_SIGNATURE + bytes(28)
