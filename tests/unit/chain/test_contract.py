"""Bindings: call data, results and events, without a node."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from assay.chain import build
from assay.chain.contract import Contract
from assay.chain.errors import CodeMissing, ContractsNotBuilt, ForeignCode
from assay.chain.node import Node
from assay.chain.records import Log
from assay.core.address import Address
from assay.errors import InputError

ALICE = Address("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
BOB = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
HERE = Address("0x5FbDB2315678afecb367f032d93F642f64180aa3")


@pytest.fixture
def token() -> Contract:
    return Contract(Node("http://127.0.0.1:1"), "AssayToken", HERE)


def topic(address: str) -> bytes:
    return bytes(12) + bytes.fromhex(address[2:])


TRANSFER = Log(
    address=HERE,
    topics=(keccak(text="Transfer(address,address,uint256)"), topic(ALICE), topic(BOB)),
    data=encode(["uint256"], [5]),
    block_number=9,
    block_hash="0x" + "aa" * 32,
    transaction_hash="0x" + "bb" * 32,
    log_index=3,
)


def test_an_event_is_decoded_with_its_place_in_the_chain(token: Contract) -> None:
    event = token.decode_log(TRANSFER)

    assert event is not None
    assert (event.contract, event.name) == ("AssayToken", "Transfer")
    assert event.args == {"from": ALICE, "to": BOB, "value": 5}
    assert (event.block_number, event.log_index, event.address) == (9, 3, HERE)


@pytest.mark.parametrize(
    "log",
    [
        replace(TRANSFER, address=BOB),
        replace(TRANSFER, topics=()),
        replace(TRANSFER, topics=(keccak(text="Other()"),)),
        replace(TRANSFER, topics=TRANSFER.topics[:2]),
        replace(TRANSFER, data=b""),
    ],
)
def test_what_is_not_an_event_of_the_contract_is_passed_over(token: Contract, log: Log) -> None:
    assert token.decode_log(log) is None


def test_call_data_names_an_overload_by_its_number_of_arguments(token: Contract) -> None:
    short = token.encode(
        "transferWithAuthorization", ALICE, BOB, 1, 0, 2**40, b"n" * 32, b"signature"
    )
    long = token.encode(
        "transferWithAuthorization", ALICE, BOB, 1, 0, 2**40, b"n" * 32, 27, b"r" * 32, b"s" * 32
    )

    assert short[:4] != long[:4]


@given(value=st.integers(0, 2**256 - 1))
def test_a_result_is_the_value_that_was_returned(value: int) -> None:
    contract = Contract(Node("http://127.0.0.1:1"), "AssayToken", HERE)

    assert contract.decode_result("balanceOf", encode(["uint256"], [value])) == value


def test_an_argument_that_does_not_fit_is_the_callers_error(token: Contract) -> None:
    with pytest.raises(InputError, match="transfer"):
        token.encode("transfer", BOB, -1)
    with pytest.raises(InputError, match="transfer"):
        token.encode("transfer", "bob", 1)


def test_an_empty_answer_means_no_code_and_a_strange_one_foreign_code(token: Contract) -> None:
    with pytest.raises(CodeMissing):
        token.decode_result("balanceOf", b"")
    with pytest.raises(ForeignCode):
        token.decode_result("balanceOf", b"\x01")


def test_a_missing_build_says_how_to_get_it() -> None:
    with pytest.raises(ContractsNotBuilt) as caught:
        build.load_build("Nothing")

    assert "make contracts" in caught.value.hint


def test_code_matches_its_build_whatever_the_immutables_hold() -> None:
    token_build = build.load_build("AssayToken")
    start, length = token_build.immutables[0]
    code = bytearray(token_build.runtime)
    code[start : start + length] = b"\x5a" * length

    assert token_build.matches(bytes(code))
    code[start + length] ^= 1
    assert not token_build.matches(bytes(code))
    assert not token_build.matches(bytes(code) + b"\x00")
