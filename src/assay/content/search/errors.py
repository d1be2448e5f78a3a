"""What can go wrong with the search for near vectors; see `assay.errors` for the tree."""

from __future__ import annotations

from pathlib import Path

from assay.errors import InputError, IntegrityError, UnavailableError


class SpaceUnknown(InputError):
    """Vectors were given for a space that this index does not have."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"The search index has no space {name!r}.",
            hint=f"It has {', '.join(known) or 'none'}.",
        )
        self.name = name
        self.known = known


class VectorMalformed(InputError):
    """A vector has another size than its space, or is no direction."""

    def __init__(self, space: str, detail: str) -> None:
        super().__init__(
            f"A vector of the space {space!r} is malformed: {detail}.",
            hint="Make it with the version of Assay that searches for it.",
        )
        self.space = space
        self.detail = detail


class SegmentDamaged(IntegrityError):
    """A file of the search index is not what was written; it is made again from the database."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"The search index file {path} is damaged: {detail}.",
            hint="Delete it; the index makes it again from the database.",
        )
        self.path = path
        self.detail = detail


class IndexFolderUnusable(UnavailableError):
    """The folder of the search index cannot be read or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The search index cannot be kept in {folder}: {reason}.",
            hint="Free some space, or give yourself the right to write it.",
        )
        self.folder = folder
        self.reason = reason
