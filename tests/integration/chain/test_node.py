"""Reading from a real node."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assay.chain.errors import BlockMissing, RpcFault, WrongChain
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address

SOMEBODY = Address("0x000000000000000000000000000000000000dEaD")


def test_blocks_are_linked_by_their_hashes(node: Node) -> None:
    node.request("anvil_mine", ["0x78"])

    blocks = node.blocks(range(121))

    assert [block.number for block in blocks] == list(range(121))
    assert all(child.parent_hash == parent.hash for parent, child in pairwise(blocks))
    assert node.block("latest") == blocks[-1]
    assert node.block_number() == 120


def test_a_missing_block_is_told(node: Node) -> None:
    with pytest.raises(BlockMissing):
        node.block(1)
    with pytest.raises(BlockMissing):
        node.blocks([0, 1])


def test_a_fault_stands_in_its_calls_place(node: Node) -> None:
    number, fault = node.batch([("eth_blockNumber", []), ("eth_nonsense", [])])

    assert number == "0x0"
    assert isinstance(fault, RpcFault)


def test_a_receipt_tells_what_happened(node: Node, sender: Sender) -> None:
    tx_hash = sender.send(SOMEBODY, value=5)

    receipt = sender.wait(tx_hash)

    assert receipt.succeeded
    assert receipt.sender == sender.account.address
    assert (receipt.to, receipt.gas_used, receipt.block_number) == (SOMEBODY, 21_000, 1)
    assert node.receipts([tx_hash, "0x" + "00" * 32]) == [receipt, None]
    assert node.balance(SOMEBODY) == 5


def test_another_chain_than_expected_is_refused(node: Node) -> None:
    with Node(node.url, expected_chain_id=1) as strict, pytest.raises(WrongChain):
        strict.balance(SOMEBODY)


def test_only_the_development_chain_on_this_machine_is_local(node: Node) -> None:
    assert node.is_local
    assert not Node("http://192.0.2.1:8545").is_local
