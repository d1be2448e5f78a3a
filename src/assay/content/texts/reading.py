"""The bytes that count as a text.

>>> decode_text("Grüße".encode())
'Grüße'
"""

from __future__ import annotations

from assay.content.errors import TextEmpty, TextNotUtf8
from assay.content.limits import check_size
from assay.content.texts.normalisation import normalise

_PIECE_CHARACTERS = 4096  # of most texts the first one tells


def decode_text(data: bytes) -> str:
    """The text behind bytes that may be minted.

    Raises:
        TextEmpty: nothing in it can be read.
        ContentTooLarge: more than 50 MB.
        TextNotUtf8: not a text in UTF-8.
    """
    check_size(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextNotUtf8(error.start) from None
    pieces = range(0, len(text), _PIECE_CHARACTERS)
    if not any(normalise(text[start : start + _PIECE_CHARACTERS]) for start in pieces):
        raise TextEmpty
    return text
