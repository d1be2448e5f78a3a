"""Periods, subscriptions and rentals on a real chain whose clock is moved."""

from __future__ import annotations

import pytest

from assay.market.licences.errors import (
    LicenceBound,
    LicenceRentedOut,
    NotSubscribed,
    NotTheOwner,
    PriceAboveMaximum,
    TermRefused,
)
from assay.market.licences.model import LicenceState, due_window, licence_text, parse_licence
from tests.integration.licences.scene import BUYER, OTHER, PROVIDER, UNIT, Scene

DAY_S = 86_400
MONTH_S = 30 * DAY_S


def sold(
    scene: Scene, *, price: str = "1", subscription: bool = False, bound: bool = False
) -> tuple[int, str]:
    """An offer of a month, and a licence bought by it."""
    offer = scene.provider.licences.offer(
        scene.asset().asset_id.hex,
        price=price,
        period_s=MONTH_S,
        subscription=subscription,
        transferable=not bound,
    )
    bought = scene.buyer.licences.buy(str(offer.id), max_price=price, periods=3)
    return offer.id, licence_text(bought.licence)


def shown(scene: Scene, licence: str) -> LicenceState:
    return scene.buyer.licences.show(licence)


def renewed(scene: Scene, licence: str) -> list[str]:
    """The reasons of all rounds that concern a licence; empty texts for what was paid."""
    number = parse_licence(licence)
    return [
        renewal.reason
        for renewal in scene.provider.licences.renew_due()
        if renewal.licence == number
    ]


def test_a_licence_ends_and_a_renewal_begins_where_it_ends_or_now(scene: Scene) -> None:
    _, licence = sold(scene)
    first_end = shown(scene, licence).licence.expires_at_s

    early = scene.buyer.licences.renew(licence, max_price="1")
    scene.later(3 * MONTH_S)
    over = shown(scene, licence)
    late = scene.buyer.licences.renew(licence, max_price="1")

    assert early.expires_at_s == first_end + MONTH_S
    assert over.licence.is_expired_at(over.block_time_s)
    after = shown(scene, licence)
    assert late.expires_at_s == after.licence.expires_at_s
    assert abs(late.expires_at_s - (after.block_time_s + MONTH_S)) <= 5
    assert not after.licence.is_expired_at(after.block_time_s)


def test_anybody_may_pay_somebodys_renewal(scene: Scene) -> None:
    _, licence = sold(scene)
    before, end = scene.tokens(OTHER), shown(scene, licence).licence.expires_at_s

    scene.buyer.licences.renew(licence, max_price="1", account=OTHER)

    assert scene.tokens(OTHER) == before - UNIT
    assert shown(scene, licence).licence.expires_at_s == end + MONTH_S
    assert shown(scene, licence).licence.owner == scene.address(BUYER)


def test_a_subscription_is_collected_when_it_is_due_and_once(scene: Scene) -> None:
    _, licence = sold(scene, price="2", subscription=True)
    state = shown(scene, licence)
    window = (state.subscription.due_from_s, state.subscription.due_until_s)
    assert window == due_window(state.licence.expires_at_s, MONTH_S)
    assert renewed(scene, licence) == []
    scene.later(MONTH_S - DAY_S + 60)
    before = scene.tokens(BUYER)

    first, again = renewed(scene, licence), renewed(scene, licence)

    assert (first, again) == ([""], [])
    assert scene.tokens(BUYER) == before - 2 * UNIT
    assert shown(scene, licence).licence.expires_at_s == state.licence.expires_at_s + MONTH_S


def test_a_cancelled_subscription_is_not_collected_and_stays_good(scene: Scene) -> None:
    _, licence = sold(scene, subscription=True)

    state = scene.buyer.licences.cancel(licence)
    scene.later(MONTH_S - 3600)

    assert not state.subscription.is_active
    assert renewed(scene, licence) == []
    now = shown(scene, licence)
    assert now.licence.holder_at(now.block_time_s) == scene.address(BUYER)
    with pytest.raises(NotSubscribed):
        scene.buyer.licences.cancel(licence)


