"""Pictures that packages share, scaled, turned or saved anew: only one of them may stay.

PDQ of the picture in its eight orientations, at a distance far above the published threshold of
31: what it still misses (the same photograph cut differently) is named in `KNOWN`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pictures.peers import PdqHash

ALIKE_DISTANCE = 70


class Seen:
    """The pictures that are in the corpus so far."""

    def __init__(self) -> None:
        self._hashes: NDArray[np.uint8] = np.empty((0, 32), np.uint8)

    def is_new(self, path: Path, *, among_own: bool) -> bool:
        """Whether nothing like it was taken; if `among_own`, it is taken itself."""
        hashes = _hashes(path)
        if len(self._hashes):
            differ = np.bitwise_count(self._hashes[None] ^ hashes[:, None]).sum(axis=2)
            if differ.min() <= ALIKE_DISTANCE:
                return False
        if among_own:
            self._hashes = np.concatenate([self._hashes, hashes[:1]])
        return True


def _hashes(path: Path) -> NDArray[np.uint8]:
    """Of the eight orientations, kept beside the picture."""
    kept = path.with_suffix(".json")
    if not kept.exists():
        hashes = PdqHash().orientations(path.read_bytes())
        kept.write_text(json.dumps([one.tobytes().hex() for one in hashes]))
    return np.stack(
        [np.frombuffer(bytes.fromhex(one), np.uint8) for one in json.loads(kept.read_text())]
    )
