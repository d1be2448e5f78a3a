"""The bytes that count as a text.

>>> decode_text("Grüße".encode())
'Grüße'
"""

from __future__ import annotations

from typing import BinaryIO

from assay.content.errors import TextEmpty, TextNotUtf8, TextTooLong
from assay.content.texts.normalisation import normalise

TEXT_LIMIT_BYTES = 50_000_000


def decode_text(data: bytes) -> str:
    """The text behind bytes that may be minted.

    Raises:
        TextEmpty: nothing in it can be read.
        TextTooLong: more than 50 MB.
        TextNotUtf8: not a text in UTF-8.
    """
    if len(data) > TEXT_LIMIT_BYTES:
        raise TextTooLong(len(data), TEXT_LIMIT_BYTES)
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
        TextTooLong: more than 50 MB.
    """
    data = stream.read(TEXT_LIMIT_BYTES + 1)
    if len(data) > TEXT_LIMIT_BYTES:
        raise TextTooLong(len(data), TEXT_LIMIT_BYTES)
    return data
