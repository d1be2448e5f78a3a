"""Reverts, decoded by name and values against the errors that the built contracts declare.

An area turns the ones that it knows into its own errors:

    with reverts_as({"ContentTokenAlreadyMinted": lambda revert: AlreadyMinted(**revert.values)}):
        sender.transact(content, "mint", token, salt)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from eth_abi.exceptions import DecodingError

from assay.chain.build import built_names, load_build
from assay.chain.codec import Parameter, decode_values, named, selector
from assay.chain.errors import ContractRevert, RpcFault
from assay.errors import AssayError

_REVERT_CODE = 3  # of JSON-RPC, as Geth, Anvil and most others use it
_SOLIDITY_ERRORS: tuple[dict[str, Any], ...] = (
    {"name": "Error", "inputs": [{"name": "message", "type": "string"}]},
    {"name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
)


def decode_revert(data: bytes) -> ContractRevert:
    """Name the error in a revert's data: a custom one, Error(string), Panic(uint256), or neither.

    Data that no build explains comes back as `Unknown` with the raw bytes, none as `Reverted`.
    """
    if not data:
        return ContractRevert("Reverted", {})
    known = _errors().get(data[:4])
    if known is not None:
        contract, name, parameters = known
        try:
            values = decode_values(parameters, data[4:])
            return ContractRevert(name, named(parameters, values), contract)
        except DecodingError:
            pass  # the selector by chance only: show the raw bytes
    return ContractRevert("Unknown", {"data": data})


def revert_in(fault: RpcFault) -> ContractRevert | None:
    """The revert that a node reports as a fault of eth_call or eth_estimateGas, if it is one."""
    data = _revert_data(fault.data)
    if data is not None:
        return decode_revert(data)
    if fault.code == _REVERT_CODE or "revert" in fault.message.lower():
        return ContractRevert("Reverted", {"message": fault.message})
    return None


@contextmanager
def reverts_as(mapping: Mapping[str, Callable[[ContractRevert], AssayError]]) -> Iterator[None]:
    """Raise an area's own error in place of each revert that `mapping` names."""
    try:
        yield
    except ContractRevert as revert:
        translate = mapping.get(revert.name)
        if translate is None:
            raise
        raise translate(revert) from revert


def _revert_data(data: Any) -> bytes | None:
    if isinstance(data, dict):  # some nodes wrap it
        data = data.get("data")
    if not isinstance(data, str):
        return None
    _, found, digits = data.rpartition("0x")  # some write "Reverted 0x..."
    if not found:
        return None
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return None


@cache
def _errors() -> dict[bytes, tuple[str | None, str, list[Parameter]]]:
    errors: dict[bytes, tuple[str | None, str, list[Parameter]]] = {}
    for name in built_names():
        for entry in load_build(name).abi:
            if entry["type"] == "error":
                owner = name if entry["name"].startswith(name) else None
                errors.setdefault(selector(entry), (owner, entry["name"], entry["inputs"]))
    for entry in _SOLIDITY_ERRORS:
        errors[selector(entry)] = (None, entry["name"], entry["inputs"])
    return errors
