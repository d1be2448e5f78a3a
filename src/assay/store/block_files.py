"""Where a store folder keeps its blocks: single ones as files, many at once in packs.

    blocks/<two characters>/<cid>   one block
    packs/<checksum>.pack           the blocks of one larger addition
    incoming/                       what is being written; nothing in it counts

A block may be in several places (two processes added it at once, or a damaged copy was replaced);
the first place with the right bytes serves it.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.store.durable import ensure_folder, write_file
from assay.store.errors import DamagedBlockError, DamagedFileError, UnknownCidError
from assay.store.pack import SUFFIX, Pack, PackWriter
from assay.store.port import Block

_SIEVE_BITS = 24


def matches(cid: Cid, data: bytes) -> bool:
    """True if `data` hashes to `cid`."""
    return Digest.of(data) == cid.digest


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a block: where it is, and its bytes, unchecked."""

    path: Path
    data: bytes


class BlockFiles:
    """The blocks of a store folder. Threads may share it; each sees what other processes add."""

    def __init__(self, folder: Path) -> None:
        self.blocks_folder = folder / "blocks"
        self.packs_folder = folder / "packs"
        self.incoming_folder = folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        for child in (self.blocks_folder, self.packs_folder, self.incoming_folder):
            ensure_folder(child)
        self._loading = threading.Lock()
        self._packs: dict[str, Pack] = {}
        self._damaged: dict[str, DamagedFileError] = {}
        self._recent = ""
        self._sieve = bytearray(2**_SIEVE_BITS // 8)
        self.refresh()

    @property
    def packs(self) -> list[Pack]:
        """The packs that can be read, as of the last refresh."""
        return list(self._packs.values())

    @property
    def damaged(self) -> list[DamagedFileError]:
        """The packs whose table is damaged."""
        return list(self._damaged.values())

    def refresh(self, *, again: bool = False) -> bool:
        """Look which packs there are, with `again` reading all tables anew; True if any is new."""
        with self._loading:
            names = {path.name for path in self.packs_folder.iterdir() if path.suffix == SUFFIX}
            known = {} if again else self._packs
            packs = {name: pack for name, pack in known.items() if name in names}
            damaged: dict[str, DamagedFileError] = {}
            for name in names - packs.keys():
                try:
                    packs[name] = Pack(self.packs_folder / name)
                    self._sift(packs[name])
                except DamagedFileError as error:
                    damaged[name] = error
                except FileNotFoundError:
                    continue
            grown = bool(packs.keys() - self._packs.keys())
            self._packs, self._damaged = packs, damaged
            return grown

    def copies(self, cid: Cid) -> Iterator[Copy]:
        """Every copy of a block."""
        if self._may_be_packed(cid):
            for pack in self._packs_recent_first():
                row = pack.find(cid)
                if row is not None:
                    try:
                        yield Copy(pack.path, pack.read(row))
                        self._recent = pack.path.name
                    except FileNotFoundError:
                        continue
        path = self.loose_path(cid)
        try:
            yield Copy(path, path.read_bytes())
        except FileNotFoundError:
            return

    def read(self, cid: Cid) -> bytes:
        """One block, verified.

        Raises:
            UnknownCidError: not here.
            DamagedBlockError: only damaged copies are here.
            DamagedFileError: not found, and a pack that may have it has a damaged table.
        """
        damaged = None
        while True:
            for copy in self.copies(cid):
                if matches(cid, copy.data):
                    return copy.data
                damaged = copy.path
            if not self.refresh():
                break
        if damaged is not None:
            raise DamagedBlockError(cid, str(damaged))
        for error in self.damaged:
            raise error
        raise UnknownCidError(cid)

    def has(self, cid: Cid) -> bool:
        """True if there is a copy, whatever its state."""
        return self._is_here(cid) or (self.refresh() and self._is_here(cid))

    def holds(self, block: Block) -> bool:
        """True if a copy with the right bytes is here."""
        return any(copy.data == block.data for copy in self.copies(block.cid))

    def write_loose(self, block: Block) -> None:
        """Store one block as a file of its own."""
        path = self.loose_path(block.cid)
        ensure_folder(path.parent)
        write_file(path, block.data, draft=self._draft())

    def pack_writer(self) -> PackWriter:
        """A new pack in the incoming folder."""
        return PackWriter(self._draft())

    def loose_path(self, cid: Cid) -> Path:
        """Where a single block lies."""
        name = str(cid)
        return self.blocks_folder / name[-3:-1] / name

    def loose_files(self) -> Iterator[Path]:
        """Every file under `blocks/`."""
        return (path for path in self.blocks_folder.rglob("*") if not path.is_dir())

    def clear_incoming(self) -> None:
        """Remove what killed writers left; only while nobody writes."""
        for path in self.incoming_folder.iterdir():
            path.unlink(missing_ok=True)

    def _draft(self) -> Path:
        return self.incoming_folder / uuid.uuid4().hex

    def _is_here(self, cid: Cid) -> bool:
        packed = self._may_be_packed(cid) and any(
            pack.find(cid) for pack in self._packs_recent_first()
        )
        return packed or self.loose_path(cid).is_file()

    def _packs_recent_first(self) -> Iterator[Pack]:
        """The pack that had the last block asked for has the next one too, as a rule."""
        packs, recent = self._packs, self._recent
        if recent in packs:
            yield packs[recent]
        yield from (pack for name, pack in packs.items() if name != recent)

    def _sift(self, pack: Pack) -> None:
        for row in pack.rows():
            place = _sieve_place(row.cid)
            self._sieve[place >> 3] |= 1 << (place & 7)

    def _may_be_packed(self, cid: Cid) -> bool:
        """False for nearly all blocks that no pack has: one bit per prefix of a digest."""
        place = _sieve_place(cid)
        return bool(self._sieve[place >> 3] >> (place & 7) & 1)


def _sieve_place(cid: Cid) -> int:
    return int.from_bytes(cid.digest.raw[:4], "big") >> (32 - _SIEVE_BITS)


def parse_loose_name(path: Path) -> Cid | None:
    """The CID that a file under `blocks/` is for; nothing if it is no such file's name."""
    try:
        cid = Cid.parse(path.name)
    except InputError:
        return None
    return cid if str(cid) == path.name else None
