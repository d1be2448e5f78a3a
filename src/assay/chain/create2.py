"""Deterministic deployment: the same code and arguments get the same address on every chain.

Contracts are created by the deterministic-deployment proxy with CREATE2, so that an address is
keccak256(0xff, proxy, salt, keccak256(init code))[12:] (https://eips.ethereum.org/EIPS/eip-1014)
whoever sends the transaction. Anvil has the proxy; elsewhere it is put there by its presigned
transaction, which costs 0.01 ether.
"""

from __future__ import annotations

from eth_utils.crypto import keccak

from assay.chain.broadcast import Verdict, broadcast
from assay.chain.errors import FactoryMissing
from assay.chain.node import Node
from assay.chain.records import checksummed
from assay.chain.transaction import Sender
from assay.core.address import Address

FACTORY = Address("0x4e59b44847b379578588920cA78FbF26c0B4956C")
SALT = keccak(text="assay")
_FACTORY_CODE = bytes.fromhex(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "e03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
)
_PRESIGNED = bytes.fromhex(
    "f8a58085174876e800830186a08080b853604580600e600039806000f350fe"
    + _FACTORY_CODE.hex()
    + "1ba0"
    + "22" * 32
    + "a0"
    + "22" * 32
)
_PRESIGNER = Address("0x3fAB184622Dc19b6109349B94811493BF2a45362")
_PRESIGNED_COST_WEI = 100_000 * 100_000_000_000


def create2_address(init_code: bytes) -> Address:
    """Where the factory puts a contract with this creation code and arguments."""
    packed = b"\xff" + bytes.fromhex(FACTORY[2:]) + SALT + keccak(init_code)
    return checksummed("0x" + keccak(packed)[12:].hex())


def creation_data(init_code: bytes) -> bytes:
    """What to send to the factory to have a contract created."""
    return SALT + init_code


def ensure_factory(node: Node, sender: Sender) -> None:
    """Put the factory on the chain if it is not there.

    Raises:
        FactoryMissing: something else is at its address, or the chain refuses its presigned
            transaction.
        InsufficientFunds: the sender lacks the 0.01 ether that it costs.
    """
    code = node.code(FACTORY)
    if code == _FACTORY_CODE:
        return
    if code:
        raise FactoryMissing(FACTORY, node.chain_id, "other code is at its address")
    if (lacking := _PRESIGNED_COST_WEI - node.balance(_PRESIGNER)) > 0:
        sender.wait(sender.send(_PRESIGNER, value=lacking))
    verdict, words = broadcast(node, _PRESIGNED)
    if verdict not in {Verdict.ACCEPTED, Verdict.NONCE_USED}:
        raise FactoryMissing(FACTORY, node.chain_id, words)
    sender.wait("0x" + keccak(_PRESIGNED).hex())
    if node.code(FACTORY) != _FACTORY_CODE:
        raise FactoryMissing(FACTORY, node.chain_id, "its transaction did not create it")
