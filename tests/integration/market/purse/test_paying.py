"""Calls that are paid from a channel, one after the other and many at once."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from assay.market.errors import PriceTooHigh, ServiceFailed
from assay.market.metering import PaymentChoice
from assay.market.purse.errors import ChannelShort, NoOpenChannel
from tests.integration.market.purse.conftest import Buyer, ask
from tests.integration.market.purse.provider import PRICE, Provider


async def test_an_open_channel_pays_without_being_asked_for(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel

    answers = [
        await buyer.calls.call(provider.url, ask(f"Question {number}"), max_price=PRICE)
        for number in range(3)
    ]

    assert [answer.text for answer in answers] == [f"Answer to Question {n}" for n in range(3)]
    assert {answer.channel for answer in answers} == {channel.id}
    assert len({answer.payment for answer in answers}) == 3
    now = buyer.now(channel)
    assert (now.charged, now.signed, now.under_way) == (300, 300, 0)
    assert provider.vouchers == [100, 200, 300]


async def test_several_calls_are_under_way_on_one_channel_with_rising_vouchers(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel
    provider.slow_s = 0.05

    answers = await asyncio.gather(
        *(buyer.calls.call(provider.url, ask(f"At once {n}"), max_price=PRICE) for n in range(8))
    )

    assert sorted(answer.text for answer in answers) == [f"Answer to At once {n}" for n in range(8)]
    now = buyer.now(channel)
    assert (now.charged, now.under_way) == (800, 0)
    assert provider.channels[channel.id.hex].charged == 800
    corrections = len(provider.vouchers) - 8
    assert 800 <= now.signed <= 800 + corrections


async def test_two_processes_of_one_payer_never_sign_the_same_sum(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel
    other = buyer.restarted()

    await asyncio.gather(
        *(
            one.calls.call(provider.url, ask(f"Process {name}, {number}"), max_price=PRICE)
            for number in range(4)
            for name, one in (("a", buyer), ("b", other))
        )
    )

    assert len(provider.vouchers) == len(set(provider.vouchers))
    assert buyer.now(channel).charged == 800


async def test_a_call_that_others_overtook_is_signed_again_and_answered(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel
    overtaken = threading.Event()

    def hold_first(body: dict[str, Any]) -> None:
        if "first" in body["messages"][-1]["content"]:
            overtaken.wait(10)

    provider.before = hold_first
    first = asyncio.create_task(buyer.calls.call(provider.url, ask("first"), max_price=PRICE))
    while buyer.now(channel).under_way == 0:
        await asyncio.sleep(0.01)
    for number in range(2):
        await buyer.calls.call(provider.url, ask(f"later {number}"), max_price=PRICE)
    overtaken.set()

    answer = await first

    assert answer.text == "Answer to first"
    assert provider.vouchers == [200, 300, 100, 301]
    now = buyer.now(channel)
    assert (now.charged, now.signed, now.under_way) == (300, 301, 0)


async def test_a_channel_that_is_spent_pays_no_more_and_a_topped_up_one_does(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url, PRICE + 50).channel
    await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)

    with pytest.raises(ChannelShort):
        await buyer.calls.call(
            provider.url, ask("Two"), max_price=PRICE, scheme=PaymentChoice.CHANNEL
        )
    buyer.top_up(buyer.now(channel), 50)
    answer = await buyer.calls.call(provider.url, ask("Two"), max_price=PRICE)

    assert answer.text == "Answer to Two"
    assert buyer.now(channel).left == 0


async def test_without_a_channel_none_is_made_up(buyer: Buyer, provider: Provider) -> None:
    with pytest.raises(NoOpenChannel):
        await buyer.calls.call(
            provider.url, ask("Hi"), max_price=PRICE, scheme=PaymentChoice.CHANNEL
        )

    assert provider.vouchers == []


async def test_a_price_above_the_limit_signs_nothing(buyer: Buyer, provider: Provider) -> None:
    channel = buyer.open(provider.url).channel

    with pytest.raises(PriceTooHigh):
        await buyer.calls.call(provider.url, ask("Hi"), max_price=PRICE - 1)

    assert buyer.now(channel).signed == 0


async def test_a_call_that_broke_off_is_resumed_with_the_same_voucher_and_charged_once(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel
    provider.slow_s = 0.5
    call = asyncio.create_task(buyer.calls.call(provider.url, ask("Crash"), max_price=PRICE))
    while not provider.vouchers:
        await asyncio.sleep(0.01)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    provider.slow_s = 0.0

    answers = await buyer.restarted().calls.resume_all()

    assert [answer.text for answer in answers] == ["Answer to Crash"]
    assert provider.vouchers == [PRICE, PRICE]
    now = buyer.now(channel)
    assert (now.charged, now.under_way) == (PRICE, 0)
    assert provider.channels[channel.id.hex].charged == PRICE


async def test_a_call_that_never_arrived_stays_to_be_resumed_beside_later_ones(
    buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url).channel
    broken = threading.Event()

    def break_once(_body: dict[str, Any]) -> None:
        if not broken.is_set():
            broken.set()
            raise ConnectionResetError

    provider.before = break_once
    with pytest.raises(ServiceFailed):
        await buyer.calls.call(provider.url, ask("Lost"), max_price=PRICE)
    await buyer.calls.call(provider.url, ask("Later"), max_price=PRICE)

    answers = await buyer.restarted().calls.resume_all()

    assert [answer.text for answer in answers] == ["Answer to Lost"]
    now = buyer.now(channel)
    assert (now.charged, now.under_way) == (2 * PRICE, 0)
    assert provider.channels[channel.id.hex].charged == 2 * PRICE
