"""What is found in a file: its format, and which bytes hold a manifest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Located:
    """A file's format and its manifest.

    Attributes:
        media_type: by the file's own bytes.
        spans: byte ranges (start, end) that belong to a manifest, in order, not touching.
        manifests: the manifest stores, each a JUMBF box; a file may have one.
    """

    media_type: str
    spans: tuple[tuple[int, int], ...] = ()
    manifests: tuple[bytes, ...] = ()

    def removed_from(self, data: bytes) -> bytes:
        """`data` without the spans."""
        kept, position = [], 0
        for start, end in self.spans:
            kept.append(data[position:start])
            position = end
        return b"".join((*kept, data[position:])) if self.spans else data
