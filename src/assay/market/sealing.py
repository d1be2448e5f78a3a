"""What publishing and pulling need where the stored bytes are ciphertext; `bootstrap` plugs it in.

The port of sealing: an asset's plain bytes never enter the store, and its key never leaves the
home of its publisher but for whoever a licence entitles (see `licences`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assay.core.cid import Cid
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.market.model import AssetMetadata

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Content that was stored as ciphertext.

    Attributes:
        content: what is in the store, and may be given to anybody.
        scheme: the name of the format.
        bytes: of the ciphertext.
    """

    content: Cid
    scheme: str
    bytes: int


class Sealer(Protocol):
    """Seals under keys that one account keeps."""

    def measure(self, path: Path) -> tuple[Digest, int]:
        """The asset id that a file or folder will have, and its plain bytes; nothing is stored.

        Raises:
            InputError: nothing there, or nothing that can be stored.
            StoredInTheClear: the same bytes are in the store already, for everybody to fetch.
        """
        ...

    def seal(self, path: Path, asset_id: Digest, *, progress: Progress | None = None) -> SealedFile:
        """Store what was measured as ciphertext; its key is kept, durably, when this returns.

        The same content under the same key gives the same ciphertext.

        Raises:
            UnavailableError: it changed meanwhile, or key or content cannot be kept.
        """
        ...

    def key(self, asset_id: Digest) -> ContentKey | None:
        """The key of an asset that this account sealed here; None if it did not."""
        ...

    def open(
        self,
        metadata: AssetMetadata,
        key: ContentKey,
        destination: Path,
        *,
        progress: Progress | None = None,
    ) -> None:
        """Decrypt an asset's content to a path: all of it, verified against its id, or nothing.

        Raises:
            IntegrityError: it does not open, or not to what was registered.
            InputError: something else is at the destination.
        """
        ...
