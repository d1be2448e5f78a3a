"""Why a document cannot be read."""

from __future__ import annotations

from assay.errors import InputError, UnavailableError


class DocumentTooLarge(InputError):
    """A document has more bytes, pages or parts than Assay reads."""

    def __init__(self, what: str, size: int, limit: int, unit: str) -> None:
        super().__init__(
            f"{what} has {size} {unit}, more than the {limit} that are read",
            hint="Split the document, or save its text alone.",
        )
        self.size = size
        self.limit = limit
        self.unit = unit


class DocumentUnreadable(InputError):
    """The bytes are no document of their media type, or one that hides its text."""

    def __init__(self, media_type: str, why: str, *, hint: str = "") -> None:
        super().__init__(
            f"the document cannot be read as {media_type}: {why}",
            hint=hint or "Save it again with the program that wrote it, or as plain text.",
        )
        self.media_type = media_type
        self.why = why


class UnknownDocumentType(InputError):
    """A media type or file name ending that Assay has no reader for."""

    def __init__(self, media_type: str, known: tuple[str, ...]) -> None:
        endings = [one for one in known if one.startswith(".")]
        super().__init__(
            f"documents of the type {media_type[:80]!r} are not read",
            hint=f"Give a file that ends in {', '.join(endings)}.",
        )
        self.media_type = media_type
        self.known = known


class ReaderMissing(UnavailableError):
    """The library that reads a kind of document is not installed."""

    def __init__(self, library: str, media_type: str) -> None:
        super().__init__(
            f"{library}, which reads {media_type}, is not installed",
            hint="Install it: pip install 'assay-chain[authoring]'.",
        )
        self.library = library
        self.media_type = media_type
