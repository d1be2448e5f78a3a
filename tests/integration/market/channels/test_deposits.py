"""Deposits on a real chain: made once, found again, and refused for the right reason."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assay.core.address import Address
from assay.market.channels.ports import Deposit
from assay.market.errors import PaymentRefused
from tests.integration.market.channels.scene import PERMIT2, Scene

CODE = "invalid_batch_settlement_evm_"


@pytest.fixture(scope="module")
def scene(shared_scene: Scene) -> Scene:
    shared_scene.sender("local-2").transact(
        shared_scene.deployment.token, "approve", PERMIT2, 10_000_000
    )
    return shared_scene


def balance(scene: Scene, deposit: Deposit) -> int:
    (state,) = scene.chain().states([deposit.config.channel_id(scene.domain)])
    return state.balance


def deposits(scene: Scene, salts: Iterator[int]) -> dict[str, Deposit]:
    number = next(salts)
    config = scene.config(number)
    return {
        "erc3009": scene.deposit(config, 5_000),
        "permit2": scene.permit2_deposit(config, 5_000, number),
    }


@pytest.mark.parametrize("collector", ["erc3009", "permit2"])
def test_the_same_deposit_again_changes_nothing_and_finds_the_transaction(
    scene: Scene, salts: Iterator[int], collector: str
) -> None:
    deposit = deposits(scene, salts)[collector]

    first = scene.chain().deposit(deposit)
    second = scene.chain().deposit(deposit)

    assert first == second
    assert balance(scene, deposit) == 5_000


@pytest.mark.parametrize("collector", ["erc3009", "permit2"])
def test_a_deposit_is_found_by_one_who_never_sent_it(
    scene: Scene, salts: Iterator[int], collector: str, tmp_path: Path
) -> None:
    deposit = deposits(scene, salts)[collector]
    first = scene.chain().deposit(deposit)
    stranger = replace(scene, folder=tmp_path, senders={})

    assert stranger.chain("local-4").deposit(deposit) == first
    assert balance(scene, deposit) == 5_000


def test_two_deposits_into_one_channel_add_up(scene: Scene, salts: Iterator[int]) -> None:
    config = scene.config(next(salts))

    scene.chain().deposit(scene.deposit(config, 100, salt=1))
    scene.chain().deposit(scene.deposit(config, 200, salt=2))

    assert balance(scene, scene.deposit(config, 1)) == 300


def test_one_deposit_asked_for_by_many_at_once_is_made_once(
    scene: Scene, salts: Iterator[int]
) -> None:
    deposit = deposits(scene, salts)["erc3009"]
    chains = [scene.chain(), scene.chain()]

    with ThreadPoolExecutor(6) as pool:
        hashes = set(pool.map(lambda turn: chains[turn % 2].deposit(deposit), range(6)))

    assert len(hashes) == 1
    assert balance(scene, deposit) == 5_000


def _cancelled(scene: Scene, salts: Iterator[int]) -> Deposit:
    deposit = scene.deposit(scene.config(next(salts)), 100)
    types = {
        "CancelAuthorization": [
            {"name": "authorizer", "type": "address"},
            {"name": "nonce", "type": "bytes32"},
        ]
    }
    payer = scene.account("local-2")
    domain = {
        "name": "Assay",
        "version": "1",
        "chainId": scene.node.chain_id,
        "verifyingContract": scene.deployment.token.address,
    }
    message = {"authorizer": payer.address, "nonce": deposit.nonce.raw}
    signature = payer.sign_typed_data(domain, types, "CancelAuthorization", message)
    scene.sender("local-4").transact(
        scene.deployment.token,
        "cancelAuthorization(address,bytes32,bytes)",
        payer.address,
        deposit.nonce.raw,
        signature,
    )
    return deposit


def _forged(scene: Scene, salts: Iterator[int]) -> Deposit:
    return scene.deposit(scene.config(next(salts)), 100, payer="local-5")


def _poor(scene: Scene, salts: Iterator[int]) -> Deposit:
    return scene.deposit(scene.config(next(salts), payer="local-6"), 100, payer="local-6")


def _malformed(scene: Scene, salts: Iterator[int]) -> Deposit:
    return replace(scene.deposit(scene.config(next(salts)), 100), collector_data=b"short")


def _elsewhere(scene: Scene, salts: Iterator[int]) -> Deposit:
    nobody = Address("0x000000000000000000000000000000000000dEaD")
    return replace(scene.deposit(scene.config(next(salts)), 100), collector=nobody)


CASES: dict[str, tuple[Callable[[Scene, Iterator[int]], Deposit], str]] = {
    "expired": (
        lambda scene, salts: scene.deposit(scene.config(next(salts)), 100, valid_before=1_000),
        "payload_authorization_valid_before",
    ),
    "not yet valid": (
        lambda scene, salts: scene.deposit(
            scene.config(next(salts)), 100, valid_after=int(time.time()) + 5_000
        ),
        "payload_authorization_valid_after",
    ),
    "cancelled": (_cancelled, "deposit_simulation_failed"),
    "forged": (_forged, "receive_authorization_signature"),
    "short balance": (_poor, "insufficient_balance"),
    "malformed": (_malformed, "deposit_payload"),
    "foreign collector": (_elsewhere, "deposit_payload"),
    "permit2 expired": (
        lambda scene, salts: scene.permit2_deposit(
            scene.config(number := next(salts)), 100, number, deadline=1_000
        ),
        "permit2_deadline_expired",
    ),
    "permit2 short allowance": (
        lambda scene, salts: scene.permit2_deposit(
            scene.config(number := next(salts)), 500_000_000, number
        ),
        "permit2_allowance_required",
    ),
    "permit2 forged": (
        lambda scene, salts: replace(
            scene.permit2_deposit(scene.config(number := next(salts)), 100, number), amount=101
        ),
        "permit2_invalid_signature",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_refused_deposit_says_why_and_sends_nothing(
    scene: Scene, salts: Iterator[int], case: str
) -> None:
    make, code = CASES[case]
    deposit = make(scene, salts)
    before = scene.node.block_number()

    with pytest.raises(PaymentRefused) as caught:
        scene.chain().deposit(deposit)

    assert caught.value.reason == CODE + code
    assert scene.node.block_number() == before


def test_a_nonce_that_was_spent_on_another_deposit_is_refused(
    scene: Scene, salts: Iterator[int]
) -> None:
    number = next(salts)
    scene.chain().deposit(scene.permit2_deposit(scene.config(number), 100, number))
    again = scene.permit2_deposit(scene.config(next(salts)), 100, number)

    with pytest.raises(PaymentRefused) as caught:
        scene.chain().deposit(again)

    assert caught.value.reason == CODE + "deposit_simulation_failed"


@pytest.mark.parametrize("collector", ["erc3009", "permit2"])
def test_a_deposit_that_a_reorganisation_took_is_made_again(
    own_scene: Scene, collector: str
) -> None:
    own_scene.sender("local-2").transact(own_scene.deployment.token, "approve", PERMIT2, 10_000_000)
    own_scene.node.request("anvil_mine", ["0xa"])
    config = own_scene.config(1)
    deposit = (
        own_scene.deposit(config, 5_000)
        if collector == "erc3009"
        else own_scene.permit2_deposit(config, 5_000, 1)
    )
    chain = own_scene.chain()
    chain.deposit(deposit)
    own_scene.node.request("anvil_mine", ["0x9"])
    own_scene.node.request("anvil_reorg", [10, []])
    assert balance(own_scene, deposit) == 0

    chain.deposit(deposit)

    assert balance(own_scene, deposit) == 5_000
