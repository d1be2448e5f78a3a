"""The keys of a local chain's known accounts, from Anvil's public phrase.

Derived by BIP-39 (PBKDF2 of the phrase) and BIP-32 along BIP-44's m/44'/60'/0'/0/index:
https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from eth_keys.datatypes import PrivateKey

_PHRASE = b"test test test test test test test test test test test junk"
_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_HARDENED = 0x80000000
_PATH = (44 | _HARDENED, 60 | _HARDENED, 0 | _HARDENED, 0)


@cache
def known_key(index: int) -> bytes:
    """The 32-byte private key of the account `index`; everybody knows it."""
    return _child(*_account_level(), index)[0]


@cache
def _account_level() -> tuple[bytes, bytes]:
    seed = hashlib.pbkdf2_hmac("sha512", _PHRASE, b"mnemonic", 2048)
    node = hmac.digest(b"Bitcoin seed", seed, "sha512")
    key, chain_code = node[:32], node[32:]
    for index in _PATH:
        key, chain_code = _child(key, chain_code, index)
    return key, chain_code


def _child(key: bytes, chain_code: bytes, index: int) -> tuple[bytes, bytes]:
    hardened = index >= _HARDENED
    parent = b"\0" + key if hardened else PrivateKey(key).public_key.to_compressed_bytes()
    node = hmac.digest(chain_code, parent + index.to_bytes(4, "big"), "sha512")
    number = (int.from_bytes(node[:32], "big") + int.from_bytes(key, "big")) % _ORDER
    return number.to_bytes(32, "big"), node[32:]
