"""Contracts at fixed addresses: put there on a development chain, looked for on any other.

    install_fixed(node)                  # Anvil: our builds, wherever other code is or none
    present_names(node)                  # {"BatchSettlement", ...}

Code that is put under an address keeps the storage there, so that a rebuilt contract goes on with
the channels of the last one.
"""

from __future__ import annotations

from eth_utils.crypto import keccak

from assay.chain.build import load_build
from assay.chain.errors import RpcFault
from assay.chain.node import Node
from assay.chain.plan import FIXED
from assay.chain.records import to_bytes

_METHOD_UNKNOWN = -32601


def install_fixed(node: Node) -> list[str]:
    """Put our builds at their addresses on a development node; nothing where they are already.

    Returns:
        The names of the contracts that were put there, again or for the first time.

    Raises:
        RpcFault: the node has the method and refuses it.
        ContractsNotBuilt: `make contracts` was not run.
    """
    installed: list[str] = []
    for fixed, code in zip(FIXED, _codes(node), strict=True):
        runtime = load_build(fixed.name).runtime
        if code == runtime:
            continue
        try:
            node.request("anvil_setCode", [fixed.address, "0x" + runtime.hex()])
        except RpcFault as fault:
            if fault.code == _METHOD_UNKNOWN:  # a node of another make: it has what it has
                return installed
            raise
        installed.append(fixed.name)
    return installed


def present_names(node: Node) -> frozenset[str]:
    """The names of the contracts that have code at their address, whoever put it there."""
    codes = _codes(node)
    return frozenset(fixed.name for fixed, code in zip(FIXED, codes, strict=True) if code)


def code_hashes(node: Node) -> dict[str, tuple[str, bool]]:
    """Of each contract that is there: keccak256 of its code, and whether it is our build."""
    return {
        fixed.name: ("0x" + keccak(code).hex(), code == load_build(fixed.name).runtime)
        for fixed, code in zip(FIXED, _codes(node), strict=True)
        if code
    }


def _codes(node: Node) -> list[bytes]:
    codes = []
    for answer in node.batch([("eth_getCode", [fixed.address, "latest"]) for fixed in FIXED]):
        if isinstance(answer, RpcFault):
            raise answer
        codes.append(to_bytes(answer))
    return codes
