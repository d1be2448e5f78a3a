"""Contracts at fixed addresses: put there on the local chain, looked for on any other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.chain.account import Account
from assay.chain.build import load_build
from assay.chain.contract import Contract
from assay.chain.deployment import Deployment, deploy, load_deployment
from assay.chain.errors import ContractAbsent, RpcFault
from assay.chain.fixed_contracts import install_fixed, present_names
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.plan import CREATED, FIXED
from assay.chain.recovery import recover_all
from assay.chain.transaction import Sender
from assay.chain.verification import check_deployment

NAMES = [fixed.name for fixed in FIXED]
INDEXED_NAMES = [created.name for created in CREATED if created.indexed]
OTHER_CODE = "0x60016000a0"
CHANNEL = b"\x07" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deployments"


@pytest.fixture
def deployment(node: Node, sender: Sender, folder: Path) -> Deployment:
    return deploy(node, sender, folder)


def sums_slot(node: Node, settlement: Contract) -> str:
    """Where the settlement contract keeps the sums of CHANNEL: the slot that reading them reads."""
    call = {"to": settlement.address, "data": "0x" + settlement.encode("channels", CHANNEL).hex()}
    accessed = node.request("eth_createAccessList", [call, "latest"])
    (slot,) = accessed["accessList"][0]["storageKeys"]
    return str(slot)


def test_deploying_puts_our_builds_at_their_addresses(node: Node, deployment: Deployment) -> None:
    for fixed in FIXED:
        assert node.code(fixed.address) == load_build(fixed.name).runtime

    assert deployment.present == frozenset(NAMES)
    assert deployment.settlement.read("channels", CHANNEL) == (0, 0)
    assert deployment.multicall.read("getChainId") == 31337
    assert deployment.permit2.read("nonceBitmap", FIXED[0].address, 0) == 0
    bound = (deployment.erc3009_collector.name, deployment.permit2_collector.name)
    assert bound == ("Erc3009DepositCollector", "Permit2DepositCollector")


def test_the_ledger_follows_the_settlement_and_no_other_fixed_contract(
    deployment: Deployment,
) -> None:
    followed = [contract.name for contract in deployment.contracts]

    assert followed == [*INDEXED_NAMES, "BatchSettlement"]


def test_installing_again_changes_nothing(node: Node, deployment: Deployment) -> None:
    assert install_fixed(node) == []


@pytest.mark.parametrize("code", ["0x", OTHER_CODE])
def test_what_is_missing_or_of_another_build_is_put_there_and_told(
    node: Node, deployment: Deployment, sender: Sender, folder: Path, code: str
) -> None:
    node.request("anvil_setCode", [deployment.settlement.address, code])
    failed = [check.name for check in check_deployment(node, folder) if not check.ok]

    again = deploy(node, sender, folder)

    assert failed == ["BatchSettlement"]
    assert again.settlement.read("channels", CHANNEL) == (0, 0)
    assert all(check.ok for check in check_deployment(node, folder))


def test_a_rebuilt_contract_goes_on_with_what_the_last_one_stored(
    node: Node, deployment: Deployment, sender: Sender, folder: Path
) -> None:
    address, slot = deployment.settlement.address, sums_slot(node, deployment.settlement)
    stored = (5 << 128 | 9).to_bytes(32, "big")
    node.request("anvil_setStorageAt", [address, slot, "0x" + stored.hex()])
    node.request("anvil_setCode", [address, OTHER_CODE])

    again = deploy(node, sender, folder)

    assert again.settlement.read("channels", CHANNEL) == (9, 5)


def test_they_are_there_after_the_node_was_stopped_and_started(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    with LocalNode.start(tmp_path / "again") as local, Node(local.url) as node:
        deploy(node, Sender(node, account(0), outbox), folder)

    with LocalNode.start(tmp_path / "again") as local, Node(local.url) as node:
        assert load_deployment(node, folder).present == frozenset(NAMES)


def test_a_killed_node_gets_them_back_before_lost_transactions_are_sent(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    with LocalNode.start(tmp_path / "killed") as local, Node(local.url) as node:
        sender = Sender(node, account(0), outbox)
        deployment = deploy(node, sender, folder)
        os.kill(local.pid, signal.SIGKILL)
        local.revive()
        node.move(local.url)
        for fixed in FIXED:  # what was not written before it died, at the worst
            node.request("anvil_setCode", [fixed.address, "0x"])

        recover_all(node, outbox)

        assert present_names(node) == frozenset(NAMES)
        assert load_deployment(node, folder).manifest == deployment.manifest


def test_another_chain_gets_none_and_misses_them_only_in_use(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    with (
        LocalNode.start(tmp_path / "other", options=["--chain-id", "77"]) as local,
        Node(local.url) as node,
    ):
        deployment = deploy(node, Sender(node, account(0), outbox), folder)

        assert present_names(node) == frozenset()
        assert [contract.name for contract in deployment.contracts] == INDEXED_NAMES
        assert all(check.ok for check in check_deployment(node, folder))
        with pytest.raises(ContractAbsent) as caught:
            _ = deployment.settlement
        assert (caught.value.contract, caught.value.chain_id) == ("BatchSettlement", 77)
        assert "exact" in caught.value.hint


def test_another_chain_uses_what_others_put_there(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    with (
        LocalNode.start(tmp_path / "public", options=["--chain-id", "77"]) as local,
        Node(local.url) as node,
    ):
        node.request("anvil_setCode", [FIXED[0].address, OTHER_CODE])
        deployment = deploy(node, Sender(node, account(0), outbox), folder)

        assert node.code(FIXED[0].address).hex() == OTHER_CODE[2:]
        assert deployment.settlement.address == FIXED[0].address
        assert deployment.settlement in deployment.contracts
        (check,) = [one for one in check_deployment(node, folder) if one.name == FIXED[0].name]
        assert check.ok


def test_a_node_of_another_make_keeps_what_it_has(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = node.request

    def refuse(method: str, params: list[object]) -> object:
        if method.startswith("anvil_"):
            raise RpcFault(-32601, "Method not found")
        return asked(method, params)

    monkeypatch.setattr(node, "request", refuse)

    assert install_fixed(node) == []
