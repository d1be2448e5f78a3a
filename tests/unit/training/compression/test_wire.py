"""The wire format: what goes in comes out as the encoding allows, and harm is refused."""

from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assay.training.compression.encoding import EXACT, Encoding
from assay.training.compression.errors import (
    EncodingImpossible,
    MessageMalformed,
    MessageUnexpected,
    NotEncodable,
)
from assay.training.compression.quantisation import limit
from assay.training.compression.sparsification import gaps_from_bytes, gaps_to_bytes, largest
from assay.training.compression.wire import decode, encode, largest_message_bytes, read_header
from assay.training.parameters import Vector

ENCODINGS = st.builds(
    Encoding,
    kept_basis_points=st.integers(1, 10_000),
    bits=st.sampled_from((2, 4, 8, 32)),
    block=st.sampled_from((64, 256, 4096)),
    stochastic=st.booleans(),
)
VECTORS = arrays(
    np.float64, st.integers(0, 700), elements=st.floats(-1e6, 1e6, allow_subnormal=True)
)
SIZE = 3000
HEADER_BYTES = 32
NO_SCALE_BELOW = 2.0**-126
FOUR_BITS = Encoding(kept_basis_points=400, bits=4)


def example(size: int = SIZE) -> Vector:
    return np.random.default_rng(1).normal(0, 0.01, size)


def header_with(message: bytes, at: int, form: str, value: int) -> bytes:
    changed = bytearray(message)
    struct.pack_into(form, changed, at, value)
    return bytes(changed)


