"""Files that survive a crash at any point, and locks that end with the process that holds them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from assay.chain.errors import FileNotWritten

_LOCK_POLL_S = 0.005


def write_durably(path: Path, data: bytes, *, mode: int = 0o644, replace: bool = True) -> None:
    """Make `path` hold `data`, wholly or not at all, on the disk when this returns.

    Raises:
        FileExistsError: it exists and `replace` is false.
        FileNotWritten: the disk is full, or the folder is not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            if replace:
                temporary.replace(path)
            else:
                os.link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        if isinstance(error, FileExistsError) and not replace and path.exists():
            raise
        raise FileNotWritten(path, error.strerror or str(error)) from None


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def try_lock(descriptor: int, kind: int) -> bool:
    """Take a flock (LOCK_SH or LOCK_EX) if that needs no waiting."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> int:
    """Open a lock file; the descriptor is not inherited by child programs.

    Raises:
        FileNotWritten: the folder is not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FileNotWritten(path, error.strerror or str(error)) from None


@contextmanager
def exclusive_lock(path: Path, timeout_s: float) -> Iterator[None]:
    """Hold the lock file against all other processes and threads.

    The kernel drops the lock when its holder dies, so a leftover file means nothing.

    Raises:
        TimeoutError: somebody else held it all the time.
        FileNotWritten: the folder is not writable.
    """
    descriptor = open_lock(path)
    try:
        deadline = time.monotonic() + timeout_s
        while not try_lock(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise TimeoutError(path)
            time.sleep(_LOCK_POLL_S)
        yield
    finally:
        os.close(descriptor)
