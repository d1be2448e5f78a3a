"""The settlement contract through `SettlementChain`, on a real chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assay.chain.errors import ContractRevert
from assay.core.digest import Digest
from assay.market.channels.errors import ClaimRefused, ClaimTooLarge
from assay.market.channels.model import NOBODY, ChannelConfig
from assay.market.channels.policy import GAS_PER_BATCH, GAS_PER_LINE, GAS_PER_PAYOUT
from assay.market.channels.use_cases.claim import make_claims
from tests.integration.market.channels.scene import DELAY_S, Scene

YES = "0x631626ba7e60e01b60005260206000f3"  # a contract that accepts every signature
REFUSES = "0x60006000fd"  # and one that reverts


def claimed(scene: Scene, *configs: ChannelConfig) -> list[int]:
    ids = [config.channel_id(scene.domain) for config in configs]
    return [state.claimed for state in scene.chain().states(ids)]


def test_many_channels_are_read_at_one_block(shared_scene: Scene, salts: Iterator[int]) -> None:
    config = shared_scene.open(next(salts), 700)
    unknown = [Digest(bytes([7]) * 31 + bytes([number])) for number in range(250)]

    states = shared_scene.chain().states([*unknown, config.channel_id(shared_scene.domain)])

    assert len(states) == 251
    assert len({state.block for state in states}) == 1
    assert states[-1].balance == 700
    assert all(state.balance == 0 for state in states[:-1])


def test_a_hundred_channels_are_claimed_in_one_transaction(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    configs = [shared_scene.open(next(salts), 1_000) for _ in range(100)]
    claims = [shared_scene.claim(config, 400 + turn) for turn, config in enumerate(configs)]

    outcome = make_claims(shared_scene.chain(), claims)

    ((mined, lines),) = outcome.made
    assert len(lines) == 100
    assert claimed(shared_scene, *configs) == [400 + turn for turn in range(100)]
    assert mined.gas <= 100 * GAS_PER_LINE + GAS_PER_BATCH


def test_the_same_claims_again_find_their_transaction(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    claims = [shared_scene.claim(shared_scene.open(next(salts)), 400)]
    first = shared_scene.chain().claim(claims)
    block = shared_scene.node.block_number()

    assert shared_scene.chain().claim(claims) == first
    assert shared_scene.node.block_number() == block


def test_a_line_with_a_bad_signature_is_set_aside_and_the_others_are_claimed(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    configs = [shared_scene.open(next(salts), 1_000) for _ in range(9)]
    claims = [shared_scene.claim(config, 300) for config in configs]
    forged = shared_scene.voucher(configs[4], 300, signer="local-5")
    claims[4] = replace(claims[4], voucher=forged)
    claims[7] = shared_scene.claim(configs[7], 1_001)  # more than was deposited

    outcome = make_claims(shared_scene.chain(), claims)

    assert [len(lines) for _, lines in outcome.made] == [7]
    reasons = {claim.config: why for claim, why in outcome.refused}
    assert "BatchSettlementInvalidSignature" in reasons[configs[4]]
    assert "BatchSettlementOverBalance" in reasons[configs[7]]
    assert claimed(shared_scene, *configs) == [300, 300, 300, 300, 0, 300, 300, 0, 300]


def test_a_batch_that_does_not_fit_into_a_block_is_split(own_scene: Scene) -> None:
    configs = [own_scene.open(number, 1_000) for number in range(1, 21)]
    claims = [own_scene.claim(config, 300) for config in configs]
    own_scene.node.request("evm_setBlockGasLimit", [hex(400_000)])
    own_scene.node.request("evm_mine")
    with pytest.raises(ClaimTooLarge):
        own_scene.chain().claim_gas(claims)

    outcome = make_claims(own_scene.chain(), claims)

    assert len(outcome.made) > 1
    assert outcome.refused == []
    assert claimed(own_scene, *configs) == [300] * 20


def test_claims_are_paid_out_once(shared_scene: Scene, salts: Iterator[int]) -> None:
    chain, config = shared_scene.chain(), shared_scene.open(next(salts))
    chain.settle(config.receiver, config.token)
    before = shared_scene.tokens("local-1")
    chain.claim([shared_scene.claim(config, 12_345)])
    assert chain.unsettled(config.receiver, config.token) == 12_345

    mined = chain.settle(config.receiver, config.token)
    chain.settle(config.receiver, config.token)

    assert shared_scene.tokens("local-1") - before == 12_345
    assert mined.gas <= GAS_PER_PAYOUT + 20_000  # the receiver's balance may be a new slot
    assert chain.unsettled(config.receiver, config.token) == 0


def test_a_refund_claims_what_is_due_and_gives_back_the_rest_once(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    chain, config = shared_scene.chain(), shared_scene.open(next(salts), 1_000)
    before = shared_scene.tokens("local-2")
    claims = [shared_scene.claim(config, 250)]

    first = chain.refund(config, 1_000, 0, claims)
    again = shared_scene.chain().refund(config, 1_000, 0, claims)

    (state,) = chain.states([config.channel_id(shared_scene.domain)])
    assert first == again
    assert (state.balance, state.claimed, state.refund_nonce) == (250, 250, 1)
    assert shared_scene.tokens("local-2") - before == 750


def test_a_payer_withdraws_after_the_delay_and_not_before(own_scene: Scene) -> None:
    config, payer = own_scene.open(1, 1_000), own_scene.chain("local-2")
    before = own_scene.tokens("local-2")
    payer.initiate_withdraw(config, 600)
    with pytest.raises(ContractRevert) as early:
        payer.finalize_withdraw(config)

    own_scene.pass_time(DELAY_S + 1)
    payer.finalize_withdraw(config)

    assert early.value.name == "BatchSettlementWithdrawalNotReady"
    assert own_scene.tokens("local-2") - before == 600


def test_a_voucher_is_signed_by_the_authorizer_or_else_by_the_payer(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    chain, number = shared_scene.chain(), next(salts)
    authorizer = shared_scene.account("local-5").address
    delegated = shared_scene.config(number, payer_authorizer=authorizer)
    own = shared_scene.config(number, payer_authorizer=NOBODY)

    def valid(config: ChannelConfig, signer: str) -> bool:
        voucher = shared_scene.voucher(config, 10, signer)
        digest = voucher.digest(shared_scene.domain)
        return chain.valid_signature(config, digest, voucher.signature)

    assert valid(delegated, "local-5")
    assert not valid(delegated, "local-2")
    assert valid(own, "local-2")
    assert not valid(own, "local-5")


@pytest.mark.parametrize(("code", "accepted"), [(YES, True), (REFUSES, False)])
def test_a_contract_that_pays_is_asked_as_the_settlement_contract_asks_it(
    own_scene: Scene, code: str, accepted: bool
) -> None:
    wallet = own_scene.account("local-7").address  # its own key does not count once it has code
    config = own_scene.config(1, payer="local-7", payer_authorizer=NOBODY)
    own_scene.fund("local-7", 1_000)
    own_scene.chain().deposit(own_scene.deposit(config, 1_000, payer="local-7"))
    own_scene.node.request("anvil_setCode", [wallet, code])
    voucher = own_scene.voucher(config, 10, "local-7")

    valid = own_scene.chain().valid_signature(
        config, voucher.digest(own_scene.domain), voucher.signature
    )

    claims = [replace(own_scene.claim(config, 10), voucher=voucher)]
    assert valid is accepted
    if accepted:
        own_scene.chain().claim(claims)
    else:
        with pytest.raises(ClaimRefused):
            own_scene.chain().claim(claims)


def test_claims_of_a_channel_that_was_never_funded_are_refused(shared_scene: Scene) -> None:
    unknown = shared_scene.config(10**9)

    with pytest.raises(ClaimRefused) as caught:
        shared_scene.chain().claim([shared_scene.claim(unknown, 10)])

    assert "BatchSettlementOverBalance" in caught.value.reason


def test_a_payer_cannot_withdraw_from_anothers_channel(
    shared_scene: Scene, salts: Iterator[int]
) -> None:
    config = shared_scene.open(next(salts))

    with pytest.raises(ContractRevert) as caught:
        shared_scene.chain("local-6").initiate_withdraw(config, 1)

    assert caught.value.name == "BatchSettlementCallerNotPayer"
