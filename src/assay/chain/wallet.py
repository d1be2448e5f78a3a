"""What needs eth_account: encrypted files, and keys for libraries that sign by themselves.

A module of its own, imported where it is needed, for it takes most of a second to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eth_account import Account as EthAccount
from eth_account.signers.local import LocalAccount
from eth_keyfile.keyfile import create_keyfile_json, decode_keyfile_json


def new_key() -> bytes:
    """A fresh private key of 32 bytes."""
    return bytes(EthAccount.create().key)


def local_account(key: bytes) -> LocalAccount:
    """The key in eth_account's shape. Never log it."""
    signer: LocalAccount = EthAccount.from_key(key)
    return signer


def encrypt(key: bytes, password: str) -> dict[str, Any]:
    """The content of a keystore file, by scrypt."""
    return dict(create_keyfile_json(key, password.encode(), kdf="scrypt"))


def decrypt(content: Mapping[str, Any], password: str) -> bytes:
    """The key in a keystore file's content; raises what eth_keyfile raises."""
    return bytes(decode_keyfile_json(dict(content), password.encode()))
