"""EIP-712 digests beside those of eth_account, for every kind of member."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import encode
from eth_account.messages import encode_typed_data
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.typed_data import typed_data_digest
from assay.errors import InputError

DOMAIN = {"name": "Example", "version": "1", "chainId": 31337}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "uint256": st.integers(0, 2**256 - 1),
    "uint64": st.integers(0, 2**64 - 1),
    "uint8": st.integers(0, 255),
    "int128": st.integers(-(2**127), 2**127 - 1),
    "address": st.binary(min_size=20, max_size=20).map(to_checksum_address),
    "bytes32": st.binary(min_size=32, max_size=32),
    "bytes4": st.binary(min_size=4, max_size=4),
    "bool": st.booleans(),
    "string": st.text(max_size=20),
    "bytes": st.binary(max_size=20),
    "uint64[]": st.lists(st.integers(0, 2**64 - 1), max_size=3),
}


@given(st.data())
def test_digests_are_those_of_eth_account(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=6))
    message = {f"m{place}": data.draw(VALUES[kind]) for place, kind in enumerate(kinds)}
    types = {"Thing": [{"name": f"m{n}", "type": kind} for n, kind in enumerate(kinds)]}

    signable = encode_typed_data(DOMAIN, types, message)

    expected = keccak(b"\x19" + signable.version + signable.header + signable.body)
    assert typed_data_digest(DOMAIN, types, "Thing", message) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("uint256", -1),
        ("uint256", 2**256),
        ("uint64", 2**64),
        ("uint256", "1"),
        ("uint256", 1.0),
        ("uint256", True),
        ("uint7", 1),
        ("address", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb9226"),
        ("address", "0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
        ("address", "f39fd6e51aad88f6f4ce6ab8827279cfffb92266"),
        ("bytes32", bytes(33)),
        ("bytes32", "0x" + "00" * 32),
    ],
)
def test_a_member_is_refused_where_the_abi_refuses_it(kind: str, value: Any) -> None:
    types = {"Thing": [{"name": "member", "type": kind}]}
    try:
        encode([kind], [value])
    except Exception:  # noqa: BLE001 - whatever the library says
        with pytest.raises(InputError):
            typed_data_digest(DOMAIN, types, "Thing", {"member": value})
        return

    assert len(typed_data_digest(DOMAIN, types, "Thing", {"member": value})) == 32
