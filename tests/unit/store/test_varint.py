"""Variable-length integers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.store.errors import MalformedBlockError
from assay.store.varint import decode_varint, encode_varint


@given(st.integers(0, 2**63 - 1), st.binary(max_size=4))
def test_a_number_comes_back_with_the_place_where_it_ends(number: int, rest: bytes) -> None:
    data = encode_varint(number)

    decoded, end = decode_varint(data + rest, 0)

    assert (decoded, end) == (number, len(data))


@pytest.mark.parametrize(
    "data",
    [b"", b"\x80", b"\x80\x00", b"\xff\x00", b"\xff" * 9, b"\x80" * 9 + b"\x01"],
    ids=["empty", "cut", "padded zero", "padded", "too long", "64 bits"],
)
def test_what_the_encoder_never_writes_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedBlockError):
        decode_varint(data, 0)
