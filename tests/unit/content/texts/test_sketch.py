"""Sketches estimate how far sets overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.errors import FingerprintMalformed
from assay.content.texts.sketch import SKETCH_SIZE, Sketch

MEMBERS = st.sets(st.text(min_size=1, max_size=5), max_size=60)


@given(MEMBERS, MEMBERS)
def test_small_sets_compare_exactly(first: set[str], second: set[str]) -> None:
    overlap = Sketch.of(first).overlap(Sketch.of(second))

    union = first | second
    assert overlap.jaccard == pytest.approx(len(first & second) / len(union) if union else 0)


@given(MEMBERS, MEMBERS)
def test_overlap_is_symmetric(first: set[str], second: set[str]) -> None:
    one, other = Sketch.of(first), Sketch.of(second)

    assert one.overlap(other) == other.overlap(one)


@given(MEMBERS)
def test_encoding_and_decoding_gives_the_sketch_back(members: set[str]) -> None:
    sketch = Sketch.of(members)

    assert Sketch.decode(sketch.encode()) == sketch


@given(st.lists(st.text(max_size=3), max_size=50))
def test_order_and_repetition_do_not_matter(members: list[str]) -> None:
    assert Sketch.of(members) == Sketch.of([*reversed(members), *members])


@pytest.mark.parametrize("shared", [2_000, 10_000, 18_000])
def test_large_sets_are_estimated_within_four_standard_errors(shared: int) -> None:
    first = Sketch.of(f"member {number}" for number in range(20_000))
    second = Sketch.of(f"member {number + 20_000 - shared}" for number in range(20_000))

    exact = shared / (40_000 - shared)
    assert first.jaccard(second) == pytest.approx(exact, abs=4 * 0.5 / SKETCH_SIZE**0.5)


def test_a_part_is_contained_in_the_whole() -> None:
    whole = Sketch.of(f"member {number}" for number in range(3_000))
    part = Sketch.of(f"member {number}" for number in range(600))

    assert whole.overlap(part).containment == 1.0


@pytest.mark.parametrize(
    "text",
    ["%", "AAAA", "AAAAAAAAAAA=", "AQAAAAEAAAA=", "AgAAAAEAAAA=", "A" * 4000],
    ids=["no base64", "3 bytes", "8 zeros", "repeated", "descending", "too long"],
)
def test_a_malformed_sketch_is_refused(text: str) -> None:
    with pytest.raises(FingerprintMalformed):
        Sketch.decode(text)
