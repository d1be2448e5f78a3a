"""The settlement worker: what a round does, and what it does after something broke."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.errors import UnavailableError
from assay.market.channels.model import Channel
from assay.market.channels.policy import ClaimRules, Reason
from assay.market.channels.use_cases.settle import Provider, SettlementWorker
from tests.fakes.channels import (
    RECEIVER,
    TOKEN,
    FakeSettlement,
    MemoryAges,
    MemoryBook,
    MemoryEvents,
    SetClock,
    channel_of,
)

RULES = ClaimRules(minimum=1_000, after_s=3_600)


@dataclass
class House:
    """A provider's chain and book, and workers on them."""

    chain: FakeSettlement = field(default_factory=FakeSettlement)
    book: MemoryBook = field(default_factory=MemoryBook)
    ages: MemoryAges = field(default_factory=MemoryAges)
    events: MemoryEvents = field(default_factory=MemoryEvents)
    clock: SetClock = field(default_factory=SetClock)

    def worker(self, rules: ClaimRules = RULES) -> SettlementWorker:
        return SettlementWorker(
            chain=self.chain,
            book=self.book,
            ages=self.ages,
            events=self.events,
            provider=Provider(RECEIVER, RECEIVER, TOKEN, rules),
            clock=self.clock,
        )

    def channel(self, number: int, **sums: int) -> Channel:
        channel = channel_of(number, **sums)
        self.chain.hold(channel)
        return self.book.add(channel)


def test_a_round_claims_what_is_due_notes_it_and_has_it_paid_out() -> None:
    house = House()
    large = house.channel(1, charged=5_000)
    small = house.channel(2, charged=10)

    report = house.worker().settle()

    assert {line.decision.channel.id: line.claimed for line in report.lines} == {
        large.id: 5_000,
        small.id: 0,
    }
    assert house.book.channels[large.id].chain.claimed == 5_000
    assert [payout.amount for payout in report.payouts] == [5_000]
    assert report.fault == ""


def test_a_second_round_finds_nothing_to_do() -> None:
    house = House()
    house.channel(1, charged=5_000)
    worker = house.worker()
    worker.settle()

    report = worker.settle()

    assert report.claimed == 0
    assert report.payouts == ()
    assert len(house.chain.batches) == 1


def test_a_dry_run_sends_nothing_and_says_why() -> None:
    house = House()
    house.channel(1, charged=5_000)
    house.channel(2, charged=10)

    report = house.worker().plan()

    assert [line.reason for line in report.lines] == [Reason.VALUE, Reason.SMALL]
    assert house.chain.batches == []


def test_a_small_sum_is_claimed_by_age_also_over_restarts() -> None:
    house = House()
    house.channel(1, charged=10)
    house.worker().settle()
    house.clock.time_s += RULES.after_s

    report = house.worker().settle()

    assert [(line.reason, line.claimed) for line in report.lines] == [(Reason.AGE, 10)]


def test_what_is_charged_after_a_claim_waits_its_own_time() -> None:
    house = House()
    channel = house.channel(1, charged=10)
    house.worker().settle()
    house.clock.time_s += RULES.after_s
    house.worker().settle()
    house.book.charge(channel.id, 7)

    report = house.worker().settle()

    assert report.lines[0].reason is Reason.SMALL


def test_a_hundred_and_one_channels_take_two_transactions() -> None:
    house = House()
    for number in range(101):
        house.channel(number, charged=2_000)

    report = house.worker().settle()

    assert [len(batch) for batch in house.chain.batches] == [100, 1]
    assert len(report.transactions) == 2
    assert report.claimed == 101 * 2_000


def test_a_line_that_the_contract_refuses_is_set_aside_and_named() -> None:
    house = House()
    bad = house.channel(1, charged=5_000)
    house.channel(2, charged=6_000)
    house.chain.refuses.add(bad.id)
    worker = house.worker()

    first = worker.settle()
    trials = house.chain.trials
    second = worker.settle()

    assert [line.reason for line in first.lines] == [Reason.SET_ASIDE, Reason.VALUE]
    assert "signature" in first.lines[0].as_json()["because"]
    assert first.claimed == 6_000
    assert second.lines[0].reason is Reason.SET_ASIDE
    assert house.chain.trials == trials


def test_a_line_that_was_set_aside_is_tried_again_when_it_is_asked_for() -> None:
    house = House()
    bad = house.channel(1, charged=5_000)
    house.chain.refuses.add(bad.id)
    worker = house.worker()
    worker.settle()
    house.chain.refuses.clear()

    report = worker.settle(asked=True)

    assert report.claimed == 5_000


def test_a_channel_that_another_key_signs_for_is_left_alone() -> None:
    house = House()
    foreign = replace(channel_of(1).config, receiver_authorizer=TOKEN)
    channel = replace(channel_of(1, charged=5_000), config=foreign)
    house.chain.hold(channel)
    house.book.add(channel)

    report = house.worker().settle()

    assert [line.reason for line in report.lines] == [Reason.FOREIGN]
    assert house.chain.batches == []


