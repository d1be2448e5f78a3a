"""Sealed streams: any length comes back, and nothing that was tampered with opens."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError
from assay.store.envelope import (
    HEADER_BYTES,
    TAG_BYTES,
    Kind,
    open_envelope,
    seal,
    sealed_bytes,
)
from assay.store.errors import EnvelopeDamaged, EnvelopeMalformed

KEY = ContentKey(bytes(range(32)))
ASSET = Digest.of(b"an asset")
CHUNK_LOG2 = 6
CHUNK_BYTES = 1 << CHUNK_LOG2
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

plain_bytes = st.binary(max_size=5 * CHUNK_BYTES)
cuts = st.lists(st.integers(min_value=0, max_value=6 * CHUNK_BYTES), max_size=6)


def pieces_of(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(min(place, len(data)) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def sealed(data: bytes, key: ContentKey = KEY, asset: Digest = ASSET) -> bytes:
    return b"".join(seal([data], key, asset, Kind.FILE, chunk_log2=CHUNK_LOG2))


def opened(envelope: bytes, key: ContentKey = KEY, asset: Digest = ASSET) -> bytes:
    return b"".join(open_envelope([envelope], key, asset).pieces)


def chunks_of(envelope: bytes) -> list[bytes]:
    body = envelope[HEADER_BYTES:]
    return [
        body[start : start + SEALED_CHUNK_BYTES]
        for start in range(0, len(body), SEALED_CHUNK_BYTES)
    ]


@given(plain_bytes, cuts, cuts)
def test_what_was_sealed_opens_however_both_streams_are_cut(
    data: bytes, plain_cuts: list[int], sealed_cuts: list[int]
) -> None:
    envelope = b"".join(
        seal(pieces_of(data, plain_cuts), KEY, ASSET, Kind.FOLDER, chunk_log2=CHUNK_LOG2)
    )

    found = open_envelope(pieces_of(envelope, sealed_cuts), KEY, ASSET)

    assert (found.kind, b"".join(found.pieces)) == (Kind.FOLDER, data)
    assert len(envelope) == sealed_bytes(len(data), chunk_log2=CHUNK_LOG2)


@given(plain_bytes, st.data())
def test_a_flipped_bit_anywhere_is_refused(data: bytes, choice: st.DataObject) -> None:
    envelope = bytearray(sealed(data))
    place = choice.draw(st.integers(0, 8 * len(envelope) - 1))
    envelope[place // 8] ^= 1 << place % 8

    with pytest.raises(IntegrityError):
        opened(bytes(envelope))


@given(plain_bytes, st.data())
def test_an_envelope_that_was_cut_is_refused(data: bytes, choice: st.DataObject) -> None:
    envelope = sealed(data)
    length = choice.draw(st.integers(0, len(envelope) - 1))

    with pytest.raises(IntegrityError):
        opened(envelope[:length])


@given(st.binary(min_size=CHUNK_BYTES + 1, max_size=6 * CHUNK_BYTES), st.data())
def test_chunks_cannot_be_dropped_at_their_edges_doubled_or_reordered(
    data: bytes, choice: st.DataObject
) -> None:
    envelope = sealed(data)
    chunks = chunks_of(envelope)
    picked = choice.draw(st.lists(st.sampled_from(range(len(chunks))), max_size=len(chunks) + 2))
    assume(picked != list(range(len(chunks))))

    with pytest.raises(IntegrityError):
        opened(envelope[:HEADER_BYTES] + b"".join(chunks[number] for number in picked))


@given(st.binary(min_size=CHUNK_BYTES + 1, max_size=4 * CHUNK_BYTES), st.data())
def test_a_chunk_of_another_envelope_under_the_same_key_is_refused(
    data: bytes, choice: st.DataObject
) -> None:
    ours, theirs = sealed(data), chunks_of(sealed(data))
    chunks = chunks_of(ours)
    place = choice.draw(st.integers(0, len(chunks) - 1))
    chunks[place] = theirs[place]

    with pytest.raises(EnvelopeDamaged):
        opened(ours[:HEADER_BYTES] + b"".join(chunks))


@given(plain_bytes, st.binary(min_size=1, max_size=2 * SEALED_CHUNK_BYTES))
def test_nothing_can_be_appended(data: bytes, more: bytes) -> None:
    with pytest.raises(IntegrityError):
        opened(sealed(data) + more)


def test_another_key_or_another_asset_opens_nothing() -> None:
    envelope = sealed(b"secret")

    with pytest.raises(EnvelopeDamaged):
        opened(envelope, key=ContentKey.random())
    with pytest.raises(EnvelopeDamaged):
        opened(envelope, asset=Digest.of(b"another asset"))


def test_sealing_twice_gives_unlike_ciphertexts() -> None:
    assert sealed(b"same") != sealed(b"same")


@pytest.mark.parametrize("envelope", [b"", b"ASSAYSLD", b"x" * 64, b"ASSAYSLD\x02" + bytes(60)])
def test_what_is_no_envelope_is_called_so(envelope: bytes) -> None:
    with pytest.raises(EnvelopeMalformed):
        opened(envelope)


def test_the_memory_in_use_does_not_grow_with_the_content() -> None:
    def source(megabytes: int) -> Iterator[bytes]:
        piece = bytes(1 << 20)
        for _ in range(megabytes):
            yield piece

    tracemalloc.start()
    found = open_envelope(seal(source(256), KEY, ASSET, Kind.FILE), KEY, ASSET)
    count = sum(len(piece) for piece in found.pieces)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 256 << 20
    assert peak < 16 << 20


def test_a_key_shows_itself_nowhere() -> None:
    key = ContentKey(b"k" * 32)

    assert "kkk" not in f"{key} {key!r} {[key]}"
    assert key == ContentKey(b"k" * 32)
    assert key != ContentKey.random()


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(InputError):
        ContentKey(b"short")
