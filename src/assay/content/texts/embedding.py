"""Vectors of passages as an embedder gives them, checked before anything is compared by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assay.content.errors import EmbeddingUnusable
from assay.content.texts.ports import TextEmbedder

Floats = NDArray[np.float32]


def embed_passages(embedder: TextEmbedder, passages: Sequence[str], dimensions: int) -> Floats:
    """One unit vector of so many dimensions for each passage, as the rows of a matrix.

    Raises:
        UnavailableError: the embedder fails.
        EmbeddingUnusable: its vectors are of another size, or no directions.
    """
    vectors = embedder.embed(passages)
    sizes = {len(vector) for vector in vectors}
    if len(vectors) != len(passages):
        detail = f"{len(vectors)} vectors came for {len(passages)} passages"
        raise EmbeddingUnusable(embedder.name, detail)
    if sizes != {dimensions}:
        found = ", ".join(map(str, sorted(sizes)))
        detail = f"its vectors have {found} numbers in place of {dimensions}"
        raise EmbeddingUnusable(embedder.name, detail)
    matrix = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise EmbeddingUnusable(embedder.name, "a vector points nowhere")
    units: Floats = matrix / lengths
    return units
