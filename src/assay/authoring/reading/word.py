"""Word documents (Office Open XML, ECMA-376) to plain text, with their automatic numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from assay.authoring.reading.errors import DocumentTooLarge, DocumentUnreadable, ReaderMissing
from assay.authoring.reading.numbering import Numbering

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAXIMUM_UNPACKED_BYTES = 60_000_000
MAXIMUM_PARTS = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def word_text(content: bytes) -> str:
    """Give one line for each paragraph and row; inserted text counts, deleted text does not.

    Raises:
        DocumentTooLarge: it unpacks to more than 60 MB or 2000 parts.
        DocumentUnreadable: it is no Word document, or its XML declares a document type.
        ReaderMissing: python-docx is not installed.
    """
    try:
        import docx  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise ReaderMissing("python-docx", "Word documents") from error
    _refuse_bombs(content)
    try:
        document = docx.Document(io.BytesIO(content))
        numbering = Numbering(_part(document, "numbering"), document.styles.element)
        body = document.element.body
        lines = list(_lines(body, numbering))
        for notes in ("footnotes", "endnotes"):
            if (part := _part(document, notes)) is not None:
                lines += [line for line in _lines(part, numbering) if line.strip()]
    except (KeyError, ValueError, AttributeError, SyntaxError, TypeError) as error:
        raise DocumentUnreadable(MEDIA_TYPE, str(error)[:200]) from error
    return "".join(line + "\n" for line in lines)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAXIMUM_PARTS:
                raise DocumentTooLarge("the document", len(parts), MAXIMUM_PARTS, "parts")
            if unpacked > MAXIMUM_UNPACKED_BYTES:
                raise DocumentTooLarge(
                    "the unpacked document", unpacked, MAXIMUM_UNPACKED_BYTES, "bytes"
                )
            for part in parts:
                is_xml = part.filename.endswith((".xml", ".rels"))
                if is_xml and b"<!DOCTYPE" in archive.read(part):
                    raise DocumentUnreadable(
                        MEDIA_TYPE, f"{part.filename} declares a document type, which may expand"
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise DocumentUnreadable(MEDIA_TYPE, str(error)[:200]) from error


def _part(document: Any, name: str) -> Any:
    from lxml import etree  # noqa: PLC0415 - of python-docx

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{name}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _lines(parent: Any, numbering: Numbering) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield numbering.label(child) + _words(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = (" ".join(_lines(cell, numbering)) for cell in row.iter(f"{_W}tc"))
                yield " | ".join(cells)
        elif isinstance(child.tag, str) and child.tag != _FALLBACK:
            yield from _lines(child, numbering)


def _words(node: Any) -> str:
    words = []
    for child in node:
        if child.tag == f"{_W}t":
            words.append(child.text or "")
        elif child.tag in _BREAKS:
            words.append(_BREAKS[child.tag])
        elif isinstance(child.tag, str) and child.tag not in {_FALLBACK, f"{_W}pPr"}:
            words.append(_words(child))
    return "".join(words)
