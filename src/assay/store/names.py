"""Small facts kept as names of empty files: one file system operation writes one, none can rot.

pins/<cid>                  the root `cid` is pinned
digests/<64 hex>.<cid>      the file `cid` has plain bytes of this SHA-256
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.durable import ensure_folder, flush_folder
from assay.store.port import Fault


class NameFolder:
    """A folder of empty files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ensure_folder(folder)

    def add(self, *names: str) -> None:
        """Write the names that are not there yet, in one flush."""
        missing = [name for name in names if not (self._folder / name).exists()]
        for name in missing:
            (self._folder / name).touch()
        if missing:
            flush_folder(self._folder)

    def remove(self, *names: str) -> None:
        """Remove the names that are there."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
        flush_folder(self._folder)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.name for path in self._folder.iterdir()))

    def not_empty(self) -> Iterator[Path]:
        """The files that hold something, which none should."""
        for name in self:
            path = self._folder / name
            if path.is_dir() or path.stat().st_size:
                yield path


class Pins:
    """The pinned roots."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = NameFolder(folder)

    def add(self, cid: Cid) -> None:
        """Pin, durably."""
        self._names.add(str(cid))

    def remove(self, cid: Cid) -> None:
        """Unpin, durably."""
        self._names.remove(str(cid))

    def __iter__(self) -> Iterator[Cid]:
        return (cid for name in self._names if (cid := _parse_cid(name)) is not None)

    def faults(self) -> Iterator[Fault]:
        """What should not be in the folder."""
        for path in self._names.not_empty():
            yield Fault(_parse_cid(path.name), str(path), "a pin's file should be empty")
        for name in self._names:
            if _parse_cid(name) is None:
                yield Fault(None, str(self._folder / name), "not the name of a pin")


class DigestRecords:
    """Which file has which SHA-256; only for files of more than one block."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = NameFolder(folder)
        self._cids: dict[Digest, Cid] = {}
        self._digests: dict[Cid, Digest] = {}

    def add(self, records: dict[Cid, Digest]) -> None:
        """Remember the digests of these files, durably."""
        self._names.add(*(_record_name(digest, cid) for cid, digest in records.items()))
        self._digests.update(records)
        self._cids.update((digest, cid) for cid, digest in records.items())

    def remove(self, cid: Cid) -> None:
        """Forget a file that is gone."""
        digest = self.digest_of(cid)
        if digest is not None:
            self._names.remove(_record_name(digest, cid))
            self._load()

    def digest_of(self, cid: Cid) -> Digest | None:
        """The digest on record."""
        if cid not in self._digests:
            self._load()
        return self._digests.get(cid)

    def find(self, digest: Digest) -> Cid | None:
        """The file on record."""
        if digest not in self._cids:
            self._load()
        return self._cids.get(digest)

    def cids(self) -> list[Cid]:
        """Every file on record."""
        self._load()
        return sorted(self._digests)

    def faults(self) -> Iterator[Fault]:
        """What should not be in the folder."""
        for path in self._names.not_empty():
            record = _parse_record(path.name)
            cid = record[1] if record else None
            yield Fault(cid, str(path), "a digest record's file should be empty")
        for name in self._names:
            if _parse_record(name) is None:
                yield Fault(None, str(self._folder / name), "not the name of a digest record")

    def _load(self) -> None:
        records = [record for name in self._names if (record := _parse_record(name))]
        self._cids = dict(records)
        self._digests = {cid: digest for digest, cid in records}


def _record_name(digest: Digest, cid: Cid) -> str:
    return f"{digest.raw.hex()}.{cid}"


def _parse_record(name: str) -> tuple[Digest, Cid] | None:
    head, _, tail = name.partition(".")
    cid = _parse_cid(tail)
    try:
        digest = Digest.parse(head)
    except InputError:
        return None
    return (digest, cid) if cid is not None and name == _record_name(digest, cid) else None


def _parse_cid(name: str) -> Cid | None:
    try:
        cid = Cid.parse(name)
    except InputError:
        return None
    return cid if str(cid) == name else None