def test_a_subscription_goes_on_only_from_an_allowance_and_for_the_price_agreed_to(
    scene: Scene,
) -> None:
    offer, licence = sold(scene, subscription=True)
    account = scene.buyer.workspace.licences.account(BUYER)
    scene.later(MONTH_S - DAY_S + 60)
    account.allow(0)

    without_allowance = renewed(scene, licence)
    account.allow(5 * UNIT)
    scene.provider.licences.change_price(offer, "1.5")
    too_dear = renewed(scene, licence)
    scene.buyer.licences.subscribe(licence, max_price="1.5", periods=1)
    agreed = renewed(scene, licence)

    assert "allowance" in without_allowance[0]
    assert "above" in too_dear[0]
    assert agreed == [""]


def test_nobody_collects_a_period_before_it_is_due(scene: Scene) -> None:
    _, licence = sold(scene, subscription=True)
    account = scene.provider.workspace.licences.account(PROVIDER)

    [refused] = account.renew_due([parse_licence(licence)])

    assert "NotDue" in refused.reason


def test_a_renewal_above_the_maximum_is_refused(scene: Scene) -> None:
    offer, licence = sold(scene)
    scene.provider.licences.change_price(offer, "7")

    with pytest.raises(PriceAboveMaximum):
        scene.buyer.licences.renew(licence, max_price="6.999999")


def test_while_it_is_rented_out_the_user_uses_it_and_nobody_moves_it(scene: Scene) -> None:
    _, licence = sold(scene)
    until_s = shown(scene, licence).block_time_s + DAY_S

    state = scene.buyer.licences.rent(licence, to=scene.address(OTHER), until_s=until_s)

    assert state.licence.holder_at(state.block_time_s) == scene.address(OTHER)
    assert state in scene.buyer.licences.licences(account=OTHER)
    with pytest.raises(LicenceRentedOut):
        scene.buyer.licences.rent(licence, to=scene.address(PROVIDER), until_s=until_s)
    with pytest.raises(LicenceRentedOut):
        scene.buyer.licences.give_back(licence)
    scene.later(DAY_S + 1)
    after = shown(scene, licence)
    assert after.licence.holder_at(after.block_time_s) == scene.address(BUYER)


def test_the_user_gives_a_licence_back_early(scene: Scene) -> None:
    _, licence = sold(scene)
    until_s = shown(scene, licence).block_time_s + DAY_S
    scene.buyer.licences.rent(licence, to=scene.address(OTHER), until_s=until_s)

    state = scene.buyer.licences.give_back(licence, account=OTHER)

    assert state.licence.holder_at(state.block_time_s) == scene.address(BUYER)


def test_a_rental_cannot_outlast_the_licence_nor_lie_in_the_past(scene: Scene) -> None:
    _, licence = sold(scene)
    state = shown(scene, licence)

    for until_s in (state.licence.expires_at_s + 1, state.block_time_s - 1):
        with pytest.raises(TermRefused):
            scene.buyer.licences.rent(licence, to=scene.address(OTHER), until_s=until_s)


def test_only_the_owner_rents_out_and_resells(scene: Scene) -> None:
    _, licence = sold(scene)
    until_s = shown(scene, licence).block_time_s + DAY_S

    with pytest.raises(NotTheOwner):
        scene.buyer.licences.resell(licence, price="1", account=OTHER)
    with pytest.raises(NotTheOwner):
        scene.buyer.licences.rent(licence, to=scene.address(OTHER), until_s=until_s, account=OTHER)


def test_a_bound_licence_is_neither_sold_nor_rented_out(scene: Scene) -> None:
    _, licence = sold(scene, bound=True)
    until_s = shown(scene, licence).block_time_s + DAY_S

    with pytest.raises(LicenceBound):
        scene.buyer.licences.resell(licence, price="1")
    with pytest.raises(LicenceBound):
        scene.buyer.licences.rent(licence, to=scene.address(OTHER), until_s=until_s)


def test_a_sold_licence_takes_no_subscription_with_it(scene: Scene) -> None:
    _, licence = sold(scene, subscription=True)
    scene.buyer.licences.resell(licence, price="1")

    scene.buyer.licences.buy(licence, max_price="1", account=OTHER)
    scene.later(MONTH_S - 3600)

    assert not shown(scene, licence).subscription.is_active
    assert renewed(scene, licence) == []
