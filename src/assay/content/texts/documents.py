"""Files that hold text in a form of their own, which says little of what a reader sees.

>>> document_type(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
'image/svg+xml'
>>> document_type(b"%PDF-1.7\\n... startxref 9 %%EOF")
'application/pdf'
>>> document_type(b"%PDF- is how they begin.") is None
True
"""

from __future__ import annotations

import re

SVG = "image/svg+xml"
PDF = "application/pdf"
_HEAD_BYTES = _TAIL_BYTES = 4096
_SVG_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s/>]",
    re.DOTALL,
)


def document_type(data: bytes) -> str | None:
    """The media type of a PDF or an SVG drawing; None for all else, such as a text about them."""
    if _SVG_ROOT.match(data[:_HEAD_BYTES]):
        return SVG
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-_TAIL_BYTES:]:
        return PDF
    return None
