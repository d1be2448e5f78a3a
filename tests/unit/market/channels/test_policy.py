"""Which channels are claimed now, and which wait."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.market.channels.model import Channel
from assay.market.channels.policy import (
    ClaimRules,
    Decision,
    Reason,
    claimable_total,
    decide,
    in_batches,
    is_exposed,
    line_gas,
    payout_due,
    uncovered,
)
from tests.fakes.channels import DELAY_S, TOKEN, channel_of

RULES = ClaimRules(minimum=1_000, after_s=3_600, gas_percent=5)
NOW = 100_000


def judge(channel: Channel, **options: int) -> Decision:
    given: dict[str, int] = {"line_cost": 0, "since": NOW, "now": NOW, **options}
    asked = bool(given.pop("asked", 0))
    return decide(channel, RULES, asked=asked, **given)


sums = st.integers(0, 10**9)


@st.composite
def channels(draw: st.DrawFn) -> Channel:
    """Any channel that keeps the rules of the book, with any chain state under it."""
    charged = draw(sums)
    balance, withdrawal = draw(sums), draw(sums)
    return channel_of(
        draw(st.integers(0, 10**6)),
        balance=balance,
        claimed=draw(st.integers(0, min(balance, charged))),
        charged=charged,
        open=draw(st.integers(0, charged)),
        reserved=draw(sums),
        withdrawal=min(withdrawal, balance),
        withdrawal_at=NOW - draw(st.integers(0, 2 * DELAY_S)),
    )


@given(channels(), st.integers(0, 10**6), st.integers(0, 10**5), st.booleans())
def test_no_claim_passes_what_was_signed_served_or_deposited(
    channel: Channel, cost: int, age_s: int, asked: bool
) -> None:
    decision = judge(channel, line_cost=cost, since=NOW - age_s, asked=asked)

    if decision.reason.due:
        assert channel.chain.claimed < decision.total
        assert decision.total <= channel.charged - channel.open
        assert decision.total <= channel.signed
        assert decision.total <= channel.chain.balance
    assert decision.claimable >= 0


@given(channels(), st.integers(0, 10**6))
def test_whatever_a_withdrawal_endangers_is_claimed_before_half_its_delay_is_over(
    channel: Channel, cost: int
) -> None:
    half_over = channel.chain.withdrawal_at + DELAY_S - DELAY_S // 2

    decision = decide(channel, RULES, line_cost=cost, since=half_over, now=half_over)

    if is_exposed(channel) and claimable_total(channel) > channel.chain.claimed:
        assert decision.reason is Reason.WITHDRAWAL


@given(channels(), st.integers(0, 10**6))
def test_a_withdrawal_of_what_no_call_has_spent_takes_nothing_from_the_provider(
    channel: Channel, amount: int
) -> None:
    channel = replace(channel, chain=replace(channel.chain, withdrawal=amount))
    chain = channel.chain
    taken = min(amount, chain.balance - chain.claimed)
    after = replace(channel, chain=replace(chain, balance=chain.balance - taken, withdrawal=0))

    if not is_exposed(channel):
        assert claimable_total(after) == claimable_total(channel)


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(1, 100))
def test_gas_never_costs_more_than_its_part_of_a_claim_for_value(
    gas_price_wei: int, token_per_ether: int, gas_percent: int
) -> None:
    rules = ClaimRules(0, 3_600, gas_percent, token_per_ether)
    cost = rules.cost(line_gas(100), gas_price_wei)

    assert cost * 100 <= rules.worth(cost) * gas_percent
    assert cost * 10**18 >= line_gas(100) * gas_price_wei * token_per_ether


@pytest.mark.parametrize(
    ("charged", "age_s", "cost", "reason"),
    [
        (0, 10**6, 0, Reason.NOTHING),
        (999, 0, 0, Reason.SMALL),
        (1_000, 0, 0, Reason.VALUE),
        (1_999, 0, 100, Reason.SMALL),
        (2_000, 0, 100, Reason.VALUE),
        (50, 3_599, 10, Reason.SMALL),
        (50, 3_600, 10, Reason.AGE),
        (50, 10**6, 50, Reason.SMALL),
    ],
)
def test_value_age_and_gas_decide_together(
    charged: int, age_s: int, cost: int, reason: Reason
) -> None:
    decision = judge(channel_of(charged=charged), line_cost=cost, since=NOW - age_s)

    assert decision.reason is reason


def test_calls_under_way_are_awaited_only_while_there_is_time() -> None:
    exposed = channel_of(charged=10, reserved=5, withdrawal=1_000_000, withdrawal_at=NOW)

    early = judge(exposed)
    late = decide(exposed, RULES, line_cost=0, since=NOW, now=NOW + DELAY_S // 2)
    quiet = judge(replace(exposed, reserved=0))

    assert early.reason is Reason.BUSY
    assert late.reason is Reason.WITHDRAWAL
    assert quiet.reason is Reason.WITHDRAWAL


def test_what_is_asked_for_is_claimed_however_small() -> None:
    assert judge(channel_of(charged=1), asked=1).reason is Reason.ASKED
    assert judge(channel_of(charged=0), asked=1).reason is Reason.NOTHING


def test_what_a_deposit_no_longer_covers_is_told() -> None:
    channel = channel_of(balance=30, charged=100)

    assert uncovered(channel) == 70
    assert judge(channel, asked=1).total == 30
    assert uncovered(channel_of(charged=100)) == 0


@given(st.lists(st.tuples(sums, st.integers(0, 10**6), st.booleans()), max_size=30))
def test_batches_hold_each_line_once_and_the_most_urgent_first(
    given_lines: list[tuple[int, int, bool]],
) -> None:
    decisions = [
        Decision(
            channel_of(number, charged=charged),
            Reason.WITHDRAWAL if urgent else Reason.VALUE,
            "",
            charged,
            deadline if urgent else 0,
        )
        for number, (charged, deadline, urgent) in enumerate(given_lines)
    ]

    batches = in_batches(decisions, 4)

    lines = [line for batch in batches for line in batch]
    assert sorted(line.channel.id for line in lines) == sorted(x.channel.id for x in decisions)
    assert all(len(batch) <= 4 for batch in batches)
    for before, after in pairwise(batches):
        urgent = [line.reason is Reason.WITHDRAWAL for line in before]
        assert all(urgent) or not any(line.reason is Reason.WITHDRAWAL for line in after)
        if all(urgent):
            last = max(line.deadline_s for line in before)
            assert all(
                line.deadline_s >= last for line in after if line.reason is Reason.WITHDRAWAL
            )


def test_lines_of_one_token_stand_together() -> None:
    other = "0x9000000000000000000000000000000000000009"
    decisions = []
    for number in range(8):
        channel = channel_of(number, charged=10)
        token = other if number % 2 else TOKEN
        channel = replace(channel, config=replace(channel.config, token=token))
        decisions.append(Decision(channel, Reason.VALUE, "", 10))

    (batch,) = in_batches(decisions, 100)

    tokens = [line.channel.config.token for line in batch]
    assert tokens == sorted(tokens)


@pytest.mark.parametrize(
    ("unsettled", "cost", "asked", "due"),
    [
        (0, 0, True, False),
        (1, 0, False, True),
        (1_999, 100, False, False),
        (2_000, 100, False, True),
        (1, 100, True, True),
    ],
)
def test_a_payout_is_worth_its_gas_or_asked_for(
    unsettled: int, cost: int, asked: bool, due: bool
) -> None:
    assert payout_due(unsettled, RULES, cost, asked=asked) is due
