"""A file's format by its first bytes, and what is known of its manifest.

>>> locate(b"plain text").media_type
'application/octet-stream'

A file's name or a caller's word for its format is not asked where the bytes say what they are, so
that no reader can be sent to another part of a file than a viewer shows.
"""

from __future__ import annotations

from assay.content.credentials.containers import jpeg, png, webp
from assay.content.credentials.containers.located import Located

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
RESTORED_EXACTLY = frozenset({png.MEDIA_TYPE, jpeg.MEDIA_TYPE, webp.MEDIA_TYPE})
"""Formats whose manifest is found and taken out here, leaving the bytes as they were before."""
EMBEDDING = RESTORED_EXACTLY | {PDF}
"""Formats that credentials are written into; all others get a sidecar."""
_PDF_HEADER_WITHIN = 1024


def media_type_of(data: bytes) -> str:
    """The format of a file that may hold a manifest; `UNKNOWN` for any other."""
    if data.startswith(png.SIGNATURE):
        return png.MEDIA_TYPE
    if data.startswith(jpeg.SIGNATURE):
        return jpeg.MEDIA_TYPE
    if webp.is_webp(data):
        return webp.MEDIA_TYPE
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    return UNKNOWN


def locate(data: bytes) -> Located:
    """The manifest of a PNG, JPEG or WebP; no spans for other formats, whatever they hold."""
    media_type = media_type_of(data)
    if media_type == png.MEDIA_TYPE:
        return png.locate_in_png(data)
    if media_type == jpeg.MEDIA_TYPE:
        return jpeg.locate_in_jpeg(data)
    if media_type == webp.MEDIA_TYPE:
        return webp.locate_in_webp(data)
    return Located(media_type)


def strip_credentials(data: bytes) -> bytes:
    """The bytes without their manifest; unchanged where there is none, or in other formats.

    Nothing is decoded or encoded again: from a file that `write_credentials` made, this gives back
    the very bytes that it was given. In a PDF a manifest stays (the rendition's digest tells which
    content it is of).
    """
    located = locate(data)
    if not located.spans:
        return data
    if located.media_type == webp.MEDIA_TYPE:
        return webp.without_manifest(data, located)
    return located.removed_from(data)
