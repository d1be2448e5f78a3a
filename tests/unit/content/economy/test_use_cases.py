"""Collecting what is due, and listing what was reposted."""

from __future__ import annotations

from dataclasses import replace

from assay.content.economy.model import Plan, Repost, Subscription
from assay.content.economy.use_cases.renewing import renew_due
from assay.content.economy.use_cases.reposting import list_reposts
from assay.core.address import Address
from assay.core.digest import Digest
from tests.fakes.economy import FakeEconomy, FakeRenewer

CREATOR, TOKEN = Address("0x" + "cc" * 20), Address("0x" + "dd" * 20)
ROOT = Digest.of(b"root")
PLAN = Plan(1, CREATOR, 5, 10, TOKEN, False)


def subscriber(number: int) -> Address:
    return Address(f"0x{number:040x}")


def economy(count: int) -> FakeEconomy:
    """Subscribers from 1 on, whose periods are all due and paid for."""
    people = [subscriber(number) for number in range(1, count + 1)]
    return FakeEconomy(
        {
            (CREATOR, one): Subscription(CREATOR, one, 1, 5, 100, True, 100, 110, 105)
            for one in people
        },
        {1: PLAN},
        balances=dict.fromkeys(people, 5),
        allowances=dict.fromkeys(people, 5),
    )


def test_due_periods_are_collected_in_batches() -> None:
    fake, renewer = economy(120), FakeRenewer(CREATOR)

    renewals = renew_due(CREATOR, account=renewer, reader=fake, index=fake)

    assert [len(batch) for batch in renewer.batches] == [50, 50, 20]
    assert [renewal.reason for renewal in renewals] == [""] * 120


def test_who_cannot_pay_or_is_not_due_is_left_out() -> None:
    fake, renewer = economy(5), FakeRenewer(CREATOR)
    fake.allowances[subscriber(1)] = 4
    fake.balances[subscriber(2)] = 4
    for number, change in ((3, {"is_active": False}), (4, {"time_s": 99})):
        pair = (CREATOR, subscriber(number))
        fake.held[pair] = replace(fake.held[pair], **change)

    renewals = renew_due(CREATOR, account=renewer, reader=fake, index=fake)

    assert renewer.batches == [[subscriber(5)]]
    reasons = {renewal.subscriber: renewal.reason for renewal in renewals}
    assert "allowance" in reasons[subscriber(1)]
    assert "balance" in reasons[subscriber(2)]
    assert reasons.keys() == {subscriber(1), subscriber(2), subscriber(5)}


def test_a_closed_plan_collects_nothing() -> None:
    fake, renewer = economy(1), FakeRenewer(CREATOR)
    fake.offered[1] = replace(PLAN, is_closed=True)

    [renewal] = renew_due(CREATOR, account=renewer, reader=fake, index=fake)

    assert renewer.batches == []
    assert "closed" in renewal.reason


def test_reposts_are_listed_below_what_was_asked_for_with_their_depth() -> None:
    made = [
        Repost(1, ROOT, ROOT, TOKEN, 500, 1, CREATOR),
        Repost(2, ROOT, 1, TOKEN, 500, 1, CREATOR),
        Repost(3, ROOT, ROOT, TOKEN, 500, 1, CREATOR),
        Repost(4, ROOT, 2, TOKEN, 500, 1, CREATOR),
    ]
    fake = FakeEconomy(made=made)

    everything = list_reposts(ROOT, reader=fake, index=fake)
    branch = list_reposts(1, reader=fake, index=fake)

    assert [(depth, one.id) for depth, one in everything] == [(1, 1), (2, 2), (1, 3), (3, 4)]
    assert [(depth, one.id) for depth, one in branch] == [(2, 2), (3, 4)]
