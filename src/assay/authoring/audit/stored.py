"""Reports in the blob store, where their digests find them."""

from __future__ import annotations

from assay.authoring.audit.reports.document import LONGEST_BYTES
from assay.core.digest import Digest
from assay.store.port import BlobStore


class StoredReports:
    """The `ReportStore` port."""

    def __init__(self, store: BlobStore) -> None:
        self._store = store

    def add(self, report: bytes) -> str:
        """See `ReportStore.add`."""
        return str(self._store.add_bytes(report))

    def read(self, digest: Digest) -> bytes | None:
        """See `ReportStore.read`."""
        cid = self._store.find_digest(digest)
        return None if cid is None else self._store.read_bytes(cid, limit=LONGEST_BYTES)
