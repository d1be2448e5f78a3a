"""What the content area needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from assay.content.images.fingerprint import ImageFingerprint
from assay.content.model import Minting, Provenance, ReviewOutcome, TokenState
from assay.content.search.model import Vectors
from assay.content.texts.fingerprint import TextFingerprint
from assay.content.texts.meaning import Meaning
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest


class Blobs(Protocol):
    """Content-addressed bytes."""

    def add_bytes(self, data: bytes) -> Cid:
        """Store and pin some bytes."""
        ...

    def read_bytes(self, cid: Cid, *, limit: int = ...) -> bytes:
        """Read an artefact, verified."""
        ...

    def read(self, cid: Cid, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Read a file in verified pieces."""
        ...

    def digest_of(self, cid: Cid) -> Digest:
        """SHA-256 of a file's plain bytes."""
        ...

    def find_digest(self, digest: Digest) -> Cid | None:
        """The content with this digest, if it is here."""
        ...


class ContentContract(Protocol):
    """The content contract, as one account sees it."""

    @property
    def account(self) -> Address:
        """Who mints."""
        ...

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        ...

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        ...

    def states(self, tokens: Sequence[tuple[Digest, Provenance | None]]) -> list[TokenState | None]:
        """The tokens as the chain has them, each held against a provenance; None: not minted."""
        ...

    def mint(self, content_id: Digest, provenance: Provenance, royalty_bps: int) -> str:
        """Commit, reveal, and return the hash of the minting transaction.

        Raises:
            AlreadyMinted: somebody else's mint came first.
        """
        ...


class MetadataFolders(Protocol):
    """The folders that wallets read a token's metadata from."""

    def add_provenance(self, provenance: Provenance) -> Cid:
        """Store the folder that a provenance hashes to."""
        ...


class ContentIndex(Protocol):
    """The ledger's view of minted content: where to look, never what to believe."""

    def mintings(self, content_ids: Sequence[Digest]) -> Mapping[Digest, Minting]:
        """The mints of these contents that are indexed."""
        ...

    def newest(self, limit: int) -> Sequence[Minting]:
        """The newest mints, the newest first."""
        ...

    def without_fingerprint(self) -> Sequence[Minting]:
        """Mints whose fingerprints are not indexed yet, oldest first."""
        ...

    def texts_without(self, kinds: Sequence[str]) -> Sequence[Minting]:
        """Texts with an indexed fingerprint but no catalogue entry of these kinds, oldest first."""
        ...

    def add_fingerprints(self, fingerprints: Sequence[tuple[Minting, TextFingerprint]]) -> None:
        """Index the fingerprints of these mints; one that is there already stays."""
        ...

    def same_reading(self, fingerprint: TextFingerprint) -> Sequence[Minting]:
        """Minted contents whose normalised text is the same, oldest first."""
        ...

    def candidates(
        self, fingerprint: TextFingerprint, limit: int
    ) -> Sequence[tuple[Minting, TextFingerprint]]:
        """The minted contents that share most with a text, the nearest first."""
        ...


class MeaningIndex(Protocol):
    """The meanings of minted texts by one model: where to look, never what to believe."""

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of catalogue entry of a text whose meaning is known, or known not to be had."""
        ...

    def add(self, added: Sequence[tuple[Digest, Meaning]]) -> None:
        """Index these contents; one that is there already stays."""
        ...

    def add_absent(self, content_ids: Sequence[Digest]) -> None:
        """Remember that there is nothing to tell the meaning of these contents from."""
        ...

    def count_absent(self) -> int:
        """How many contents are remembered so."""
        ...

    def candidates(self, meaning: Meaning, limit: int) -> Sequence[tuple[ContentFound, Meaning]]:
        """The contents with passages most like those of a text, the likest first."""
        ...


class ReviewRecords(Protocol):
    """What the community decided about contents, as the chain has it."""

    def outcomes(self, content_id: Digest) -> tuple[ReviewOutcome, ...]:
        """One outcome for each claim that was decided, each with its attestation checked."""
        ...


class PictureIndex(Protocol):
    """The fingerprints of minted pictures: where to look, never what to believe."""

    def add(self, added: Sequence[tuple[Digest, ImageFingerprint, Vectors]]) -> None:
        """Index these contents, to be found by these vectors; one that is there already stays."""
        ...

    def candidates(
        self, queries: Vectors, limit: int
    ) -> Sequence[tuple[ContentFound, ImageFingerprint]]:
        """The contents that a picture with these vectors may be a copy of, the likeliest first."""
        ...


class ContentFound(Protocol):
    """What the index knows of a candidate."""

    @property
    def content_id(self) -> Digest:
        """Which content it is."""
        ...
