"""Overlays of `verify` as files: whole or not there, and never more than `OVERLAYS_KEPT`.

path = write_overlay(png, tmp_path / "overlays")      # overlays/19e95d891d66f6a8.png
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from assay.core.digest import Digest
from assay.errors import InputError, UnavailableError

OVERLAYS_KEPT = 500
"""In the folder; the oldest go first, so that a service does not fill its disk."""


def write_overlay(png: bytes, folder: Path, path: Path | None = None) -> Path:
    """Write an overlay to `path`, or into `folder` under a name that its content gives.

    Raises:
        InputError: `path` cannot be written.
        UnavailableError: the folder cannot be.
    """
    target = path or folder / f"{Digest.of(png).hex[2:18]}.png"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if path is None:
            _write_whole(target, png)
            _drop_oldest(folder)
        else:
            target.write_bytes(png)
    except OSError as error:
        text = f"{target} cannot be written: {error.strerror}."
        raise (UnavailableError(text) if path is None else InputError(text)) from None
    return target


def _write_whole(target: Path, data: bytes) -> None:
    """Others may read the same overlay, or write it, at the same time."""
    partial = target.with_name(f"{uuid4().hex}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _drop_oldest(folder: Path) -> None:
    files = list(folder.glob("*.png"))
    if len(files) <= OVERLAYS_KEPT:
        return
    for path in sorted(files, key=_written_at)[:-OVERLAYS_KEPT]:
        path.unlink(missing_ok=True)


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process has dropped it
        return 0.0
