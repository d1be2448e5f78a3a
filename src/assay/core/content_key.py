"""The secret that opens one sealed asset: 32 random bytes that nothing prints.

>>> key = ContentKey.random()
>>> key
ContentKey(...)
>>> ContentKey(key.reveal()) == key
True
"""

from __future__ import annotations

import hmac
import secrets

from assay.errors import InputError

KEY_BYTES = 32


class ContentKey:
    """A key for AES-256; compared in constant time, never shown by `repr`, `str` or a log."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        """Wrap 32 bytes.

        Raises:
            InputError: another length.
        """
        if len(raw) != KEY_BYTES:
            raise InputError(f"A content key has {KEY_BYTES} bytes, this one has {len(raw)}.")
        self._raw = bytes(raw)

    @classmethod
    def random(cls) -> ContentKey:
        """A fresh key from the operating system's generator."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        """The 32 bytes, for a cipher; never put them into a text."""
        return self._raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ContentKey) and hmac.compare_digest(self._raw, other._raw)

    def __hash__(self) -> int:
        return hash(self._raw)

    def __repr__(self) -> str:
        return "ContentKey(...)"
