"""Checking content and a whole store folder, fault by fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assay.core.cid import RAW, Cid
from assay.store.block_files import BlockFiles, matches, parse_loose_name
from assay.store.dag import BlockSource, load
from assay.store.dag_pb import decode_node
from assay.store.errors import (
    DamagedBlockError,
    DamagedFileError,
    MalformedBlockError,
    MissingBlockError,
)
from assay.store.pack import SUFFIX, key_of
from assay.store.port import Fault, Verification

_BAD = "its bytes do not hash to its CID"


def verify_dag(source: BlockSource, root: Cid) -> Verification:
    """Read every block below `root`; damaged, missing and malformed ones become faults.

    Raises:
        UnknownCidError: there is no `root` at all.
    """
    blocks = size_bytes = 0
    faults: list[Fault] = []
    seen: set[tuple[Cid, int | None]] = set()
    stack: list[tuple[Cid, int | None]] = [(root, None)]
    while stack:
        cid, promised = item = stack.pop()
        if item in seen:
            continue
        seen.add(item)
        try:
            data, content = load(source, cid, root)
        except DamagedBlockError as error:
            faults.append(Fault(cid, error.place, _BAD))
        except DamagedFileError as error:
            faults.append(Fault(cid, str(error.path), f"not found, and {error.reason}"))
        except MissingBlockError:
            faults.append(Fault(cid, "", f"missing from {root}"))
        except MalformedBlockError as error:
            faults.append(Fault(cid, "", error.reason))
        else:
            blocks += 1
            size_bytes += len(data)
            if promised is not None and content.size != promised:
                faults.append(Fault(cid, "", "it is not as large as its parent says"))
            sizes = content.sizes or [None] * len(content.links)
            children = [(link.cid, size) for link, size in zip(content.links, sizes, strict=True)]
            stack.extend(reversed(children))
    return Verification(blocks, size_bytes, tuple(faults))


def verify_files(files: BlockFiles, pins: Iterable[Cid]) -> Verification:
    """Hash every block in every file, then check that each pin has all that it needs."""
    files.refresh(again=True)
    faults = [Fault(None, str(error.path), error.reason) for error in files.damaged]
    faults += _strangers(files)
    good: set[bytes] = set()
    blocks = size_bytes = 0
    for cid, place, data in _stored_blocks(files):
        if cid is not None and matches(cid, data):
            good.add(key_of(cid))
            blocks += 1
            size_bytes += len(data)
        else:
            faults.append(Fault(cid, place, _BAD if cid else "not in its place"))
    for pin in pins:
        faults.extend(_missing_below(files, pin, good))
    return Verification(blocks, size_bytes, tuple(faults))


def _stored_blocks(files: BlockFiles) -> Iterator[tuple[Cid | None, str, bytes]]:
    for pack in files.packs:
        for row in sorted(pack.rows(), key=lambda row: row.offset):
            yield row.cid, str(pack.path), pack.read(row)
    for path in files.loose_files():
        cid = parse_loose_name(path)
        in_place = cid is not None and files.loose_path(cid) == path
        yield cid if in_place else None, str(path), path.read_bytes()


def _strangers(files: BlockFiles) -> Iterator[Fault]:
    for path in files.packs_folder.iterdir():
        if path.suffix != SUFFIX:
            yield Fault(None, str(path), "not a pack")


def _missing_below(files: BlockFiles, root: Cid, good: set[bytes]) -> Iterator[Fault]:
    seen: set[Cid] = set()
    stack = [root]
    while stack:
        cid = stack.pop()
        if cid in seen:
            continue
        seen.add(cid)
        if key_of(cid) not in good:
            yield Fault(cid, "", f"pinned content {root} needs it, and no good copy is here")
        elif cid.codec != RAW:
            stack.extend(link.cid for link in decode_node(files.read(cid)).links)
