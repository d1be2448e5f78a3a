"""Transactions of type 2 as they are signed (https://eips.ethereum.org/EIPS/eip-1559).

    raw = sign_transaction(key, {"type": 2, "chainId": 31337, "nonce": 0, "to": address, ...})

Written out here, because eth_account, which can do it too, takes most of a second to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rlp  # type: ignore[import-untyped]
from eth_keys.datatypes import PrivateKey
from eth_utils.crypto import keccak

_TYPE = 2
_NUMBERS = ("chainId", "nonce", "maxPriorityFeePerGas", "maxFeePerGas", "gas")
_MEMBERS = {"type", *_NUMBERS, "to", "value", "data"}


def sign_transaction(key: PrivateKey, transaction: Mapping[str, Any]) -> bytes:
    """The raw signed transaction, as eth_sendRawTransaction takes it.

    Args:
        transaction: `type` (2), `chainId`, `nonce`, `maxPriorityFeePerGas`, `maxFeePerGas`, `gas`,
            `to` (text), `value` and `data` (hexadecimal text).
    """
    assert set(transaction) == _MEMBERS, f"not the members of a transaction: {set(transaction)}"
    assert transaction["type"] == _TYPE, "no other type is ever sent"
    members = [
        *(transaction[name] for name in _NUMBERS),
        bytes.fromhex(transaction["to"][2:]),
        transaction["value"],
        bytes.fromhex(transaction["data"][2:]),
        [],  # no access list
    ]
    signature = key.sign_msg_hash(keccak(_encoded(members)))
    return _encoded([*members, signature.v, signature.r, signature.s])


def _encoded(members: list[Any]) -> bytes:
    return bytes([_TYPE]) + bytes(rlp.encode(members))
