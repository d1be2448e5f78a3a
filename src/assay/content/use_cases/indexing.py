"""Fill the index of fingerprints from chain events and stored metadata.

A fresh machine that syncs the chain and has (or fetches) the metadata artefacts comes to the same
index; nothing in it is the only copy of anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.content.errors import FingerprintMalformed, MetadataMalformed
from assay.content.limits import CONTENT_LIMIT_BYTES
from assay.content.model import NO_DIGEST, Fingerprint, Minting
from assay.content.ports import Blobs, ContentIndex
from assay.content.records import read_metadata
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.texts.sketch import Sketch
from assay.content.use_cases.matching import Matcher, matcher_for
from assay.errors import AssayError

_BATCH = 500
UNREADABLE = TextFingerprint(NO_DIGEST, Sketch(()))
"""Stands in the index for metadata that will never make sense, so that nobody reads it again."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """How many fingerprints were added, and of how many mints the metadata is not to be had."""

    added: int
    missing: int


def index_content(*, index: ContentIndex, blobs: Blobs, matchers: Sequence[Matcher]) -> Indexed:
    """Index the fingerprint of every mint that has none yet; costs nothing when there is none."""
    mintings = index.without_fingerprint()
    added = 0
    for start in range(0, len(mintings), _BATCH):
        found = [
            (minting, fingerprint)
            for minting in mintings[start : start + _BATCH]
            if (fingerprint := _fingerprint(minting, blobs, matchers)) is not None
        ]
        for matcher in matchers:
            matcher.add(found)
        added += len(found)
    return Indexed(added, len(mintings) - added)


def _fingerprint(minting: Minting, blobs: Blobs, matchers: Sequence[Matcher]) -> Fingerprint | None:
    """That of the content where the store has it, else the one that the metadata claims."""
    own = _recomputed(minting, blobs, matchers)
    if own is not None:
        return own
    try:
        return read_metadata(minting.content_id, minting.provenance, blobs).fingerprint
    except (MetadataMalformed, FingerprintMalformed):
        return UNREADABLE
    except AssayError:
        return None


def _recomputed(minting: Minting, blobs: Blobs, matchers: Sequence[Matcher]) -> Fingerprint | None:
    """The fingerprint of the content itself; None where the store has none that can be read."""
    try:
        cid = blobs.find_digest(minting.content_id)
        if cid is None:
            return None
        data = blobs.read_bytes(cid, limit=CONTENT_LIMIT_BYTES)
        return matcher_for(data, matchers).describe(data).fingerprint
    except AssayError:
        return None
