"""The most that is read, so that no file can exhaust a machine."""

from __future__ import annotations

from typing import BinaryIO

from assay.content.errors import ContentTooLarge

CONTENT_LIMIT_BYTES = 50_000_000
ARTEFACT_LIMIT_BYTES = 256 * 1024
"""Of metadata, records and the like."""


def read_content(stream: BinaryIO) -> bytes:
    """All bytes of a stream, but never more than may be minted.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    return check_size(stream.read(CONTENT_LIMIT_BYTES + 1))


def check_size(data: bytes) -> bytes:
    """The same bytes.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    if len(data) > CONTENT_LIMIT_BYTES:
        raise ContentTooLarge(len(data), CONTENT_LIMIT_BYTES)
    return data
