"""Records of contracts as folders in the blob store."""

from __future__ import annotations

from collections.abc import Mapping

from assay.authoring.records import FILE_LIMIT_BYTES
from assay.core.cid import DAG_PB, Cid
from assay.core.digest import Digest
from assay.store.errors import UnknownCidError
from assay.store.folders import folder_blocks
from assay.store.port import BlobStore


class StoredRecords:
    """The `RecordFolders` port."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    def digest(self, files: Mapping[str, bytes]) -> bytes:
        """See `RecordFolders.digest`."""
        return folder_blocks(files)[-1].cid.digest.raw

    def add(self, files: Mapping[str, bytes]) -> None:
        """See `RecordFolders.add`."""
        blocks = folder_blocks(files)
        self._store.put_blocks(blocks, pin=blocks[-1].cid)

    def cid(self, record: bytes) -> str:
        """See `RecordFolders.cid`."""
        return str(_folder(record))

    def names(self, record: bytes) -> Mapping[str, str]:
        """See `RecordFolders.names`."""
        return {name: str(cid) for name, cid in self._store.names(_folder(record)).items()}

    def read(self, record: bytes, name: str) -> bytes:
        """See `RecordFolders.read`."""
        found = self._store.names(_folder(record)).get(name)
        if found is None:
            raise UnknownCidError(_folder(record))
        return self._store.read_bytes(found, limit=FILE_LIMIT_BYTES)


def _folder(record: bytes) -> Cid:
    return Cid(DAG_PB, Digest(record))
