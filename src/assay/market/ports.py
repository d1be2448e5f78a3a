"""What the market needs from the outside; `bootstrap` plugs the adapters in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.market.model import AssetKind, ContractState, RegisteredAsset, Registration

Progress = Callable[[int], None]


class Entry(Protocol):
    """One name in a folder."""

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def cid(self) -> Cid:
        """What the name stands for."""
        ...

    @property
    def size(self) -> int:
        """Bytes of content."""
        ...


class Verification(Protocol):
    """What re-reading an artefact found."""

    @property
    def ok(self) -> bool:
        """Whether every block is there and has the bytes of its name."""
        ...

    @property
    def bytes(self) -> int:
        """Bytes read."""
        ...

    @property
    def faults(self) -> Sequence[object]:
        """What is wrong, each printable."""
        ...


class Blobs(Protocol):
    """Content-addressed bytes."""

    def add(self, path: Path, *, progress: Progress | None = None) -> Cid:
        """Store a file or folder."""
        ...

    def add_bytes(self, data: bytes) -> Cid:
        """Store a short artefact."""
        ...

    def read_bytes(self, cid: Cid, *, limit: int = ...) -> bytes:
        """Read a short artefact, verified."""
        ...

    def get(self, cid: Cid, destination: Path, *, progress: Progress | None = None) -> None:
        """Write an artefact to a path, verified, resumable."""
        ...

    def ls(self, cid: Cid) -> Sequence[Entry]:
        """The names in a folder."""
        ...

    def size(self, cid: Cid) -> int:
        """Bytes of content."""
        ...

    def verify(self, cid: Cid) -> Verification:
        """Re-read every block."""
        ...

    def pin(self, cid: Cid) -> None:
        """Keep an artefact through garbage collection."""
        ...

    def digest_of(self, cid: Cid) -> Digest:
        """SHA-256 of a file's plain bytes, or the root digest of a folder."""
        ...


class Registry(Protocol):
    """The registry contract, as one account sees it."""

    @property
    def account(self) -> Address:
        """Who registers."""
        ...

    def assets(self, asset_ids: Sequence[Digest]) -> list[RegisteredAsset | None]:
        """The assets with these ids, read from the chain in one go; None where unknown."""
        ...

    def register(self, registration: Registration) -> str:
        """Commit, reveal, and return the hash of the registering transaction."""
        ...


class AssetIndex(Protocol):
    """The ledger's view of the registry: where to look, never what to believe."""

    def asset_ids(self, kind: AssetKind | None) -> list[Digest]:
        """Ids of registered assets, oldest first."""
        ...

    def registration_transaction(self, asset_id: Digest) -> str | None:
        """The transaction that registered an asset, if indexed."""
        ...


class Deployments(Protocol):
    """The contracts that Assay talks to."""

    def contract_states(self) -> Sequence[ContractState]:
        """Each contract's manifest entry held against its build and the chain."""
        ...
