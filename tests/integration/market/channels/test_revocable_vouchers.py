"""Payers whose contract accepts a voucher when it is shown, and refuses it when it is claimed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assay.core.digest import Digest
from assay.market.channels.account import Charge, Judged
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import MOST_REVOCABLE, NOBODY
from assay.market.channels.payload import ChannelPayment, PaymentKind
from assay.market.channels.reasons import Refusal
from tests.fakes.payers import DOMAIN, PaidInContract, Payer
from tests.integration.market.channels.scene import Scene
from tests.integration.market.channels.test_engine import PRICE, QUICK, House

# Accepts for every caller, and for every caller but one, whose address stands in the middle.
YES = "0x631626ba7e60e01b60005260206000f3"
FICKLE = "0x73{}3314602a57631626ba7e60e01b60005260206000f35b60006000fd"


@pytest.fixture
def fickle(database_url: str) -> Iterator[House]:
    house = House(database_url, PaidInContract(approves=lambda *_: True), QUICK)
    yield house
    house.close()


def signed_by_contract(total: int) -> ChannelPayment:
    config = Payer(1).config(payer_authorizer=NOBODY)
    voucher = Payer(1).voucher(config.channel_id(DOMAIN), total)
    return ChannelPayment(
        PaymentKind.VOUCHER, config, replace(voucher, signature=b"as the contract likes it")
    )


async def test_what_may_be_revoked_is_served_up_to_a_bound_until_it_is_claimed(
    fickle: House,
) -> None:
    price = MOST_REVOCABLE // 4

    async def call(number: int) -> Judged:
        payment, request = signed_by_contract(number * price), Digest.of(b"%d" % number)
        order = await fickle.engine.order(payment, request, price)
        await fickle.engine.reserve(order)
        return await fickle.engine.charge(order, Charge(price))

    calls = [call(number) for number in range(1, 20)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)

    refused = [each for each in outcomes if isinstance(each, VoucherRefused)]
    assert len(outcomes) - len(refused) == 4
    # A call that overtakes the one before it does not add up, and is refused for that.
    found = {each.refusal for each in refused}
    assert {Refusal.BUSY} <= found <= {Refusal.BUSY, Refusal.SUM}
    fickle.chain.change(signed_by_contract(1).channel, claimed=2 * price)
    payment = signed_by_contract(1)
    await fickle.engine.mirror.refresh(payment.config, payment.channel)
    assert (await call(20)).lacks is None


async def test_a_single_call_above_the_bound_is_served_and_no_second_one(fickle: House) -> None:
    price = 10 * MOST_REVOCABLE
    first = await fickle.engine.order(signed_by_contract(price), Digest.of(b"1"), price)
    second = await fickle.engine.order(signed_by_contract(2 * price), Digest.of(b"2"), price)

    await fickle.engine.reserve(first)

    with pytest.raises(VoucherRefused):
        await fickle.engine.reserve(second)


async def test_what_a_key_signed_has_no_bound(fickle: House) -> None:
    calls = [fickle.serve(Payer(2).pay(n * PRICE), Digest.of(b"%d" % n)) for n in range(1, 50)]

    judged = await asyncio.gather(*calls)

    assert all(each.lacks is None for each in judged)


def test_a_contract_cannot_tell_a_look_at_a_voucher_from_a_claim_by_who_asks(
    own_scene: Scene,
) -> None:
    settlement = own_scene.domain.contract[2:].lower()
    wallet = own_scene.account("local-7").address
    config = own_scene.config(1, payer="local-7", payer_authorizer=NOBODY)
    voucher = own_scene.voucher(config, 10, "local-7")
    digest, chain = voucher.digest(own_scene.domain), own_scene.chain()

    own_scene.node.request("anvil_setCode", [wallet, YES])
    assert chain.valid_signature(config, digest, voucher.signature)
    own_scene.node.request("anvil_setCode", [wallet, FICKLE.format(settlement)])

    assert not chain.valid_signature(config, digest, voucher.signature)
