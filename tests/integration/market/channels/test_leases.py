"""What workers that died or gave up leave behind in a channel, on both databases."""

from __future__ import annotations

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
