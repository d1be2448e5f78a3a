"""A validator's X25519 key, made from its account: nothing to store, nothing to lose.

    key = SealingKey.derive(lambda: account.sign_digest(purpose), task=1, epoch=0)
    key.public                  # 32 bytes, registered on chain with `join` or `rotateKey`

The secret is HKDF-SHA256 of what only the account can make, a deterministic signature (RFC 6979),
as in the key vault. Each task and epoch has a key of its own, so that one given away opens nothing
else; whoever has the account's key, however, has them all.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

PUBLIC_KEY_BYTES = 32
_PURPOSE = b"assay/sealing-key-1"


class SealingKey:
    """Opens what was sealed to its public half. Nothing that is printed or logged shows it."""

    __slots__ = ("_private",)

    def __init__(self, secret: bytes) -> None:
        """Wrap a 32-byte X25519 secret."""
        self._private = PrivateKey(secret)

    @classmethod
    def derive(cls, open_secret: Callable[[], bytes], task: int, epoch: int) -> SealingKey:
        """The key of one task and epoch.

        Args:
            open_secret: gives bytes that only the account can make, the same every time.
            epoch: counts the rotations of the key from 0.
        """
        context = _PURPOSE + task.to_bytes(32, "big") + epoch.to_bytes(8, "big")
        derivation = HKDF(algorithm=SHA256(), length=PrivateKey.SIZE, salt=None, info=context)
        return cls(derivation.derive(open_secret()))

    @property
    def public(self) -> bytes:
        """The 32 bytes that others seal to."""
        return bytes(self._private.public_key)

    def open(self, sealed: bytes) -> bytes | None:
        """What was sealed to this key with libsodium's sealed box; None if it does not open."""
        try:
            return bytes(SealedBox(self._private).decrypt(sealed))
        except CryptoError:
            return None

    def __repr__(self) -> str:
        return f"SealingKey(public=0x{self.public.hex()})"

    def __reduce__(self) -> str:
        raise TypeError("a sealing key is never pickled")
