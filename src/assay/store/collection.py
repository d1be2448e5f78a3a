"""Garbage collection of a store folder. The caller holds the store's lock alone.

Whatever goes is removed after what stays has been written, so that a crash leaves too much and
never too little.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assay.core.cid import RAW, Cid
from assay.store.block_files import BlockFiles, matches, parse_loose_name
from assay.store.dag_pb import decode_node
from assay.store.durable import flush_folder
from assay.store.errors import MissingBlockError, UnknownCidError
from assay.store.pack import Pack, PackWriter, Row, key_of
from assay.store.port import Collected

_SMALL_BYTES = 64 * 1024 * 1024
_MANY_SMALL = 16
_NEW_PACK_BYTES = 1024 * 1024 * 1024


def live_keys(files: BlockFiles, pins: Iterable[Cid]) -> set[bytes]:
    """The keys of all blocks that a pin reaches.

    Raises:
        IntegrityError: a node is damaged or missing, so that what it needs cannot be told.
    """
    live: set[bytes] = set()
    for root in pins:
        stack = [root]
        while stack:
            cid = stack.pop()
            if key_of(cid) in live:
                continue
            live.add(key_of(cid))
            if cid.codec != RAW:
                try:
                    block = files.read(cid)
                except UnknownCidError:
                    raise MissingBlockError(cid, root) from None
                stack.extend(link.cid for link in decode_node(block).links)
    return live


def collect_garbage(files: BlockFiles, pins: Iterable[Cid]) -> Collected:
    """Remove dead blocks and superseded copies, and gather small packs into one.

    Raises:
        IntegrityError: see `live_keys`; nothing has been removed.
        StoreFullError: no room to rewrite a pack; what is left is complete.
    """
    files.refresh(again=True)
    files.clear_incoming()
    live = live_keys(files, pins)
    sweep = _Sweep(files, live, _keepers(files, live))
    sweep.loose_files()
    sweep.packs()
    files.refresh()
    return Collected(sweep.blocks, sweep.bytes)


def _keepers(files: BlockFiles, live: set[bytes]) -> dict[bytes, Path]:
    """For live blocks with several copies: the file of the first copy that is right."""
    seen: set[bytes] = set()
    several: set[Cid] = set()
    cids = [row.cid for pack in files.packs for row in pack.rows()]
    cids += [cid for path in files.loose_files() if (cid := parse_loose_name(path))]
    for cid in cids:
        if key_of(cid) in seen and key_of(cid) in live:
            several.add(cid)
        seen.add(key_of(cid))
    keepers: dict[bytes, Path] = {}
    for cid in several:
        right = [copy.path for copy in files.copies(cid) if matches(cid, copy.data)]
        if right:
            keepers[key_of(cid)] = right[0]
    return keepers


class _Sweep:
    def __init__(self, files: BlockFiles, live: set[bytes], keepers: dict[bytes, Path]) -> None:
        self._files = files
        self._live = live
        self._keepers = keepers
        self.blocks = 0
        self.bytes = 0

    def loose_files(self) -> None:
        for path in list(self._files.loose_files()):
            cid = parse_loose_name(path)
            if cid is not None and not self._stays(cid, path):
                self._count(path.stat().st_size)
                path.unlink()

    def packs(self) -> None:
        staying = {pack.path: self._staying_rows(pack) for pack in self._files.packs}
        for pack in self._files.packs:
            if not staying[pack.path]:
                self._remove(pack, [])
        rest = [pack for pack in self._files.packs if staying[pack.path]]
        small = [pack for pack in rest if pack.blocks_bytes < _SMALL_BYTES]
        gather = set(small) if len(small) > _MANY_SMALL else set()
        victims = [p for p in rest if p in gather or len(staying[p.path]) < len(list(p.rows()))]
        while victims:
            group = [victims.pop()]
            while victims and sum(pack.blocks_bytes for pack in group) < _NEW_PACK_BYTES:
                group.append(victims.pop())
            self._rewrite(group, staying)
        flush_folder(self._files.packs_folder)

    def _rewrite(self, group: list[Pack], staying: dict[Path, list[Row]]) -> None:
        writer = self._files.pack_writer()
        try:
            for pack in group:
                self._copy(pack, staying[pack.path], writer)
            written = writer.publish(self._files.packs_folder)
        finally:
            writer.close()
        for pack in group:
            if pack.path != written:
                self._remove(pack, staying[pack.path])

    def _copy(self, pack: Pack, rows: list[Row], writer: PackWriter) -> None:
        for row in sorted(rows, key=lambda row: row.offset):
            writer.add(row.cid, pack.read(row))

    def _staying_rows(self, pack: Pack) -> list[Row]:
        return [row for row in pack.rows() if self._stays(row.cid, pack.path)]

    def _stays(self, cid: Cid, path: Path) -> bool:
        key = key_of(cid)
        return key in self._live and self._keepers.get(key, path) == path

    def _remove(self, pack: Pack, staying: list[Row]) -> None:
        kept = {key_of(row.cid) for row in staying}
        for row in pack.rows():
            if key_of(row.cid) not in kept:
                self._count(row.length)
        pack.path.unlink()

    def _count(self, size_bytes: int) -> None:
        self.blocks += 1
        self.bytes += size_bytes
