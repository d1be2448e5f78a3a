"""Sealed updates and records as folders in the blob store."""

from __future__ import annotations

from collections.abc import Mapping

from assay.core.cid import DAG_PB, Cid
from assay.core.digest import Digest
from assay.store.errors import TooLargeError, UnknownCidError
from assay.store.folders import folder_blocks
from assay.store.port import BlobStore
from assay.training.record_errors import FileTooLarge


class StoredFolders:
    """The `Folders` port. A folder's root is the one that Kubo gives the same files."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    def digest(self, files: Mapping[str, bytes]) -> Digest:
        """See `Folders.digest`."""
        return folder_blocks(files)[-1].cid.digest

    def add(self, files: Mapping[str, bytes]) -> Digest:
        """See `Folders.add`."""
        blocks = folder_blocks(files)
        root = blocks[-1].cid
        self._store.put_blocks(blocks, pin=root)
        return root.digest

    def read(self, root: Digest, name: str, limit_bytes: int) -> bytes:
        """See `Folders.read`."""
        cid = folder_cid(root)
        found = self._store.names(cid).get(name)
        if found is None:
            raise UnknownCidError(cid)
        try:
            return self._store.read_bytes(found, limit=limit_bytes)
        except TooLargeError:
            raise FileTooLarge(name, limit_bytes) from None


def folder_cid(root: Digest) -> Cid:
    """The CID of a folder whose root block has this SHA-256."""
    return Cid(DAG_PB, root)
