"""Locks between the processes of one machine that share a folder.

    FileLocks(home / "locks").attempt("anchor")

The kernel frees a lock with the process that holds it, however that ends: no lease can run out.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from assay.errors import UnavailableError


class LockFolderUnusable(UnavailableError):
    """The folder of locks cannot be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"No lock can be made in {folder}: {reason}.",
            hint="Give yourself the right to write it, or set ASSAY_HOME to another folder.",
        )
        self.folder = folder
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileLease:
    """A lock that is held until the block ends."""

    token: int

    def check(self) -> None:
        """Never raises: who runs, holds it."""


class FileLocks:
    """The `Locks` port on `flock`; each lock is a file that counts its holders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def attempt(self, name: str) -> Iterator[FileLease | None]:
        """See `Locks.attempt`.

        Raises:
            LockFolderUnusable: the folder cannot be written.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{quote(name, safe='')}.lock"
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise LockFolderUnusable(self._folder, error.strerror or str(error)) from None
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
                return
            yield FileLease(_next_token(descriptor))
        finally:
            os.close(descriptor)


def _next_token(descriptor: int) -> int:
    held = os.pread(descriptor, 32, 0)
    token = int(held) + 1 if held.strip().isdigit() else 1
    os.pwrite(descriptor, b"%-32d" % token, 0)
    return token
