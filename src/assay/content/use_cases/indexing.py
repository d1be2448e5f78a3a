"""Fill the index of fingerprints from chain events and stored metadata.

A fresh machine that syncs the chain and has (or fetches) the metadata artefacts comes to the same
index; nothing in it is the only copy of anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from assay.content.errors import FingerprintMalformed, MetadataMalformed
from assay.content.model import NO_DIGEST, Minting
from assay.content.ports import Blobs, ContentIndex
from assay.content.records import read_metadata
from assay.content.texts.fingerprint import TextFingerprint, fingerprint_text
from assay.content.texts.reading import TEXT_LIMIT_BYTES
from assay.content.texts.sketch import Sketch
from assay.errors import AssayError

_BATCH = 500
UNREADABLE = TextFingerprint(NO_DIGEST, Sketch(()))
"""Stands in the index for metadata that will never make sense, so that nobody reads it again."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many fingerprints were added, and of how many mints the metadata is not to be had."""

    added: int
    missing: int


def index_content(*, index: ContentIndex, blobs: Blobs) -> Indexed:
    """Index the fingerprint of every mint that has none yet; costs nothing when there is none."""
    mintings = index.without_fingerprint()
    added = 0
    for start in range(0, len(mintings), _BATCH):
        found = [
            (minting, fingerprint)
            for minting in mintings[start : start + _BATCH]
            if (fingerprint := _fingerprint(minting, blobs)) is not None
        ]
        index.add_fingerprints(found)
        added += len(found)
    return Indexed(added, len(mintings) - added)


def _fingerprint(minting: Minting, blobs: Blobs) -> TextFingerprint | None:
    """That of the content where the store has it, else the one that the metadata claims."""
    own = recomputed(minting, blobs)
    if own is not None:
        return own
    try:
        return read_metadata(minting.content_id, minting.provenance, blobs).fingerprint
    except (MetadataMalformed, FingerprintMalformed):
        return UNREADABLE
    except AssayError:
        return None


def recomputed(minting: Minting, blobs: Blobs) -> TextFingerprint | None:
    """The fingerprint of the content itself; None where the store has no such text."""
    try:
        cid = blobs.find_digest(minting.content_id)
        if cid is None:
            return None
        return fingerprint_text(blobs.read_bytes(cid, limit=TEXT_LIMIT_BYTES).decode("utf-8"))
    except (AssayError, UnicodeDecodeError):
        return None
