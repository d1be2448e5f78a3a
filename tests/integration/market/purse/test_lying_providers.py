"""Providers that say what is not so: none gets more than the calls cost."""

from __future__ import annotations

from typing import Any

import pytest

from assay.market.errors import PaymentRefused, PriceTooHigh, TermsUnacceptable
from assay.market.metering import PaymentChoice
from assay.market.purse.errors import ChannelContradicted
from assay.market.purse.model import OwnChannel
from tests.integration.market.purse.conftest import Buyer, ask
from tests.integration.market.purse.provider import PRICE, Provider


@pytest.fixture
async def channel(buyer: Buyer, provider: Provider) -> OwnChannel:
    """Open, and one call paid from it."""
    channel = buyer.open(provider.url).channel
    await buyer.calls.call(provider.url, ask("Before"), max_price=PRICE)
    return buyer.now(channel)


def claimable(provider: Provider, channel: OwnChannel) -> int:
    """What the provider could claim with the largest voucher that it was ever given."""
    assert channel.id.hex in provider.channels
    return max(provider.vouchers)


async def test_a_sum_that_was_never_charged_gets_no_further_voucher(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    def inflate(state: dict[str, Any], _voucher: dict[str, Any]) -> None:
        state["chargedCumulativeAmount"] = "5000"

    provider.refuse, provider.lie = 9, inflate

    with pytest.raises(ChannelContradicted, match="5000"):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE
    assert buyer.now(channel).signed == 2 * PRICE


async def test_a_forged_voucher_proves_nothing(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    def forge(state: dict[str, Any], voucher: dict[str, Any]) -> None:
        message = {"channelId": channel.id.raw, "maxClaimableAmount": 5_000}
        domain = {
            "name": "x402 Batch Settlement",
            "version": "1",
            "chainId": provider.domain.chain_id,
            "verifyingContract": provider.domain.contract,
        }
        types = {
            "Voucher": [
                {"name": "channelId", "type": "bytes32"},
                {"name": "maxClaimableAmount", "type": "uint128"},
            ]
        }
        signature = provider.account.sign_typed_data(domain, types, "Voucher", message)
        state["chargedCumulativeAmount"] = "4900"
        voucher.update(signedMaxClaimable="5000", signature="0x" + signature.hex())

    provider.refuse, provider.lie = 9, forge

    with pytest.raises(ChannelContradicted):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE


async def test_our_own_signature_under_another_sum_proves_nothing(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    def stretch(state: dict[str, Any], voucher: dict[str, Any]) -> None:
        state["chargedCumulativeAmount"] = "4900"
        voucher["signedMaxClaimable"] = "5000"

    provider.refuse, provider.lie = 9, stretch

    with pytest.raises(ChannelContradicted):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE


async def test_a_good_voucher_that_is_refused_is_not_raised(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.refuse = 9

    with pytest.raises(ChannelContradicted, match="pays for the call"):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE


async def test_refusing_again_and_again_raises_the_sum_by_the_prices_of_the_calls_alone(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.refuse = 100

    for number in range(5):
        with pytest.raises(ChannelContradicted):
            await buyer.calls.call(provider.url, ask(f"Again {number}"), max_price=PRICE)
    with pytest.raises(ChannelContradicted):
        await buyer.calls.resume_all()

    corrections = len(provider.vouchers) - 6
    assert claimable(provider, channel) <= 6 * PRICE + corrections


async def test_a_price_that_rises_between_asking_and_paying_is_paid_up_to_the_limit(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.next_price = PRICE + 30

    answer = await buyer.calls.call(provider.url, ask("Dearer"), max_price=PRICE + 30)

    assert answer.record.record.amount == PRICE + 30
    assert buyer.now(channel).charged == 2 * PRICE + 30
    assert claimable(provider, channel) == 2 * PRICE + 30


async def test_a_price_that_rises_above_the_limit_gets_no_further_voucher(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.next_price = PRICE + 30

    with pytest.raises(PriceTooHigh):
        await buyer.calls.call(provider.url, ask("Dearer"), max_price=PRICE + 29)

    assert claimable(provider, channel) == 2 * PRICE


async def test_another_receiver_in_the_correction_is_not_paid(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.refuse = 9
    honest = provider.offer

    def divert(price: int, extra: dict[str, Any]) -> dict[str, Any]:
        offer = honest(price, extra)
        return {**offer, "payTo": provider.token} if "channelState" in extra else offer

    provider.offer = divert  # type: ignore[method-assign]

    with pytest.raises(TermsUnacceptable):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE


async def test_a_provider_that_takes_the_money_and_charges_for_nothing_is_found_out(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    provider.channels[channel.id.hex].charged += 60

    with pytest.raises(ChannelContradicted, match="160"):
        await buyer.calls.call(provider.url, ask("More"), max_price=PRICE)

    assert claimable(provider, channel) == 2 * PRICE


async def test_a_lost_purse_goes_on_from_what_our_own_signature_proves(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    for number in range(3):
        await buyer.calls.call(provider.url, ask(f"Forgotten {number}"), max_price=PRICE)
    buyer.book.change(channel.id, lambda _now: channel)  # a copy of the purse from before

    answer = await buyer.calls.call(provider.url, ask("After the loss"), max_price=PRICE)

    assert answer.text == "Answer to After the loss"
    now = buyer.now(channel)
    assert provider.channels[channel.id.hex].charged == now.charged == 5 * PRICE


async def test_a_refusal_of_the_first_voucher_frees_its_price(
    buyer: Buyer, provider: Provider, channel: OwnChannel
) -> None:
    def refuse(_payload: dict[str, Any], _body: dict[str, Any]) -> Any:
        return 402, {"PAYMENT-REQUIRED": provider.required("no", PRICE)}, {}

    provider.take = refuse  # type: ignore[method-assign]

    with pytest.raises(PaymentRefused):
        await buyer.calls.call(
            provider.url, ask("No"), max_price=PRICE, scheme=PaymentChoice.CHANNEL
        )

    now = buyer.now(channel)
    assert (now.under_way, now.charged, now.signed) == (0, PRICE, 2 * PRICE)
