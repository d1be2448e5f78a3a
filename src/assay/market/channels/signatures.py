"""Whether a key signed a voucher: the one costly step of every call, so made as cheap as it gets.

    checker = SignatureChecker()
    checker.signed(config.payer_authorizer, digest.raw, voucher.signature)

The first signature of an authorizer is recovered, which gives its public key; with the key known,
a check takes a fifth less time. It does not cover `v`, though, without which no contract accepts
the signature: so a voucher that may be the one to claim with is checked `strictly`, by recovery.
"""

from __future__ import annotations

from coincurve._libsecp256k1 import ffi, lib  # type: ignore[import-not-found]
from coincurve.context import GLOBAL_CONTEXT

from assay.core.address import Address
from assay.core.keccak import keccak

MOST_KEYS_KEPT = 65_536
_UNCOMPRESSED = lib.SECP256K1_EC_UNCOMPRESSED
_UNCOMPRESSED_BYTES = 65
_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0


def is_canonical(signature: bytes) -> bool:
    """True if a signature by a key is spelt in the one way that contracts accept."""
    return (
        len(signature) == 65
        and signature[64] in (27, 28)
        and int.from_bytes(signature[32:64], "big") <= _HALF_ORDER
    )


class SignatureChecker:
    """Checks signatures of 65 bytes with a low s and v 27 or 28; may be used by many threads."""

    def __init__(self) -> None:
        self._context = GLOBAL_CONTEXT.ctx
        self._keys: dict[Address, tuple[object, bytes]] = {}

    def signed(
        self, authorizer: Address, digest: bytes, signature: bytes, *, strictly: bool = True
    ) -> bool:
        """Whether the authorizer's key signed the 32 bytes; without `strictly`, whatever v is."""
        if not is_canonical(signature):
            return False
        known = self._keys.get(authorizer)
        if known is not None and not strictly:
            return self._verify(known[0], digest, signature)
        key = self._recover(digest, signature)
        if key is None:
            return False
        written = self._written(key)
        if known is not None:
            return written == known[1]
        if keccak(written[1:])[12:] != bytes.fromhex(authorizer[2:]):
            return False
        if len(self._keys) >= MOST_KEYS_KEPT:
            self._keys.clear()
        self._keys[authorizer] = (key, written)
        return True

    def _verify(self, key: object, digest: bytes, signature: bytes) -> bool:
        parsed = ffi.new("secp256k1_ecdsa_signature *")
        if not lib.secp256k1_ecdsa_signature_parse_compact(self._context, parsed, signature[:64]):
            return False
        return bool(lib.secp256k1_ecdsa_verify(self._context, parsed, digest, key))

    def _recover(self, digest: bytes, signature: bytes) -> object | None:
        parsed = ffi.new("secp256k1_ecdsa_recoverable_signature *")
        key: object = ffi.new("secp256k1_pubkey *")
        context = self._context
        if not lib.secp256k1_ecdsa_recoverable_signature_parse_compact(
            context, parsed, signature[:64], signature[64] - 27
        ):
            return None
        return key if lib.secp256k1_ecdsa_recover(context, key, parsed, digest) else None

    def _written(self, key: object) -> bytes:
        output = ffi.new("unsigned char [65]")
        length = ffi.new("size_t *", _UNCOMPRESSED_BYTES)
        lib.secp256k1_ec_pubkey_serialize(self._context, output, length, key, _UNCOMPRESSED)
        return bytes(ffi.buffer(output))
