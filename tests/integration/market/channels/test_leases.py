"""What workers that died or gave up leave behind in a channel, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assay.market.channels.account import Order
from assay.market.channels.steps import Act, Step
from tests.fakes.payers import PaidInContract, Payer
from tests.integration.market.channels.test_engine import (
    OTHER_REQUEST,
    PRICE,
    QUICK,
    REQUEST,
    House,
    as_worker,
)


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    house = House(database_url, PaidInContract(), QUICK)
    yield house
    house.close()


def reserve_and_die(house: House, order: Order) -> None:
    with as_worker("dead") as worker:
        dead = replace(worker, until_s=worker.now_s - 1)
        house.book.apply([Step(Act.RESERVE, order)], dead)


async def test_a_reservation_of_a_dead_worker_is_given_back_once(house: House) -> None:
    abandoned = await house.engine.order(Payer(1).pay(PRICE), REQUEST, PRICE)
    reserve_and_die(house, abandoned)
    await house.reserve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    with as_worker("heir") as heir:
        house.book.apply([Step(Act.RESERVE, abandoned)], heir)

    assert house.channel(Payer(1).pay(1)).reserved == PRICE
    assert house.book.find_voucher(abandoned.voucher.channel, PRICE) is None


async def test_what_a_dead_worker_set_aside_does_not_stand_in_a_refunds_way(house: House) -> None:
    await house.serve(Payer(1).pay(PRICE))
    balance = house.channel(Payer(1).pay(1)).chain.balance
    abandoned = await house.engine.order(Payer(1).pay(2 * PRICE), OTHER_REQUEST, PRICE)
    reserve_and_die(house, abandoned)

    refund = await house.funds.give_back(Payer(1).pay(PRICE))

    assert refund.amount == balance - PRICE


async def test_the_lease_of_a_call_that_broke_off_is_not_renewed(house: House) -> None:
    async def serve_and_break() -> None:
        await house.reserve(Payer(1).pay(PRICE))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        await asyncio.create_task(serve_and_break())
    await asyncio.sleep(QUICK.lease_s + 2.5)

    judged = await house.serve(Payer(1).pay(PRICE), OTHER_REQUEST)

    assert judged.lacks is None
