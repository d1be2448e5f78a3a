"""The byte code that creates a contract, and the address that it gets.

    code = creation_code(compiled, arguments)
    created_address(records, deployer, record, code)

The address is keccak256(0xff, records, salt, keccak256(code))[12:], the salt keccak256 of deployer
and record (https://eips.ethereum.org/EIPS/eip-1014, `contracts/src/authoring/ContractRecords.sol`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from assay.authoring.compiling.model import Compiled
from assay.core.address import Address, parse_address


def creation_code(compiled: Compiled, arguments: Sequence[Any]) -> bytes:
    """Byte code with the constructor's arguments behind it."""
    constructor = next((one for one in compiled.abi if one["type"] == "constructor"), None)
    types = [str(one["type"]) for one in constructor["inputs"]] if constructor else []
    return compiled.bytecode + encode(types, arguments)


def created_address(
    records: Address, deployer: Address, record: bytes, code_hash: bytes
) -> Address:
    """Where the contract of records puts a contract."""
    salt = keccak(encode(["address", "bytes32"], [deployer, record]))
    packed = b"\xff" + bytes.fromhex(records[2:]) + salt + code_hash
    return parse_address("0x" + keccak(packed)[12:].hex())
