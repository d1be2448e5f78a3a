"""Subscriptions to creators on a real chain whose clock is moved."""

from __future__ import annotations

import pytest

from assay.content.economy.errors import (
    AlreadySubscribed,
    NoPlan,
    NotSubscribed,
    PlanClosed,
    PriceAboveMaximum,
)
from assay.content.economy.model import PaymentKind
from tests.integration.content.economy.conftest import CREATOR, PAYER, REPOSTER, UNIT, Town

DAY_S = 86_400


@pytest.fixture
def plan(town: Town) -> int:
    """A plan of the creator's that nobody subscribes to yet."""
    for old in town.creator.economy.plans():
        town.creator.economy.close_plan(old.id)
    return town.creator.economy.make_plan("2", period_s=10 * DAY_S).plan.id


@pytest.fixture(autouse=True)
def nobody_subscribes(town: Town) -> None:
    """No test goes on with another's subscription."""
    for name in (PAYER, REPOSTER):
        if town.payer.economy.subscription(town.scene.address(CREATOR), name).is_active:
            town.payer.economy.unsubscribe(CREATOR, account=name)
    town.scene.later(30 * DAY_S)


def test_a_subscription_is_collected_when_it_is_due_and_not_in_arrears(
    town: Town, plan: int
) -> None:
    before, creator = town.scene.tokens(PAYER), town.scene.tokens(CREATOR)
    made = town.payer.economy.subscribe(CREATOR, max_price="2", periods=3).subscription
    early = town.creator.economy.renew_due()
    town.scene.later(15 * DAY_S)
    lapsed = town.payer.economy.is_subscribed(CREATOR)

    [renewal] = town.creator.economy.renew_due()
    again = town.creator.economy.renew_due()

    now = town.payer.economy.subscription(CREATOR)
    assert (made.plan, made.is_paid, early, lapsed, again) == (plan, True, [], False, [])
    assert renewal.reason == ""
    assert now.is_paid
    assert now.paid_until_s - now.time_s >= 10 * DAY_S - 5
    assert town.scene.tokens(PAYER) == before - 4 * UNIT
    assert town.scene.tokens(CREATOR) == creator + 4 * UNIT
    paid = town.creator.economy.earnings(CREATOR).payments[-2:]
    assert [(one.kind, one.amount, one.moved) for one in paid] == [
        (PaymentKind.SUBSCRIPTION, 2 * UNIT, True)
    ] * 2


def test_who_leaves_keeps_what_is_paid_and_pays_no_more(town: Town, plan: int) -> None:
    town.payer.economy.subscribe(str(plan), max_price="2")

    left = town.payer.economy.unsubscribe(CREATOR).subscription
    town.scene.later(11 * DAY_S)

    assert (left.is_paid, left.is_active) == (True, False)
    assert town.creator.economy.renew_due() == []
    assert not town.payer.economy.is_subscribed(CREATOR)
    with pytest.raises(NotSubscribed):
        town.payer.economy.unsubscribe(CREATOR)


def test_a_changed_price_is_for_new_subscribers_and_those_who_accept_it(
    town: Town, plan: int
) -> None:
    town.payer.economy.subscribe(CREATOR, max_price="2")
    town.creator.economy.change_plan_price(plan, "3")
    with pytest.raises(PriceAboveMaximum):
        town.payer.economy.subscribe(CREATOR, max_price="2", account=REPOSTER)
    town.payer.economy.subscribe(CREATOR, max_price="3", account=REPOSTER)
    town.scene.later(11 * DAY_S)

    kept = {one.subscriber: one.price for one in town.creator.economy.renew_due()}
    accepted = town.payer.economy.accept_price(CREATOR, max_price="3").subscription

    assert kept == {
        town.scene.address(PAYER): 2 * UNIT,
        town.scene.address(REPOSTER): 3 * UNIT,
    }
    assert accepted.price == 3 * UNIT


def test_who_cannot_pay_is_told_why_and_costs_no_gas(town: Town, plan: int) -> None:
    town.payer.economy.subscribe(CREATOR, max_price="2", periods=1)
    deployment = town.payer.workspace.deployment
    spender = deployment.creator_subscriptions.address
    town.scene.sender(PAYER).transact(deployment.token, "approve", spender, 0)
    town.scene.later(11 * DAY_S)

    [renewal] = town.creator.economy.renew_due()

    assert "allowance" in renewal.reason
    assert renewal.transaction == ""


def test_a_running_subscription_and_a_closed_plan_are_refused(town: Town, plan: int) -> None:
    town.payer.economy.subscribe(CREATOR, max_price="2")

    with pytest.raises(AlreadySubscribed):
        town.payer.economy.subscribe(CREATOR, max_price="2")
    town.creator.economy.close_plan(plan)
    with pytest.raises(PlanClosed):
        town.payer.economy.subscribe(str(plan), max_price="2", account=REPOSTER)
    with pytest.raises(NoPlan):
        town.payer.economy.subscribe(CREATOR, max_price="2", account=REPOSTER)
