"""Reverts become errors with names and values."""

from __future__ import annotations

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.chain.errors import ContractRevert, RpcFault
from assay.chain.reverts import decode_revert, revert_in, reverts_as
from assay.errors import AssayError, RefusedError

OWNER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"


def revert_data(signature: str, types: list[str], values: list[object]) -> bytes:
    return keccak(text=signature)[:4] + encode(types, values)


REGISTERED = revert_data(
    "AssetRegistryAlreadyRegistered(uint256,address)", ["uint256", "address"], [7, OWNER]
)


def test_a_custom_error_has_its_name_values_and_contract() -> None:
    revert = decode_revert(REGISTERED)

    assert revert.name == "AssetRegistryAlreadyRegistered"
    assert revert.values == {"assetId": 7, "owner": OWNER}
    assert revert.contract == "AssetRegistry"
    assert OWNER in str(revert)


def test_a_text_and_a_panic_are_understood() -> None:
    text = decode_revert(revert_data("Error(string)", ["string"], ["no entry"]))
    panic = decode_revert(revert_data("Panic(uint256)", ["uint256"], [0x11]))

    assert (text.name, text.values) == ("Error", {"message": "no entry"})
    assert (panic.name, panic.values) == ("Panic", {"code": 0x11})


def test_no_data_and_unknown_data_are_told_apart() -> None:
    assert decode_revert(b"").name == "Reverted"
    assert decode_revert(b"\x01\x02\x03\x04").values == {"data": b"\x01\x02\x03\x04"}
    assert decode_revert(REGISTERED[:20]).name == "Unknown"


@given(st.binary(max_size=200))
def test_any_data_gives_some_revert(data: bytes) -> None:
    assert isinstance(decode_revert(data), ContractRevert)


@pytest.mark.parametrize(
    "data",
    [
        "0x" + REGISTERED.hex(),
        {"data": "0x" + REGISTERED.hex()},
        "Reverted 0x" + REGISTERED.hex(),
    ],
)
def test_the_revert_is_found_wherever_a_node_puts_it(data: object) -> None:
    revert = revert_in(RpcFault(3, "execution reverted", data))

    assert revert is not None
    assert revert.name == "AssetRegistryAlreadyRegistered"


def test_a_fault_that_is_no_revert_stays_a_fault() -> None:
    assert revert_in(RpcFault(-32601, "the method does not exist")) is None
    assert revert_in(RpcFault(-32000, "execution reverted")) is not None


def test_an_area_turns_the_reverts_that_it_knows_into_its_own_errors() -> None:
    class Taken(RefusedError):
        pass

    mapping = {"AssetRegistryAlreadyRegistered": lambda revert: Taken(revert.values["owner"])}

    with pytest.raises(Taken, match=OWNER), reverts_as(mapping):
        raise decode_revert(REGISTERED)
    with pytest.raises(ContractRevert), reverts_as(mapping):
        raise decode_revert(b"")
    assert issubclass(ContractRevert, AssayError)
