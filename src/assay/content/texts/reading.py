"""The bytes that count as a text.

>>> decode_text("Grüße".encode())
'Grüße'
"""

from __future__ import annotations

from typing import BinaryIO

from assay.content.errors import ContentTooLarge, TextEmpty, TextNotUtf8
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.texts.normalisation import normalise


def decode_text(data: bytes) -> str:
    """The text behind bytes that may be minted.

    Raises:
        TextEmpty: nothing in it can be read.
        ContentTooLarge: more than 50 MB.
        TextNotUtf8: not a text in UTF-8.
    """
    if len(data) > CONTENT_LIMIT_BYTES:
        raise ContentTooLarge(len(data), CONTENT_LIMIT_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextNotUtf8(error.start) from None
    if not normalise(text):
        raise TextEmpty
    return text


def read_text_bytes(stream: BinaryIO) -> bytes:
    """All bytes of a stream, but never more than may be minted.

    Raises:
        ContentTooLarge: more than 50 MB.
    """
    data = stream.read(CONTENT_LIMIT_BYTES + 1)
    if len(data) > CONTENT_LIMIT_BYTES:
        raise ContentTooLarge(len(data), CONTENT_LIMIT_BYTES)
    return data
