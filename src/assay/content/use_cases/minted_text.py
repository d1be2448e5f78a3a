"""The bytes of minted texts, where the store has them."""

from __future__ import annotations

from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import Minting
from assay.content.ports import Blobs
from assay.errors import AssayError


def read_minted_text(minting: Minting, blobs: Blobs) -> str | None:
    """The minted text; None where the store has none that can be read."""
    try:
        cid = blobs.find_digest(minting.content_id)
        if cid is None:
            return None
        return blobs.read_bytes(cid, limit=CONTENT_LIMIT_BYTES).decode("utf-8")
    except (AssayError, UnicodeDecodeError):
        return None
