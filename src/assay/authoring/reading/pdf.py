"""PDF to plain text: lines joined to paragraphs, running heads and page numbers left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from assay.authoring.radicals import unified
from assay.authoring.reading.errors import DocumentTooLarge, DocumentUnreadable, ReaderMissing
from assay.authoring.reading.markers import starts_with_marker

MEDIA_TYPE = "application/pdf"
MAXIMUM_PAGES = 500
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page\s*)?\d+(?:\s*(?:/|of)\s*\d+)?[-–—\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+", re.I
)
_END = re.compile(r"[.!?;:。!?;:]['\"”’)]?$")
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_EDGE_LINES = 2


def pdf_text(content: bytes) -> str:
    """Give one line for each paragraph or clause.

    Raises:
        DocumentTooLarge: more than 500 pages.
        DocumentUnreadable: damaged, encrypted, or scanned without text.
        ReaderMissing: pypdf is not installed.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an optional part
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise ReaderMissing("pypdf", "PDF") from error
    # What it logs of damaged files is said by the error, in one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentUnreadable(
                MEDIA_TYPE, "it is encrypted", hint="Save a copy without a password."
            )
        if len(reader.pages) > MAXIMUM_PAGES:
            raise DocumentTooLarge("the document", len(reader.pages), MAXIMUM_PAGES, "pages")
        pages = [unified(page.extract_text()).splitlines() for page in reader.pages]
    except (DocumentTooLarge, DocumentUnreadable):
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentUnreadable(MEDIA_TYPE, str(error)[:200] or type(error).__name__) from error
    except (IndexError, OSError, NotImplementedError, AssertionError) as error:
        raise DocumentUnreadable(MEDIA_TYPE, str(error)[:200] or type(error).__name__) from error
    return joined_lines([line for page in without_running_heads(pages) for line in page])


def without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and what stands at the edge of at least half of the pages (and two)."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(
        shape
        for page in stripped
        for shape in {_shape(line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
    )
    often = max(2, (len(pages) + 1) // 2)
    kept = []
    for page in stripped:
        last = len(page)
        kept.append(
            [
                line
                for index, line in enumerate(page)
                if not (
                    (index < _EDGE_LINES or index >= last - _EDGE_LINES)
                    and (_PAGE_NUMBER.fullmatch(line) or edges[_shape(line)] >= often)
                )
            ]
        )
    return kept


def joined_lines(lines: list[str]) -> str:
    """Join lines that a page's width broke, and words broken by a hyphen."""
    paragraphs: list[str] = []
    for line in lines:
        before = paragraphs[-1] if paragraphs else ""
        if not before or _END.search(before) or starts_with_marker(line) or _is_title(before):
            paragraphs.append(line)
        elif before.endswith("-") and line[:1].islower() and before[-2:-1].isalpha():
            paragraphs[-1] = before[:-1] + line
        elif _WIDE.match(before[-1]) or _WIDE.match(line[0]):
            paragraphs[-1] = before + line
        else:
            paragraphs[-1] = f"{before} {line}"
    return "".join(paragraph + "\n" for paragraph in paragraphs)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _is_title(line: str) -> bool:
    """Whether a line is too short to have been broken by the page's width."""
    width = sum(2 if _WIDE.match(character) else 1 for character in line)
    return width < 40 and not re.search(r"[,,、]$", line)
