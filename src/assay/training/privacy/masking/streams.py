"""Masks: streams of ChaCha20 under keys that two nodes share, or that one node has for itself.

A pair's key comes out of X25519 (RFC 7748), a node's own out of 32 random bytes; either goes
through HKDF-SHA256 (RFC 5869) with what it is for, the cohort and who is meant. ChaCha20 is as in
RFC 8439, without a nonce, since a key masks one vector only.

Flower's generator is not used. It folds a seed of 256 bits into 32 by exclusive or, and draws from
a Mersenne Twister: who knows all of a node's pairs but one can try all that the last may be.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.privacy.masking.errors import MaskingMalformed
from assay.training.privacy.masking.fixed_point import FixedPoint, Masked

KEY_BYTES = 32
_OWN, _PAIR = b"assay/self-mask-1", b"assay/pair-mask-1"
_NO_NONCE = bytes(16)


def public_half(secret: bytes) -> bytes:
    """The public X25519 key of a secret one; both 32 bytes."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def own_mask(seed: bytes, cohort: Digest, node: Address, scale: FixedPoint, size: int) -> Masked:
    """What a node adds that nobody shares, shape (size,)."""
    return _stream(seed, _OWN + cohort.raw + _raw(node), scale, size)


def pair_mask(
    secret: bytes,
    node: Address,
    public: bytes,
    other: Address,
    *,
    cohort: Digest,
    scale: FixedPoint,
    size: int,
) -> Masked:
    """What a node adds for another, which adds as much less; shape (size,).

    Args:
        secret: the node's, and
        public: the other's key; the other way round it is the same mask with the other sign.

    Raises:
        MaskingMalformed: the public key is weak.
    """
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(
            X25519PublicKey.from_public_bytes(public)
        )
    except ValueError:
        raise MaskingMalformed("key", f"that of {other} is weak") from None
    both = sorted((_raw(node), _raw(other)))
    mask = _stream(shared, _PAIR + cohort.raw + b"".join(both), scale, size)
    return mask if _raw(node) == both[0] else np.subtract(0, mask, dtype=scale.dtype)


def summed(parts: Iterable[Masked], scale: FixedPoint, size: int) -> Masked:
    """The sum modulo 2^bits."""
    total = np.zeros(size, scale.dtype)
    for part in parts:
        total += part
    return total


def _stream(key: bytes, purpose: bytes, scale: FixedPoint, size: int) -> Masked:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)
    cipher = Cipher(ChaCha20(derived, _NO_NONCE), mode=None).encryptor()
    return np.frombuffer(cipher.update(bytes(size * scale.bits // 8)), scale.dtype)


def _raw(node: Address) -> bytes:
    return bytes.fromhex(node.removeprefix("0x"))
