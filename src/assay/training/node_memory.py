"""What a node keeps of a task in a folder on its own disk.

    memory = NodeFolder(home / "training" / "task-1")

    model.safetensors       the global model that it holds
    round-7.update          of the last round: the sealed update, its salt, and what is owed since

A file is written beside its place, flushed, and only then given its name, so that a crash leaves
the old one or the new one.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

from assay.core.digest import Digest
from assay.training.parameters import Parameters, Vector
from assay.training.use_cases.ports import KeptUpdate

_MODEL = "model.safetensors"
_RESIDUAL, _SEALED, _SALT, _FILE = "residual", "sealed", "salt", "file "


@dataclass(frozen=True, slots=True)
class NodeFolder:
    """The `NodeMemory` of one node in one task; only its owner can read it."""

    folder: Path

    def model(self) -> Parameters | None:
        """See `NodeMemory.model`."""
        path = self.folder / _MODEL
        return Parameters.from_bytes(path.read_bytes()) if path.exists() else None

    def keep_model(self, model: Parameters) -> None:
        """See `NodeMemory.keep_model`."""
        self._write(_MODEL, model.to_bytes())

    def residual(self) -> Vector | None:
        """See `NodeMemory.residual`."""
        kept = self._rounds()
        if not kept:
            return None
        return load((self.folder / _name(kept[-1])).read_bytes())[_RESIDUAL]

    def update(self, round_number: int) -> KeptUpdate | None:
        """See `NodeMemory.update`."""
        path = self.folder / _name(round_number)
        if not path.exists():
            return None
        arrays = load(path.read_bytes())
        files = {
            name.removeprefix(_FILE): array.tobytes()
            for name, array in arrays.items()
            if name.startswith(_FILE)
        }
        return KeptUpdate(files, Digest(arrays[_SEALED].tobytes()), arrays[_SALT].tobytes())

    def keep_update(self, round_number: int, kept: KeptUpdate, residual: Vector) -> None:
        """See `NodeMemory.keep_update`.

        The first of a round stays, which a commitment may already stand for: another process of
        the same node may have been quicker.
        """
        arrays = {_FILE + name: _bytes(data) for name, data in kept.files.items()}
        arrays |= {_SEALED: _bytes(kept.sealed.raw), _SALT: _bytes(kept.salt)}
        earlier = self._rounds()
        with suppress(FileExistsError):
            self._write(_name(round_number), save({**arrays, _RESIDUAL: residual}), once=True)
        for number in earlier:
            if number < round_number:
                (self.folder / _name(number)).unlink()

    def _rounds(self) -> list[int]:
        return sorted(int(path.stem[6:]) for path in self.folder.glob("round-*.update"))

    def _write(self, name: str, data: bytes, *, once: bool = False) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.folder / f"{name}.{os.getpid()}.new"
        with beside.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if once:
            try:
                os.link(beside, self.folder / name)
            finally:
                beside.unlink()
        else:
            beside.replace(self.folder / name)
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _name(round_number: int) -> str:
    return f"round-{round_number}.update"


def _bytes(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(data, np.uint8)
