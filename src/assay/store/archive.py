"""A folder as one stream, the same for the same folder, and back.

    pieces = pack_folder(Path("model"))       # POSIX tar (pax), names sorted, no times, no owners
    unpack_folder(pieces, Path("copy"))

Only plain files and folders go in and come out, as in the store; a name that would lead out of the
folder is refused.
"""

from __future__ import annotations

import io
import os
import stat
import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from assay.store.errors import ArchiveMalformed, RefusedEntryError
from assay.store.importer import MAX_FOLDER_DEPTH
from assay.store.retrieval import MAX_ENTRIES

_READ_BYTES = 1024 * 1024
_BLOCK_BYTES = tarfile.BLOCKSIZE

Progress = Callable[[int], None]


def pack_folder(folder: Path, progress: Progress | None = None) -> Iterator[bytes]:
    """The tar stream of everything below `folder`.

    Raises:
        RefusedEntryError: a link or a device is in it.
    """
    for path in _below(folder):
        mode = path.lstat().st_mode
        info = tarfile.TarInfo(path.relative_to(folder).as_posix())
        if stat.S_ISDIR(mode):
            info.type, info.mode = tarfile.DIRTYPE, 0o755
            yield _header(info)
        elif stat.S_ISREG(mode):
            yield from _pack_file(path, info, progress or (lambda _done: None))
        else:
            raise RefusedEntryError(str(path), "neither a file nor a folder")
    yield bytes(2 * _BLOCK_BYTES)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)


def _pack_file(path: Path, info: tarfile.TarInfo, progress: Progress) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        info.size, info.mode = path.stat().st_size, 0o644
        yield _header(info)
        left = info.size
        while left and (piece := file.read(min(left, _READ_BYTES))):
            left -= len(piece)
            progress(len(piece))
            yield piece
    yield bytes(left + -info.size % _BLOCK_BYTES)  # `left` is 0 unless the file shrank meanwhile


def _header(info: tarfile.TarInfo) -> bytes:
    return info.tobuf(format=tarfile.PAX_FORMAT)


def unpack_folder(
    pieces: Iterable[bytes], destination: Path, progress: Progress | None = None
) -> None:
    """Write what `pack_folder` packed into the new folder `destination`.

    Raises:
        ArchiveMalformed: not such a stream, or one with entries that no folder of ours has.
    """
    stream = PieceStream(pieces)
    destination.mkdir()
    try:
        with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
            for number, member in enumerate(archive):
                if number >= MAX_ENTRIES:
                    raise ArchiveMalformed(f"it has more than {MAX_ENTRIES} entries")
                _unpack_entry(archive, member, destination, progress or (lambda _done: None))
        while stream.read(_READ_BYTES):  # the end of what is sealed is verified too
            pass
    except tarfile.TarError as error:
        raise ArchiveMalformed(str(error) or type(error).__name__) from None


def _unpack_entry(
    archive: tarfile.TarFile, member: tarfile.TarInfo, destination: Path, progress: Progress
) -> None:
    path = destination / _safe_path(member.name)
    if path.exists() or not path.parent.is_dir():
        raise ArchiveMalformed(f"{member.name[:200]!r} is out of order")
    if member.isdir():
        path.mkdir()
        return
    is_plain_file = member.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and not member.sparse
    content = archive.extractfile(member) if is_plain_file else None
    if content is None:
        raise ArchiveMalformed(f"{member.name[:200]!r} is neither a file nor a folder")
    with path.open("xb") as file:
        while piece := content.read(_READ_BYTES):
            file.write(piece)
            progress(len(piece))
        file.flush()
        os.fsync(file.fileno())


def _safe_path(name: str) -> PurePosixPath:
    parts = name.split("/")
    if not name or "\0" in name or any(part in ("", ".", "..") for part in parts):
        raise ArchiveMalformed(f"the name {name[:200]!r} would lead out of the folder")
    if len(parts) > MAX_FOLDER_DEPTH:
        raise ArchiveMalformed(f"it is more than {MAX_FOLDER_DEPTH} folders deep")
    return PurePosixPath(*parts)


class PieceStream:
    """Pieces of any size, read like a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        if len(self._rest) >= size:
            found, self._rest = self._rest[:size], self._rest[size:]
            return bytes(found)
        gathered = io.BytesIO()
        while gathered.tell() < size:
            if not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._rest = memoryview(piece)
            taken = size - gathered.tell()
            gathered.write(self._rest[:taken])
            self._rest = self._rest[taken:]
        return gathered.getvalue()
