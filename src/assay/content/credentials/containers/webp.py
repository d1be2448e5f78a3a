"""Manifests in WebP: one RIFF chunk `C2PA` (C2PA specification, A.3.3)."""

from __future__ import annotations

from assay.content.credentials.containers.located import Located

MEDIA_TYPE = "image/webp"
_HEADER = 12  # RIFF, size, WEBP
_SIZE_AT = slice(4, 8)


def is_webp(data: bytes) -> bool:
    """By its first bytes."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def locate_in_webp(data: bytes) -> Located:
    """The manifest chunks among those that the file's own size covers."""
    spans, manifests = [], []
    end_of_chunks = min(len(data), 8 + int.from_bytes(data[_SIZE_AT], "little"))
    position = _HEADER
    while position + 8 <= end_of_chunks:
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + length + length % 2
        if end > end_of_chunks:
            break
        if data[position : position + 4] == b"C2PA":
            spans.append((position, end))
            manifests.append(data[position + 8 : position + 8 + length])
        position = end
    return Located(MEDIA_TYPE, tuple(spans), tuple(manifests))


def without_manifest(data: bytes, located: Located) -> bytes:
    """The file without the chunks, its size corrected."""
    removed = sum(end - start for start, end in located.spans)
    kept = located.removed_from(data)
    size = int.from_bytes(data[_SIZE_AT], "little") - removed
    return kept[:4] + size.to_bytes(4, "little") + kept[8:]
