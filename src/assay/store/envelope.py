"""Sealed content: authenticated encryption of a stream of any length, in constant memory.

>>> key, asset = ContentKey.random(), Digest.of(b"a text")
>>> sealed = b"".join(seal([b"a text"], key, asset, Kind.FILE))
>>> opened = open_envelope([sealed], key, asset)
>>> opened.kind, b"".join(opened.pieces)
(<Kind.FILE: 0>, b'a text')

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizar: Online Authenticated-Encryption and
its Nonce-Reuse Misuse-Resistance, 2015) over AES-256-GCM, as in the age file format:

    header   48 bytes: magic 8, version 1, kind 1, log2 of the chunk 1, zeros 5, salt 32
    key      HKDF-SHA256(content key, salt, "assay sealed content" + header + asset id)
    chunk    AES-256-GCM(key, nonce), nonce = number of the chunk in 11 bytes + (1 if last else 0)

All chunks but the last are full. Every bit of the header and the asset's id go into the key, the
place of a chunk into its nonce, and the end into the nonce of the last: what was changed, cut,
reordered or taken from another envelope opens nothing. A fresh salt means a fresh key, so no nonce
is used twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.store.errors import EnvelopeDamaged, EnvelopeMalformed

SCHEME = "assay/sealed-1"
"""What metadata calls this format."""

CHUNK_LOG2 = 20
HEADER_BYTES = 48
TAG_BYTES = 16
SALT_BYTES = 32
_MAGIC = b"ASSAYSLD"
_VERSION = 1
_PURPOSE = b"assay sealed content"
_SMALLEST_CHUNK_LOG2, _LARGEST_CHUNK_LOG2 = 6, 24


class Kind(IntEnum):
    """What the plain bytes are: a file's, or the archive of a folder (see `archive`)."""

    FILE = 0
    FOLDER = 1


@dataclass(frozen=True)
class Opened:
    """An envelope whose header was read; each of `pieces` is verified before it comes out.

    That the content is complete is known only when `pieces` has ended without an error.
    """

    kind: Kind
    pieces: Iterator[bytes]


def seal(
    plain: Iterable[bytes],
    key: ContentKey,
    asset_id: Digest,
    kind: Kind,
    *,
    salt: bytes | None = None,
    chunk_log2: int = CHUNK_LOG2,
) -> Iterator[bytes]:
    """The envelope of `plain`, piece by piece; holds two chunks in memory.

    Args:
        salt: 32 bytes, fresh ones if None. The same key and salt must never see other content.
    """
    salt = salt or secrets.token_bytes(SALT_BYTES)
    header = _MAGIC + bytes([_VERSION, kind, chunk_log2]) + bytes(5) + salt
    yield header
    cipher = _cipher(key, header, asset_id)
    for number, chunk, is_last in _numbered(plain, 1 << chunk_log2):
        yield cipher.encrypt(_nonce(number, is_last), chunk, None)


def sealed_bytes(plain_bytes: int, *, chunk_log2: int = CHUNK_LOG2) -> int:
    """The size of the envelope of so many bytes."""
    chunks = max(1, -(-plain_bytes >> chunk_log2))
    return HEADER_BYTES + plain_bytes + chunks * TAG_BYTES


def open_envelope(sealed: Iterable[bytes], key: ContentKey, asset_id: Digest) -> Opened:
    """Read the header of an envelope that comes in pieces of any size; the rest on demand.

    Raises:
        EnvelopeMalformed: not an envelope, or one of another version.
        EnvelopeDamaged: (from `pieces`) wrong key or asset, or changed, cut or reordered bytes.
    """
    header, rest = _split_header(iter(sealed))
    version, kind, chunk_log2 = header[8:11]
    if header[:8] != _MAGIC or version != _VERSION or any(header[11:16]):
        raise EnvelopeMalformed("it does not start like one of version 1")
    if kind > max(Kind) or not _SMALLEST_CHUNK_LOG2 <= chunk_log2 <= _LARGEST_CHUNK_LOG2:
        raise EnvelopeMalformed("its header names an unknown kind or an impossible chunk")
    return Opened(Kind(kind), _decrypt(rest, _cipher(key, header, asset_id), 1 << chunk_log2))


def _decrypt(sealed: Iterator[bytes], cipher: AESGCM, chunk_bytes: int) -> Iterator[bytes]:
    for number, chunk, is_last in _numbered(sealed, chunk_bytes + TAG_BYTES):
        try:
            plain = cipher.decrypt(_nonce(number, is_last), chunk, None)
        except InvalidTag:
            raise EnvelopeDamaged(number) from None
        if not plain and number:  # one content has one spelling: only an empty one ends in nothing
            raise EnvelopeDamaged(number)
        yield plain


def _cipher(key: ContentKey, header: bytes, asset_id: Digest) -> AESGCM:
    info = _PURPOSE + header + asset_id.raw
    derivation = HKDF(algorithm=SHA256(), length=32, salt=header[-SALT_BYTES:], info=info)
    return AESGCM(derivation.derive(key.reveal()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _split_header(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= HEADER_BYTES:
            return start[:HEADER_BYTES], _chain(start[HEADER_BYTES:], pieces)
    raise EnvelopeMalformed(f"it ends after {len(start)} bytes")


def _chain(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _numbered(
    pieces: Iterable[bytes], chunk_bytes: int
) -> Iterator[tuple[int, bytes | memoryview, bool]]:
    """Full chunks, then the last, which may be shorter, and is empty only if there is nothing."""
    waiting: list[bytes | memoryview] = []
    waiting_bytes = number = 0
    for piece in pieces:
        waiting.append(piece)
        waiting_bytes += len(piece)
        while waiting_bytes > chunk_bytes:
            whole = waiting[0] if len(waiting[0]) >= chunk_bytes else b"".join(waiting)
            after = waiting[1:] if whole is waiting[0] else []
            yield number, memoryview(whole)[:chunk_bytes], False
            left = memoryview(whole)[chunk_bytes:]
            waiting = [left, *after] if len(left) else after
            waiting_bytes -= chunk_bytes
            number += 1
    yield number, b"".join(waiting), True