@given(VECTORS, ENCODINGS, st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_the_largest_numbers_arrive_within_a_step(
    vector: Vector, encoding: Encoding, seed: int
) -> None:
    message = encode(vector, encoding, seed=seed)
    decoded = decode(message, len(vector), encoding)

    assert len(message) <= largest_message_bytes(len(vector), encoding)
    kept = largest(vector, encoding.kept(len(vector)))
    others = np.setdiff1d(np.arange(len(vector)), kept)
    assert not decoded[others].any()
    for block in range(0, len(vector), encoding.block):
        mine = kept[(kept >= block) & (kept < block + encoding.block)]
        peak = float(np.abs(vector[mine]).max(initial=0))
        step = peak * 2**-23 if encoding.bits == 32 else peak / limit(encoding.bits)
        share = 0.5 if encoding.bits in {4, 8} and not encoding.stochastic else 1
        error = np.abs(decoded[mine] - vector[mine]).max(initial=0)
        assert error <= step * share * (1 + 1e-5) + NO_SCALE_BELOW * limit(8)


@given(VECTORS, ENCODINGS, st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_the_same_vector_and_seed_give_the_same_bytes(
    vector: Vector, encoding: Encoding, seed: int
) -> None:
    first, second = (encode(vector.copy(), encoding, seed=seed) for _ in range(2))

    assert first == second


@given(st.sets(st.integers(0, 5000)))
def test_positions_come_back_from_their_gaps(places: set[int]) -> None:
    positions = np.array(sorted(places), np.int64)

    assert gaps_from_bytes(gaps_to_bytes(positions), 5001).tolist() == positions.tolist()


@given(st.binary(max_size=300))
def test_bytes_taken_for_gaps_never_repeat_a_position_or_leave_the_vector(data: bytes) -> None:
    try:
        positions = gaps_from_bytes(data, 2000)
    except MessageMalformed:
        return

    assert (np.diff(positions) > 0).all()
    assert not len(positions) or (positions[0] >= 0 and positions[-1] < 2000)


def test_of_equal_numbers_the_first_are_kept() -> None:
    assert largest(np.array([1.0, -2.0, 2.0, 2.0, -1.0]), 2).tolist() == [1, 2]


def test_stochastic_rounding_is_right_on_average() -> None:
    vector = np.append(np.full(63, 0.3), 7.0)
    encoding = Encoding(kept_basis_points=10_000, bits=4, block=64, stochastic=True)

    decoded = [decode(encode(vector, encoding, seed=seed), 64, encoding) for seed in range(200)]

    assert np.mean(decoded, axis=0)[:63].mean() == pytest.approx(0.3, abs=0.02)


def test_an_exact_message_gives_float32_back_to_the_bit() -> None:
    vector = np.append(example().astype(np.float32), np.float32([0.0, -0.0, 1e-45, 3e38]))

    decoded = decode(encode(vector.astype(np.float64), EXACT), len(vector), EXACT)

    assert decoded.astype(np.float32).tobytes() == vector.tobytes()


@pytest.mark.parametrize(("encoding", "count"), [(Encoding(), 6000), (FOUR_BITS, 4000)])
def test_sparse_messages_of_few_bits_save_nearly_99_per_cent(
    encoding: Encoding, count: int
) -> None:
    vector = np.random.default_rng(2).laplace(0, 0.01, 100_000)

    message = encode(vector, encoding)

    assert len(message) < 0.0135 * 4 * len(vector)
    assert 0.8 * count < read_header(message).count <= count


def test_in_two_bits_the_mean_magnitude_arrives() -> None:
    vector = np.append(np.zeros(60), [3.0, -5.0, 0.0, 4.0])
    encoding = Encoding(kept_basis_points=400, block=64)

    decoded = decode(encode(vector, encoding), 64, encoding)

    assert decoded.nonzero()[0].tolist() == [60, 61, 63]
    assert decoded[[60, 61, 63]].tolist() == [4.0, -4.0, 4.0]


@pytest.mark.parametrize("number", [np.nan, np.inf, -1e39])
def test_a_number_that_float32_cannot_hold_is_not_sent(number: float) -> None:
    vector = np.array([1.0, number])

    with pytest.raises(NotEncodable):
        encode(vector, Encoding())


@pytest.mark.parametrize(
    "encoding", [Encoding(), FOUR_BITS, Encoding(bits=8, kept_basis_points=10_000), EXACT]
)
def test_no_cut_or_changed_message_does_more_than_be_refused(encoding: Encoding) -> None:
    message = encode(example(), encoding)
    random = np.random.default_rng(3)

    for end in [*range(HEADER_BYTES + 4), *random.integers(0, len(message), 40)]:
        with pytest.raises(MessageMalformed):
            decode(message[:end], SIZE, encoding)
    for _ in range(400):
        changed = bytearray(message)
        changed[random.integers(len(message))] ^= 1 << int(random.integers(8))
        try:
            decoded = decode(bytes(changed), SIZE, encoding)
        except (MessageMalformed, MessageUnexpected):
            continue
        assert decoded.shape == (SIZE,)
        assert np.isfinite(decoded).all()


@given(st.binary(max_size=200))
def test_arbitrary_bytes_after_a_header_are_refused_or_decoded(tail: bytes) -> None:
    message = encode(example(), Encoding())[:HEADER_BYTES] + tail

    try:
        decoded = decode(message, SIZE, Encoding())
    except (MessageMalformed, MessageUnexpected):
        return

    assert np.isfinite(decoded).all()


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = zstandard.ZstdCompressor(level=9).compress(bytes(8_000_000))
    nameless = zstandard.ZstdCompressor(level=9, write_content_size=False).compress(
        bytes(8_000_000)
    )
    header = encode(example(), Encoding())[:20]

    tracemalloc.start()
    for frame in (bomb, nameless):
        lengths = struct.pack("<III", len(frame), 0, 0)
        with pytest.raises(MessageMalformed, match="inflate"):
            decode(header + lengths + frame, SIZE, Encoding())
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak_bytes < 1_000_000


def test_a_message_longer_than_any_honest_one_is_refused() -> None:
    message = encode(example(), Encoding())
    scales_bytes = read_header(message).frames_bytes[2]
    padded = header_with(message + bytes(2000), 32 - 4, "<I", scales_bytes + 2000)

    with pytest.raises(MessageMalformed, match="more than any such message needs"):
        decode(padded, SIZE, Encoding())


def test_lengths_that_do_not_fit_are_refused_with_their_values() -> None:
    message = encode(example(), Encoding())

    for at, form, value, said in [
        (12, "<I", SIZE + 1, "numbers"),
        (16, "<I", 10**9, "cannot hold"),
        (16, "<I", 3, "cannot hold"),
        (20, "<I", 10**9, "should have"),
        (4, "<B", 2, "version"),
        (5, "<B", 5, "unknown way"),
        (6, "<B", 2, "unknown way"),
        (7, "<B", 40, "unknown way"),
    ]:
        with pytest.raises(MessageMalformed, match=said):
            decode(header_with(message, at, form, value), SIZE, Encoding())


def rebuilt(gaps: bytes, numbers: bytes, scales: bytes, count: int, size: int = 100) -> bytes:
    frames = [zstandard.compress(part) if part else b"" for part in (gaps, numbers, scales)]
    header = struct.pack(
        "<4sBBBBII4I", b"ASYV", 1, 4, 1, 6, size, count, len(gaps), *map(len, frames)
    )
    return header + b"".join(frames)


SCALES = np.float32([1, 1]).tobytes()
SMALL = Encoding(kept_basis_points=1000, bits=4, block=64)


@pytest.mark.parametrize(
    ("gaps", "numbers", "scales", "said"),
    [
        (b"\x60\x09", b"\x11", SCALES, "position 106 of 100"),
        (b"\x01\xff", b"\x11", SCALES, "no end"),
        (b"\x01\x01", b"\x81", SCALES, "level -8"),
        (b"\x01\x01", b"\x11", np.float32([np.nan, 1]).tobytes(), "scale"),
        (b"\x01\x01", b"\x11", np.float32([1, np.inf]).tobytes(), "scale"),
        (b"\x01\x01", b"\x11", np.float32([-1, 1]).tobytes(), "scale"),
        (b"\x01\x01", b"\x11\x11", SCALES, "inflate"),
        (b"\x01\x01", b"\x11", SCALES + SCALES, "inflate"),
        (b"\x01\x01", b"", SCALES, "no zstd frame"),
    ],
)
def test_a_message_made_to_harm_is_refused(
    gaps: bytes, numbers: bytes, scales: bytes, said: str
) -> None:
    with pytest.raises(MessageMalformed, match=said):
        decode(rebuilt(gaps, numbers, scales, count=2), 100, SMALL)


def test_the_message_that_those_are_changed_from_is_read() -> None:
    decoded = decode(rebuilt(b"\x01\x01", b"\x71", SCALES, count=2), 100, SMALL)

    assert decoded[[1, 3]].tolist() == [1.0, 7.0]


@pytest.mark.parametrize(
    ("size", "encoding"),
    [
        (SIZE + 1, Encoding()),
        (SIZE, Encoding(bits=8)),
        (SIZE, Encoding(block=64)),
        (SIZE, Encoding(kept_basis_points=10_000)),
        (SIZE, Encoding(kept_basis_points=100)),
    ],
)
def test_a_message_that_keeps_to_other_terms_is_refused(size: int, encoding: Encoding) -> None:
    message = encode(example(), Encoding())

    with pytest.raises(MessageUnexpected) as refused:
        decode(message, size, encoding)

    assert refused.value.expected != refused.value.found


@pytest.mark.parametrize(
    "terms",
    [
        {"bits": 5},
        {"bits": "4"},
        {"kept_basis_points": 0},
        {"kept_basis_points": 10_001},
        {"kept_basis_points": 0.04},
        {"block": 100},
        {"block": 1 << 20},
        {"zstd_level": 22},
        {"stochastic": 1},
        {"speed": 1},
    ],
)
def test_terms_outside_their_range_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(EncodingImpossible):
        Encoding.from_terms(terms)
