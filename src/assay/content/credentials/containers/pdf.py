"""Manifests in PDF: an embedded file, found by its own first bytes (C2PA specification, A.4).

Only what lies uncompressed is found, as the C2PA library writes it. It serves to read the signer's
certificate; which manifest counts is the library's to say, and both have to name the same.
"""

from __future__ import annotations

import re

from assay.content.credentials.containers.located import Located

MEDIA_TYPE = "application/pdf"
_STORE = re.compile(rb"(.{4})jumb.{4}jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x008\x9bq", re.DOTALL)


def locate_in_pdf(data: bytes) -> Located:
    """The outermost manifest stores; no spans, as nothing is taken out of a PDF."""
    manifests, position = [], 0
    while found := _STORE.search(data, position):
        position = found.start() + int.from_bytes(found[1], "big")
        if found.start() + 8 < position <= len(data):
            manifests.append(data[found.start() : position])
        else:
            position = found.end()
    return Located(MEDIA_TYPE, (), tuple(manifests))
