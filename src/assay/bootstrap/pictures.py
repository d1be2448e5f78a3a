"""The parts that find pictures: the index of their vectors, and what matches them."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.bootstrap.workspace import Workspace
    from assay.content.images.stored import StoredImageIndex
    from assay.content.model import Fingerprint, Minting
    from assay.content.search.vectors import StoredVectors
    from assay.content.use_cases.matching import Description, Findings, Match
    from assay.content.use_cases.picture_matching import PictureMatcher


class PictureParts:
    """What `workspace.pictures` holds; each part is built when it is first asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def vectors(self) -> StoredVectors:
        """What contents are found by; those of texts come in when these are first searched."""
        from assay.content.images.describing import SPACES
        from assay.content.search.vectors import StoredVectors

        workspace = self._workspace
        folder = workspace.settings.home / "search"
        return StoredVectors(workspace.engine, SPACES, folder, workspace.locks)

    @cached_property
    def when_needed(self) -> PicturesWhenNeeded:
        """The matcher, built when there is a picture to match."""
        return PicturesWhenNeeded(self)

    @cached_property
    def index(self) -> StoredImageIndex:
        """The fingerprints of minted pictures."""
        from assay.content.images.stored import StoredImageIndex

        return StoredImageIndex(self._workspace.engine, self.vectors)

    @cached_property
    def matcher(self) -> PictureMatcher:
        """What reads, describes and matches pictures."""
        from assay.content.use_cases.picture_matching import PictureMatcher

        return PictureMatcher(self.index, self._workspace.content_index, self._workspace.store)


class PicturesWhenNeeded:
    """The `Matcher` of pictures; its libraries take a second to load, which texts need not wait."""

    def __init__(self, parts: PictureParts) -> None:
        self._parts = parts

    def takes(self, data: bytes) -> bool:
        """See `Matcher.takes`."""
        from assay.content.images.reading import is_picture

        return is_picture(data)

    def describe(self, data: bytes) -> Description:
        """See `PictureMatcher.describe`."""
        return self._parts.matcher.describe(data)

    def find(self, data: bytes) -> Findings:
        """See `Matcher.find`."""
        return self._parts.matcher.find(data)

    def recheck(self, data: bytes, match: Match) -> Match | None:
        """See `Matcher.recheck`."""
        return self._parts.matcher.recheck(data, match)

    def add(self, fingerprints: Sequence[tuple[Minting, Fingerprint]]) -> None:
        """See `Matcher.add`."""
        from assay.content.images.fingerprint import ImageFingerprint

        if any(isinstance(fingerprint, ImageFingerprint) for _minting, fingerprint in fingerprints):
            self._parts.matcher.add(fingerprints)