def test_a_withdrawal_that_the_index_names_is_noticed_and_endangered_calls_are_returned() -> None:
    house = House()
    channel = house.channel(1, charged=50)
    quiet = house.channel(2, charged=50)
    worker = house.worker()
    worker.watch()
    house.chain.change(channel.id, withdrawal=1_000_000, withdrawal_at=1_000)
    house.chain.change(quiet.id, withdrawal=10, withdrawal_at=1_000)
    house.events.happen(channel.id, block=house.chain.block - 1)
    house.events.happen(quiet.id, block=house.chain.block)

    endangered = worker.watch()

    assert [each.id for each in endangered] == [channel.id]
    assert house.book.channels[channel.id].spendable == 0
    assert house.book.channels[quiet.id].spendable == 1_000_000 - 10
    assert worker.watch() == []


def test_a_withdrawal_that_the_index_misses_is_noticed_by_the_next_round() -> None:
    house = House()
    channel = house.channel(1, charged=50)
    house.chain.change(channel.id, withdrawal=1_000_000, withdrawal_at=1_000)

    report = house.worker().settle()

    assert [(line.reason, line.claimed) for line in report.lines] == [(Reason.WITHDRAWAL, 50)]


def test_events_that_a_reorganisation_took_back_are_looked_at_again() -> None:
    house = House()
    channel = house.channel(1, charged=50)
    worker = house.worker()
    worker.watch()
    house.chain.change(channel.id, balance=2_000_000)
    house.events.happen(channel.id, block=house.chain.block)
    worker.watch()
    house.chain.change(channel.id, balance=1_000_000)
    house.events.events.clear()

    worker.watch()

    assert house.book.channels[channel.id].chain.balance == 1_000_000


def test_a_chain_that_went_back_is_believed() -> None:
    house = House()
    channel = house.channel(1, charged=5_000)
    worker = house.worker()
    house.chain.block = 20
    worker.settle()
    house.chain.block = 9
    house.chain.channels[channel.id] = channel.chain

    report = worker.settle()

    assert report.rolled_back == 1
    assert report.claimed == 5_000
    assert house.book.channels[channel.id].chain.claimed == 5_000


def test_a_state_that_somebody_read_later_is_not_overwritten() -> None:
    house = House()
    channel = house.channel(1)
    house.chain.block = 30
    newer = replace(channel.chain, balance=9_000_000, block=31)
    house.book.note_chain(channel.config, channel.id, newer)
    house.chain.channels[channel.id] = newer
    real_states = house.chain.states
    answers = iter([[replace(channel.chain, block=30)]])
    house.chain.states = lambda ids: next(answers, None) or real_states(ids)  # type: ignore[method-assign]
    house.chain.block = 31

    house.worker().plan()

    assert house.book.channels[channel.id].chain.balance == 9_000_000


def test_an_outage_ends_a_round_and_the_next_one_goes_on() -> None:
    house = House()
    house.channel(1, charged=5_000)
    house.chain.fails.append(UnavailableError("no answer"))
    worker = house.worker()

    broken = worker.settle()
    mended = worker.settle()

    assert broken.fault == "no answer"
    assert broken.claimed == 0
    assert mended.claimed == 5_000
    assert house.chain.claimed_total == 5_000


def test_a_claim_whose_outcome_was_not_seen_is_not_made_twice() -> None:
    house = House()
    house.channel(1, charged=5_000)
    house.chain.fails_after.append(UnavailableError("no answer"))
    worker = house.worker()

    worker.settle()
    report = worker.settle()

    assert len(house.chain.batches) == 1
    assert [payout.amount for payout in report.payouts] == [5_000]
    assert house.chain.claimed_total == 5_000


@pytest.mark.parametrize("skew_s", [-(10**6), 10**6])
def test_a_machine_whose_clock_is_wrong_still_claims_in_time(skew_s: int) -> None:
    house = House()
    channel = house.channel(1, charged=50, reserved=10)
    house.chain.time_s = 10**7
    house.clock.time_s = 10**7 + skew_s
    house.chain.change(channel.id, withdrawal=1_000_000, withdrawal_at=10**7 - 500)

    report = house.worker().settle()

    assert report.lines[0].claimed == 50


steps = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), st.integers(0, 4), st.integers(1, 3_000)),
        st.tuples(st.just("round"), st.booleans(), st.sampled_from(["", "before", "after"])),
        st.tuples(st.just("restart"), st.just(0), st.just(0)),
        st.tuples(st.just("wait"), st.integers(0, 4_000), st.just(0)),
    ),
    max_size=40,
)


@given(steps)
def test_whatever_breaks_the_provider_gets_exactly_what_it_charged(
    story: list[tuple[str, int, int | str]],
) -> None:
    house = House()
    ids = [house.channel(number, charged=0).id for number in range(5)]
    worker, charged = house.worker(), 0

    for step, first, second in story:
        if step == "charge":
            house.book.charge(ids[first], int(second))
            charged += int(second)
        elif step == "wait":
            house.clock.time_s += first
        elif step == "restart":
            worker = house.worker()
        else:
            if second:
                faults = house.chain.fails if second == "before" else house.chain.fails_after
                faults[:] = [UnavailableError("broken")]
            worker.settle(asked=bool(first))
            house.chain.fails.clear()
            house.chain.fails_after.clear()
        assert house.chain.settled_total <= house.chain.claimed_total <= charged
    worker.settle(asked=True)

    assert house.chain.settled_total == house.chain.claimed_total == charged
