"""Bindings against contracts on a real node."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.chain.account import Account
from assay.chain.contract import Contract, read_many
from assay.chain.deployment import Deployment, deploy
from assay.chain.errors import CodeMissing, ContractRevert
from assay.chain.node import Node
from assay.chain.signing import is_valid_signature
from assay.chain.transaction import Sender
from assay.core.address import Address

NOBODY = Address("0x000000000000000000000000000000000000dEaD")

# Answers every call with the magic value of EIP-1271, padded to 32 bytes.
AGREEABLE = "0x631626ba7e60e01b60005260206000f3"
# Answers every call with 32 zero bytes.
DISAGREEABLE = "0x60206000f3"


@pytest.fixture
def deployment(node: Node, sender: Sender, tmp_path: Path) -> Deployment:
    return deploy(node, sender, tmp_path / "deployments")


def test_many_reads_come_back_in_order_with_reverts_in_their_place(
    node: Node, deployment: Deployment, sender: Sender
) -> None:
    calls: list[tuple[Contract, str, tuple[object, ...]]] = []
    for asset_id in range(150):
        calls.append((deployment.token, "balanceOf", (sender.account.address,)))
        calls.append((deployment.registry, "assetOf", (asset_id,)))

    answers = read_many(node, calls)

    assert answers[::2] == [10**15] * 150
    reverts = answers[1::2]
    assert all(isinstance(revert, ContractRevert) for revert in reverts)
    assert [revert.values["assetId"] for revert in reverts] == list(range(150))


def test_a_read_that_is_refused_names_the_error(deployment: Deployment) -> None:
    with pytest.raises(ContractRevert) as caught:
        deployment.registry.read("assetOf", 5)

    assert caught.value.name == "AssetRegistryUnknownAsset"
    assert caught.value.contract == "AssetRegistry"


def test_reading_from_an_address_without_code_says_so(node: Node) -> None:
    with pytest.raises(CodeMissing):
        Contract(node, "AssayToken", NOBODY).read("name")


def test_events_of_a_block_range_are_decoded(
    node: Node, deployment: Deployment, sender: Sender
) -> None:
    receipts = [sender.transact(deployment.token, "transfer", NOBODY, n) for n in (1, 2, 3)]

    logs = node.logs(
        [c.address for c in deployment.contracts], receipts[0].block_number, node.block_number()
    )
    events = [deployment.token.decode_log(log) for log in logs]

    assert [event and event.args["value"] for event in events] == [1, 2, 3]
    assert [log for receipt in receipts for log in receipt.logs] == logs
    assert deployment.registry.decode_log(logs[0]) is None


def test_a_signature_counts_for_a_key_or_for_a_contract_that_agrees(node: Node) -> None:
    account = Account(b"\x07" * 32)
    digest = b"\x01" * 32
    signature = account.sign_digest(digest)
    node.request("anvil_setCode", [NOBODY, AGREEABLE])

    assert is_valid_signature(node, account.address, digest, signature)
    assert not is_valid_signature(node, account.address, b"\x02" * 32, signature)
    assert is_valid_signature(node, NOBODY, digest, b"any form at all")
    node.request("anvil_setCode", [NOBODY, DISAGREEABLE])
    assert not is_valid_signature(node, NOBODY, digest, signature)
    node.request("anvil_setCode", [NOBODY, "0x"])
    assert not is_valid_signature(node, NOBODY, digest, signature)
