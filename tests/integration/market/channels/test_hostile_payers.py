"""Payers who take their money out: the provider loses no call that it served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.market.channels.policy import ClaimRules, Reason
from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import DELAY_S, Scene

UNHURRIED = ClaimRules(minimum=10**12, after_s=10**9)


@pytest.fixture
def house(own_scene: Scene, database_url: str) -> Iterator[House]:
    house = House(own_scene, database_url)
    yield house
    house.close()


def test_an_announced_withdrawal_is_noticed_by_its_event_and_answered_by_a_claim(
    house: House,
) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 777)
    worker = house.worker(UNHURRIED)
    house.indexer.sync()
    worker.watch()
    assert worker.settle().claimed == 0
    payer = house.scene.chain("local-2")
    payer.initiate_withdraw(channel.config, 1_000_000)
    house.indexer.sync()

    endangered = worker.watch()
    report = worker.settle()

    assert [each.id for each in endangered] == [channel.id]
    assert [(line.reason, line.claimed) for line in report.lines] == [(Reason.WITHDRAWAL, 777)]
    before = house.scene.tokens("local-2")
    house.scene.pass_time(DELAY_S + 1)
    payer.finalize_withdraw(channel.config)
    assert house.scene.tokens("local-2") - before == 1_000_000 - 777
    assert house.scene.tokens("local-1") == 777


def test_a_withdrawal_is_answered_while_the_index_is_dead(house: House) -> None:
    channel = house.channel(1)
    house.serve(channel.id, 777)
    worker = house.worker(UNHURRIED)
    house.scene.chain("local-2").initiate_withdraw(channel.config, 1_000_000)

    assert worker.watch() == []
    report = worker.settle()

    assert report.claimed == 777


def test_one_who_opens_and_withdraws_at_once_gets_nothing_that_was_spent(house: House) -> None:
    channel = house.channel(1, 10_000)
    payer = house.scene.chain("local-2")
    payer.initiate_withdraw(channel.config, 10_000)
    house.serve(channel.id, 4_000)  # by a worker that had read the channel before
    worker = house.worker(UNHURRIED)

    worker.settle()
    house.scene.pass_time(DELAY_S + 1)
    payer.finalize_withdraw(channel.config)

    assert house.scene.tokens("local-1") == 4_000
    assert house.channel_now(channel.id).spendable == 4_000


def test_no_voucher_is_good_for_what_is_being_withdrawn(house: House) -> None:
    channel = house.channel(1, 10_000)
    house.indexer.sync()
    worker = house.worker(UNHURRIED)
    worker.watch()
    house.scene.chain("local-2").initiate_withdraw(channel.config, 9_000)
    house.indexer.sync()

    worker.watch()

    assert house.channel_now(channel.id).spendable == 1_000


def test_a_withdrawal_that_endangers_nothing_costs_no_gas(house: House) -> None:
    channel = house.channel(1, 10_000)
    house.serve(channel.id, 500)
    house.scene.chain("local-2").initiate_withdraw(channel.config, 9_000)

    report = house.worker(UNHURRIED).settle()

    assert report.transactions == []
    assert [line.reason for line in report.lines] == [Reason.SMALL]


def test_a_hundred_withdrawals_at_once_are_answered_in_one_round(house: House) -> None:
    channels = [house.channel(number, 1_000) for number in range(1, 101)]
    for turn, channel in enumerate(channels):
        house.serve(channel.id, 10 + turn)
    payer = house.scene.chain("local-2")
    for channel in channels[::2]:
        payer.initiate_withdraw(channel.config, 1_000)

    report = house.worker(UNHURRIED).settle()

    assert len(report.transactions) == 1
    due = [line.decision.channel.id for line in report.lines if line.claimed]
    assert sorted(due) == sorted(channel.id for channel in channels[::2])


def test_a_claim_after_the_delay_still_gets_what_is_left(house: House) -> None:
    channel = house.channel(1, 1_000)
    house.serve(channel.id, 600)
    house.scene.chain("local-2").initiate_withdraw(channel.config, 1_000)
    house.scene.pass_time(DELAY_S + 1)

    report = house.worker(UNHURRIED).settle()  # the payer has not come yet

    assert report.claimed == 600


@pytest.mark.parametrize("skew_s", [-(10**7), 0, 10**7])
def test_a_chain_whose_clock_is_elsewhere_changes_nothing(house: House, skew_s: int) -> None:
    channel = house.channel(1, 1_000)
    house.serve(channel.id, 600)
    house.scene.pass_time(10**6)
    house.clock.time_s = house.chain.now_s() + skew_s
    house.scene.chain("local-2").initiate_withdraw(channel.config, 1_000)

    assert house.worker(UNHURRIED).settle().claimed == 600
