"""A file or bytes, to the plain text that everything else reads.

>>> read_document("第一条 付款\\n".encode(), "text/plain")
'第一条 付款\\n'
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assay.authoring.reading.errors import (
    DocumentTooLarge,
    DocumentUnreadable,
    UnknownDocumentType,
)
from assay.authoring.reading.markdown import markdown_text
from assay.authoring.reading.pdf import pdf_text
from assay.authoring.reading.word import word_text

MAXIMUM_BYTES = 20_000_000
MAXIMUM_CHARACTERS = 1_000_000
TEXT, MARKDOWN, PDF = "text/plain", "text/markdown", "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".docx": WORD,
    ".pdf": PDF,
}
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_document(source: Path | str | bytes, media_type: str | None = None) -> str:
    """Give the text of a document, one paragraph or clause a line.

    Args:
        source: path of a file, or its bytes.
        media_type: what the bytes are; without it the ending of the path tells.

    Raises:
        DocumentTooLarge: more than 20 MB, a million characters, 500 pages, or a compressed file
            that unpacks to too much.
        DocumentUnreadable: damaged, encrypted, or without text.
        UnknownDocumentType: no reader for it.
        ReaderMissing: python-docx or pypdf is not installed.
    """
    if isinstance(source, bytes):
        content, kind = source, media_type or TEXT
    else:
        path = Path(source)
        if path.is_dir():
            raise DocumentUnreadable("a document", f"{path} is a folder", hint="Name a file in it.")
        kind = media_type or _SUFFIXES.get(path.suffix.lower(), path.suffix or path.name)
        _reader(kind)
        content = _bytes_of(path, kind)
    read = _reader(kind)
    if len(content) > MAXIMUM_BYTES:
        raise DocumentTooLarge("the document", len(content), MAXIMUM_BYTES, "bytes")
    text = read(content).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAXIMUM_CHARACTERS:
        raise DocumentTooLarge("the document", len(text), MAXIMUM_CHARACTERS, "characters")
    if not text.strip():
        raise DocumentUnreadable(
            kind, "it holds no text", hint="If it is a scan, recognise its text first."
        )
    return text


def _bytes_of(path: Path, media_type: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            raise DocumentTooLarge("the document", size, MAXIMUM_BYTES, "bytes")
        return path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(
            media_type, f"{path}: {error.strerror}", hint="Check the path and its permissions."
        ) from error


def _reader(media_type: str) -> Callable[[bytes], str]:
    readers: dict[str, Callable[[bytes], str]] = {
        TEXT: _plain_text,
        MARKDOWN: lambda content: markdown_text(_decoded(content, MARKDOWN)),
        WORD: word_text,
        PDF: pdf_text,
    }
    bare = media_type.partition(";")[0].strip().lower()
    if bare not in readers:
        raise UnknownDocumentType(media_type, (*readers, *_SUFFIXES))
    return readers[bare]


def _plain_text(content: bytes) -> str:
    return _decoded(content, TEXT)


def _decoded(content: bytes, media_type: str) -> str:
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentUnreadable(
        media_type, "its bytes are no text", hint="Save it as UTF-8, or name its media type."
    )
