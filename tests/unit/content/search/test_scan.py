"""The scan finds what a plain comparison with every vector finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.content.search.errors import SpaceUnknown, VectorMalformed
from assay.content.search.model import Space
from assay.content.search.scan import ScanningIndex

BITS = Space("bits", "binary", 64)
FLOATS = Space("floats", "float", 48)


def halves(floats: np.ndarray) -> list[bytes]:
    return [row.astype("<f2").tobytes() for row in floats]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.binary(min_size=8, max_size=8), min_size=1, max_size=40),
    st.binary(min_size=8, max_size=8),
    st.integers(1, 50),
)
def test_bits_are_found_by_their_true_distances(
    vectors: list[bytes], query: bytes, count: int
) -> None:
    index = ScanningIndex([BITS])
    index.add("bits", range(100, 100 + len(vectors)), vectors)

    [found] = index.search("bits", [query], count)

    true = [(int.from_bytes(v) ^ int.from_bytes(query)).bit_count() / 64 for v in vectors]
    assert [one.distance for one in found] == pytest.approx(sorted(true)[:count])
    assert all(true[one.key - 100] == pytest.approx(one.distance) for one in found)


def test_floats_are_found_by_their_angles_whatever_their_lengths() -> None:
    random = np.random.default_rng(3)
    vectors = random.standard_normal((3000, 48)) * random.uniform(0.5, 9, (3000, 1))
    members = random.choice(3000, 100, replace=False)
    noise = random.standard_normal((100, 48)) * 0.4
    queries = vectors[members] / np.linalg.norm(vectors[members], axis=1, keepdims=True) * 7 + noise
    index = ScanningIndex([FLOATS])
    for start in range(0, 3000, 700):
        part = vectors[start : start + 700]
        index.add("floats", range(start, start + len(part)), halves(part))

    found = index.search("floats", halves(queries), 5)

    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for query, neighbours in zip(queries, found, strict=True):
        true = 1 - units @ (query / np.linalg.norm(query))
        assert neighbours[0].key == int(np.argmin(true))
        assert neighbours[0].distance == pytest.approx(true.min(), abs=2e-3)
        assert [one.distance for one in neighbours] == sorted(one.distance for one in neighbours)


@pytest.mark.parametrize("space", [BITS, FLOATS])
def test_what_was_removed_is_not_found_again(space: Space) -> None:
    random = np.random.default_rng(4)
    if space.kind == "binary":
        vectors = [random.bytes(8) for _ in range(50)]
    else:
        vectors = halves(random.standard_normal((50, 48)))
    index = ScanningIndex([space])
    index.add(space.name, range(30), vectors[:30])
    index.add(space.name, range(30, 50), vectors[30:])

    index.remove([7, 40, 1000])

    assert len(index) == 48
    for key, vector in enumerate(vectors):
        [[nearest]] = index.search(space.name, [vector], 1)
        assert (nearest.key == key) == (key not in {7, 40})


def test_an_empty_index_finds_nothing() -> None:
    assert ScanningIndex([BITS, FLOATS]).search("floats", halves(np.ones((2, 48))), 3) == [[], []]


def test_vectors_that_fit_no_space_are_refused_by_name() -> None:
    index = ScanningIndex([BITS, FLOATS])

    with pytest.raises(SpaceUnknown, match="no space 'sounds'"):
        index.search("sounds", [bytes(8)], 1)
    with pytest.raises(VectorMalformed, match="7 bytes where 8"):
        index.add("bits", [1], [bytes(7)])
    for value in (0.0, np.nan, np.inf):
        with pytest.raises(VectorMalformed, match="no length"):
            index.add("floats", [1], halves(np.full((1, 48), value)))
    assert len(index) == 0
