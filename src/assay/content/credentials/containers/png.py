"""Manifests in PNG: one chunk `caBX` (C2PA specification, A.3.2).

Chunks are walked by their lengths; checksums and what follows `IEND` are left alone.
"""

from __future__ import annotations

from assay.content.credentials.containers.located import Located

MEDIA_TYPE = "image/png"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12  # length, type and checksum of a chunk


def locate_in_png(data: bytes) -> Located:
    """The manifest chunks before `IEND`; a chunk that is cut off is none."""
    spans, manifests = [], []
    position = len(SIGNATURE)
    while position + _AROUND <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind, end = data[position + 4 : position + 8], position + _AROUND + length
        if end > len(data) or kind == b"IEND":
            break
        if kind == b"caBX":
            spans.append((position, end))
            manifests.append(data[position + 8 : end - 4])
        position = end
    return Located(MEDIA_TYPE, tuple(spans), tuple(manifests))
