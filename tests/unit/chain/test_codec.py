"""Values between Python and the ABI."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from eth_abi.exceptions import EncodingError
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.codec import abi_type, decode_values, encode_values, selector, signature

ADDRESS = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
POINT = {
    "name": "points",
    "type": "tuple[]",
    "components": [
        {"name": "x", "type": "uint256"},
        {"name": "owner", "type": "address"},
        {"name": "inner", "type": "tuple", "components": [{"name": "seal", "type": "bytes4"}]},
    ],
}


@dataclass(frozen=True)
class Point:
    x: int
    owner: str
    inner: tuple[bytes]


def test_a_signature_spells_structs_as_tuples() -> None:
    entry = {"name": "draw", "inputs": [POINT, {"name": "label", "type": "string"}]}

    assert signature(entry) == "draw((uint256,address,(bytes4))[],string)"


def test_a_selector_is_the_one_everybody_knows() -> None:
    entry = {"name": "transfer", "inputs": [{"type": "address"}, {"type": "uint256"}]}

    assert selector(entry).hex() == "a9059cbb"


@given(x=st.integers(0, 2**256 - 1), seal=st.binary(min_size=4, max_size=4))
def test_structs_come_back_the_same_in_whatever_shape_they_went_in(x: int, seal: bytes) -> None:
    shapes = [
        {"x": x, "owner": ADDRESS.lower(), "inner": {"seal": seal}},
        (x, ADDRESS, (seal,)),
        Point(x, ADDRESS, (seal,)),
    ]

    ((*points,),) = decode_values([POINT], encode_values([POINT], [shapes]))

    assert [tuple(point) for point in points] == [(x, ADDRESS, (seal,))] * 3
    assert points[0].inner.seal == seal


@given(
    number=st.integers(0, 2**96 - 1),
    text=st.text(),
    blob=st.binary(),
    addresses=st.lists(st.just(ADDRESS), max_size=3),
)
def test_plain_values_come_back_the_same(
    number: int, text: str, blob: bytes, addresses: list[str]
) -> None:
    parameters = [
        {"name": "number", "type": "uint96"},
        {"name": "text", "type": "string"},
        {"name": "blob", "type": "bytes"},
        {"name": "addresses", "type": "address[]"},
    ]

    encoded = encode_values(parameters, [number, text, blob, addresses])

    assert decode_values(parameters, encoded) == (number, text, blob, addresses)


@pytest.mark.parametrize("value", [-1, 2**96, "1", None, 1.5])
def test_a_value_outside_its_type_is_refused(value: object) -> None:
    with pytest.raises((EncodingError, TypeError)):
        encode_values([{"name": "price", "type": "uint96"}], [value])


def test_the_type_of_a_nested_array_keeps_its_sizes() -> None:
    assert abi_type({**POINT, "type": "tuple[2][]"}) == "(uint256,address,(bytes4))[2][]"
