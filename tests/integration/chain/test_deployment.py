"""Deploying, loading and checking the contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assay.chain.account import Account
from assay.chain.build import load_build
from assay.chain.create2 import FACTORY
from assay.chain.deployment import (
    Deployment,
    deploy,
    derive_deployment,
    load_deployment,
)
from assay.chain.errors import (
    BuildChanged,
    CodeMissing,
    FactoryMissing,
    ForeignCode,
    InsufficientFunds,
    ManifestDamaged,
    ManifestMissing,
)
from assay.chain.local_node import LocalNode
from assay.chain.manifest import (
    Manifest,
    manifest_path,
    read_manifest,
    write_manifest,
)
from assay.chain.node import Node
from assay.chain.plan import (
    CREATED_NAMES,
    LICENCE_FEE_BPS,
    REWARD_WEIGHTS_BPS,
    TOKEN_SUPPLY,
)
from assay.chain.transaction import Sender
from assay.chain.verification import check_deployment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deployments"


@pytest.fixture
def deployment(node: Node, sender: Sender, folder: Path) -> Deployment:
    return deploy(node, sender, folder)


def test_the_contracts_are_wired_as_planned(deployment: Deployment, sender: Sender) -> None:
    token, registry = deployment.token, deployment.registry

    assert token.read("balanceOf", sender.account.address) == TOKEN_SUPPLY
    assert (token.read("name"), token.read("symbol"), token.read("decimals")) == (
        "Assay",
        "ASSAY",
        6,
    )
    assert registry.read("currency") == token.address
    assert registry.read("minimumAgeBlocks") == 1
    assert deployment.content.read("minimumAgeBlocks") == 1
    assert deployment.anchor.read("headOf", sender.account.address) == (bytes(32), 0, 0)
    assert deployment.first_block == 1


def test_contracts_stand_on_those_before_them(deployment: Deployment, sender: Sender) -> None:
    licences, reputation = deployment.licences, deployment.reputation

    assert licences.read("registry") == deployment.registry.address
    assert licences.read("currency") == deployment.token.address
    assert licences.read("owner") == sender.account.address
    assert licences.read("fee") == (LICENCE_FEE_BPS, sender.account.address)
    assert reputation.read("getIdentityRegistry") == deployment.identity.address
    assert deployment.identity.read("agentCount") == 0
    assert deployment.training.read("rewardWeights") == deployment.reward_weights.address
    assert deployment.reward_weights.read("weightsOf") == REWARD_WEIGHTS_BPS
    assert deployment.reward_weights.read("owner") == sender.account.address


def test_deploying_again_changes_nothing_whoever_does_it(
    node: Node,
    deployment: Deployment,
    account: Callable[[int], Account],
    outbox: Path,
    folder: Path,
) -> None:
    block, manifest = node.block_number(), manifest_path(folder, 31337).read_bytes()

    again = deploy(node, Sender(node, account(5), outbox), folder)

    assert node.block_number() == block
    assert manifest_path(folder, 31337).read_bytes() == manifest
    assert again.manifest == deployment.manifest


def test_a_lost_manifest_is_written_again_by_the_same_account(
    node: Node, deployment: Deployment, sender: Sender, folder: Path
) -> None:
    manifest_path(folder, 31337).unlink()

    again = deploy(node, sender, folder)

    assert [c.address for c in again.contracts] == [c.address for c in deployment.contracts]
    assert load_deployment(node, folder).manifest == again.manifest


def test_a_deployment_broken_off_halfway_is_finished(
    node: Node, deployment: Deployment, sender: Sender, folder: Path
) -> None:
    node.request("anvil_setCode", [deployment.anchor.address, "0x"])
    node.request("anvil_setNonce", [deployment.anchor.address, "0x0"])

    again = deploy(node, sender, folder)

    assert again.anchor.address == deployment.anchor.address
    assert load_deployment(node, folder).manifest == again.manifest


def test_addresses_are_the_same_on_another_chain(
    tmp_path: Path, deployment: Deployment, account: Callable[[int], Account]
) -> None:
    outbox = tmp_path / "twin-outbox"
    with (
        LocalNode.start(tmp_path / "twin") as local,
        Node(local.url) as node,
    ):
        twin = deploy(node, Sender(node, account(0), outbox), tmp_path / "twin-deployments")

    assert twin.token.address == deployment.token.address


def test_other_chains_get_a_longer_minimum_age_and_their_own_manifest(
    tmp_path: Path, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    with (
        LocalNode.start(tmp_path / "other", options=["--chain-id", "77"]) as local,
        Node(local.url) as node,
    ):
        deployment = deploy(node, Sender(node, account(0), outbox), folder)

        assert deployment.registry.read("minimumAgeBlocks") == 5
        assert not node.is_local
    assert read_manifest(folder, 77) == deployment.manifest


# The factory


@pytest.fixture
def bare_node(tmp_path: Path) -> Iterator[Node]:
    with (
        LocalNode.start(tmp_path / "bare", options=["--disable-default-create2-deployer"]) as local,
        Node(local.url) as node,
    ):
        yield node


def test_a_missing_factory_is_put_there(
    bare_node: Node, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    assert bare_node.code(FACTORY) == b""

    deployment = deploy(bare_node, Sender(bare_node, account(0), outbox), folder)

    assert load_deployment(bare_node, folder).manifest == deployment.manifest


def test_foreign_code_in_the_factorys_place_is_refused(
    bare_node: Node, account: Callable[[int], Account], outbox: Path, folder: Path
) -> None:
    bare_node.request("anvil_setCode", [FACTORY, "0x60016000a0"])

    with pytest.raises(FactoryMissing, match="other code"):
        deploy(bare_node, Sender(bare_node, account(0), outbox), folder)


def test_an_account_without_ether_deploys_nothing(node: Node, outbox: Path, folder: Path) -> None:
    with pytest.raises(InsufficientFunds):
        deploy(node, Sender(node, Account(b"\x55" * 32), outbox), folder)

    assert not folder.exists()


# Damage


@pytest.mark.parametrize("name", CREATED_NAMES)
def test_missing_code_is_told_of_the_one_contract(
    node: Node, deployment: Deployment, folder: Path, name: str
) -> None:
    address = deployment.manifest.contracts[name].address
    node.request("anvil_setCode", [address, "0x"])

    with pytest.raises(CodeMissing) as caught:
        load_deployment(node, folder)

    assert (caught.value.address, caught.value.contract) == (address, name)
    assert [check.name for check in check_deployment(node, folder) if not check.ok] == [name]


@pytest.mark.parametrize("name", CREATED_NAMES)
def test_a_changed_byte_of_code_is_foreign_wherever_it_is(
    node: Node, deployment: Deployment, folder: Path, name: str
) -> None:
    address = deployment.manifest.contracts[name].address
    code = node.code(address)
    build = load_build(name)
    inside = {start for start, _ in build.immutables}

    for place in {0, len(code) // 2, len(code) - 1} | inside:
        changed = code[:place] + bytes([code[place] ^ 1]) + code[place + 1 :]
        node.request("anvil_setCode", [address, "0x" + changed.hex()])
        with pytest.raises(ForeignCode) as caught:
            load_deployment(node, folder)

        assert (caught.value.address, caught.value.contract) == (address, name)
        (failed,) = [check for check in check_deployment(node, folder) if not check.ok]
        assert failed.name == name
        assert failed.reason


def test_deploying_over_foreign_code_is_refused(
    node: Node, deployment: Deployment, sender: Sender, folder: Path
) -> None:
    node.request("anvil_setCode", [deployment.token.address, "0x60016000a0"])

    with pytest.raises(ForeignCode):
        deploy(node, sender, folder)


@pytest.mark.parametrize("place", [0, 0.3, 0.5, 0.8, 0.999])
def test_a_flipped_byte_in_the_manifest_fails_every_contract_and_raises_nothing(
    node: Node, deployment: Deployment, folder: Path, place: float
) -> None:
    path = manifest_path(folder, 31337)
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= 1
    path.write_bytes(bytes(data))

    checks = check_deployment(node, folder)

    assert [check.name for check in checks if not check.ok] == list(CREATED_NAMES)
    with pytest.raises(ManifestDamaged):
        load_deployment(node, folder)


def test_a_manifest_forged_with_its_digest_still_cannot_name_other_addresses(
    node: Node, deployment: Deployment, folder: Path
) -> None:
    contracts = dict(deployment.manifest.contracts)
    contracts["CallAnchor"] = contracts["ContentToken"]
    write_manifest(folder, Manifest(31337, contracts))

    with pytest.raises((BuildChanged, ManifestDamaged)):
        load_deployment(node, folder)
    assert "CallAnchor" in [c.name for c in check_deployment(node, folder) if not c.ok]


def test_a_manifest_that_leaves_a_contract_out_is_damaged(
    node: Node, deployment: Deployment, folder: Path
) -> None:
    contracts = dict(deployment.manifest.contracts)
    del contracts["CallAnchor"]
    write_manifest(folder, Manifest(31337, contracts))

    with pytest.raises(ManifestDamaged, match="CallAnchor"):
        load_deployment(node, folder)


def test_without_a_manifest_nothing_is_loaded(node: Node, folder: Path) -> None:
    with pytest.raises(ManifestMissing):
        load_deployment(node, folder)

    checks = {check.name: check.ok for check in check_deployment(node, folder)}
    assert not any(checks[name] for name in CREATED_NAMES)


def test_a_whole_deployment_passes_every_check(
    node: Node, deployment: Deployment, folder: Path
) -> None:
    checks = check_deployment(node, folder)

    assert all(check.ok and not check.reason for check in checks)
    assert [check.name for check in checks] == [*CREATED_NAMES, "BatchSettlement"]
    for name, contract in deployment.manifest.contracts.items():
        (check,) = [check for check in checks if check.name == name]
        assert contract.code_hash in check.evidence


def test_contracts_are_found_without_a_manifest_by_their_holder(
    node: Node, deployment: Deployment, sender: Sender, folder: Path
) -> None:
    manifest_path(folder, 31337).unlink()

    derived = derive_deployment(node, sender.account.address)

    assert [c.address for c in derived.contracts] == [c.address for c in deployment.contracts]
    with pytest.raises(CodeMissing):
        derive_deployment(node, deployment.token.address)
