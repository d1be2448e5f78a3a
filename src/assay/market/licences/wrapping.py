"""A content key on its way to one receiver: HPKE (RFC 9180) to a key made for one request.

>>> receiver, asset = KeyReceiver(), Digest.of(b"an asset")
>>> key = ContentKey.random()
>>> receiver.unwrap(wrap_key(key, receiver.public, asset), asset) == key
True

The receiver's public key stands in the text that the holder of the licence signs, so that nobody on
the way can put another in its place, or read the answer, TLS or not.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.licences.errors import WrappedKeyMalformed

SCHEME = "hpke-x25519-hkdf-sha256-aes256gcm"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PURPOSE = b"assay content key 1"
_PUBLIC_BYTES = 32
_LARGEST_WRAPPED_BYTES = 256


class KeyReceiver:
    """A key pair for one request; nothing that is printed shows its secret."""

    __slots__ = ("_private", "public")

    def __init__(self) -> None:
        self._private = X25519PrivateKey.generate()
        self.public = self._private.public_key().public_bytes_raw()

    def unwrap(self, wrapped: bytes, asset_id: Digest) -> ContentKey:
        """The key that was wrapped to this pair, for this asset.

        Raises:
            WrappedKeyMalformed: it was wrapped to another, for another asset, or changed.
        """
        if len(wrapped) > _LARGEST_WRAPPED_BYTES:
            raise WrappedKeyMalformed(f"it has {len(wrapped)} bytes")
        try:
            raw = _SUITE.decrypt(wrapped, self._private, info=_info(asset_id))
            return ContentKey(raw)
        except (InvalidTag, ValueError):
            raise WrappedKeyMalformed("it does not open with the secret of this request") from None
        except InputError as error:
            raise WrappedKeyMalformed(str(error)) from None

    def __repr__(self) -> str:
        return f"KeyReceiver({self.public.hex()})"


def wrap_key(key: ContentKey, receiver: bytes, asset_id: Digest) -> bytes:
    """The key, readable by the holder of the secret behind `receiver`, 32 bytes.

    Raises:
        InputError: no key that anything can be wrapped to.
    """
    try:
        public = X25519PublicKey.from_public_bytes(receiver)
        return bytes(_SUITE.encrypt(key.reveal(), public, info=_info(asset_id)))
    except ValueError:
        raise InputError("The receiver's key is not a point of X25519.") from None


def key_purpose(asset_id: Digest, receiver: bytes) -> str:
    """What somebody signs in for: the key of one asset, to one receiver."""
    return f"key/{asset_id.raw.hex()}/{base64.urlsafe_b64encode(receiver).decode().rstrip('=')}"


def read_receiver(text: str) -> bytes:
    """The receiver's key in a purpose.

    Raises:
        InputError: not 32 bytes in base64url.
    """
    try:
        receiver = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        receiver = b""
    if len(receiver) != _PUBLIC_BYTES:
        raise InputError("The receiver's key is not 32 bytes in base64url.")
    return receiver


def _info(asset_id: Digest) -> bytes:
    return _PURPOSE + asset_id.raw
