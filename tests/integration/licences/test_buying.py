"""Offers and purchases on a real chain: the buyer pays what it agreed to, once, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from assay.core.spending import BalanceTooSmall
from assay.errors import AssayError, InputError
from assay.market.licences.errors import (
    LicenceEnded,
    NoOffer,
    NotForSale,
    NotTheOwner,
    OfferClosed,
    PerpetualLicence,
    PriceAboveMaximum,
    UnknownLicence,
    UnknownOffer,
)
from assay.market.licences.model import licence_text
from tests.integration.licences.scene import BUYER, OTHER, PROVIDER, THIRD, UNIT, Scene

FEE_BPS = 250
ROYALTY_BPS = 750


def fee(scene: Scene, price: int) -> int:
    bps, _ = scene.buyer.workspace.deployment.licences.read("fee")
    return price * int(bps) // 10_000


def nonce(scene: Scene, name: str) -> int:
    return int(scene.request("eth_getTransactionCount", scene.address(name), "latest"), 16)


def test_one_transaction_allows_and_pays_to_the_unit(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="5")
    before = {name: scene.tokens(name) for name in (PROVIDER, BUYER, "local-0")}
    sent = nonce(scene, BUYER)

    bought = scene.buyer.licences.buy(str(offer.id), max_price="5")

    price = 5 * UNIT
    assert bought.price == price
    assert nonce(scene, BUYER) == sent + 1
    assert scene.tokens(BUYER) == before[BUYER] - price
    assert scene.tokens("local-0") == before["local-0"] + fee(scene, price)
    assert scene.tokens(PROVIDER) == before[PROVIDER] + price - fee(scene, price)
    reader = scene.buyer.workspace.licences.reader
    assert reader.allowance(scene.address(BUYER)) == 0
    state = scene.buyer.licences.show(licence_text(bought.licence))
    assert state.licence.owner == scene.address(BUYER)
    assert state.licence.expires_at_s == 0
    assert state in scene.buyer.licences.licences()


def test_a_permit_that_somebody_submits_first_does_no_harm(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="2")
    account = scene.buyer.workspace.licences.account(BUYER)
    token = scene.buyer.workspace.deployment.token
    spender = scene.buyer.workspace.deployment.licences.address
    sign = account._permit

    def sign_and_leak(allowance: int) -> Any:
        permit = sign(allowance)
        scene.sender(OTHER).transact(token, "permit", account.address, spender, *permit)
        return permit

    monkeypatch.setattr(account, "_permit", sign_and_leak)

    bought = account.buy(offer.id, 2 * UNIT, 2 * UNIT)

    assert bought.price == 2 * UNIT
    assert token.read("allowance", account.address, spender) == 0


def test_a_price_that_is_raised_while_the_purchase_is_on_its_way_is_not_paid(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="2")
    account = scene.buyer.workspace.licences.account(BUYER)
    before = scene.tokens(BUYER)
    sign = account._permit

    def sign_and_wait(allowance: int) -> Any:
        scene.provider.licences.change_price(offer.id, "3")
        return sign(allowance)

    monkeypatch.setattr(account, "_permit", sign_and_wait)

    with pytest.raises(PriceAboveMaximum) as refused:
        account.buy(offer.id, 2 * UNIT, 5 * UNIT)

    assert (refused.value.price, refused.value.maximum) == (3 * UNIT, 2 * UNIT)
    assert scene.tokens(BUYER) == before


def test_above_the_buyers_maximum_nothing_is_signed(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="2")
    sent = nonce(scene, BUYER)

    with pytest.raises(PriceAboveMaximum):
        scene.buyer.licences.buy(str(offer.id), max_price="1.999999")

    assert nonce(scene, BUYER) == sent


def test_who_lacks_the_price_is_told_before_anything_is_sent(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="1000000")

    with pytest.raises(BalanceTooSmall) as refused:
        scene.buyer.licences.buy(str(offer.id), max_price="1000000")

    assert refused.value.needed == 1_000_000 * UNIT


def test_an_asset_with_one_offer_is_bought_by_its_id(scene: Scene) -> None:
    asset = scene.asset().asset_id.hex
    with pytest.raises(NoOffer):
        scene.buyer.licences.buy(asset, max_price="9")
    scene.provider.licences.offer(asset, price="1")

    bought = scene.buyer.licences.buy(asset, max_price="1")
    scene.provider.licences.offer(asset, price="2")

    assert bought.price == UNIT
    with pytest.raises(NoOffer) as several:
        scene.buyer.licences.buy(asset, max_price="9")
    assert len(several.value.open_offers) == 2


def test_only_the_owner_of_the_asset_makes_and_changes_offers(scene: Scene) -> None:
    asset = scene.asset().asset_id.hex
    offer = scene.provider.licences.offer(asset, price="1")

    for attempt in (
        lambda: scene.provider.licences.offer(asset, price="1", account=OTHER),
        lambda: scene.provider.licences.change_price(offer.id, "2", account=OTHER),
        lambda: scene.provider.licences.withdraw_offer(offer.id, account=OTHER),
    ):
        with pytest.raises(NotTheOwner):
            attempt()

    assert scene.buyer.licences.offers(asset) == [offer]


def test_a_withdrawn_offer_sells_nothing(scene: Scene) -> None:
    asset = scene.asset().asset_id.hex
    offer = scene.provider.licences.offer(asset, price="1")

    ended = scene.provider.licences.withdraw_offer(offer.id)

    assert not ended.is_open
    with pytest.raises(OfferClosed):
        scene.buyer.licences.buy(str(offer.id), max_price="1")
    assert scene.buyer.licences.offers(asset) == []
    assert [item.id for item in scene.buyer.licences.offers(asset, closed=True)] == [offer.id]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda scene: scene.buyer.licences.buy("4000000", max_price="1"), UnknownOffer),
        (lambda scene: scene.buyer.licences.show("12345"), UnknownLicence),
        (lambda scene: scene.buyer.licences.resell("12345", price="1"), UnknownLicence),
        (lambda scene: scene.buyer.licences.buy("x", max_price="1"), InputError),
        (lambda scene: scene.buyer.licences.show("-1"), InputError),
    ],
)
def test_what_does_not_exist_is_called_so(scene: Scene, call: Any, error: type[AssayError]) -> None:
    with pytest.raises(error):
        call(scene)


def test_a_resale_pays_royalty_fee_and_seller_to_the_unit(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="5")
    bought = scene.buyer.licences.buy(str(offer.id), max_price="5")
    licence, price = licence_text(bought.licence), 3_333_333
    listed = scene.buyer.licences.resell(licence, price="3.333333")
    before = {name: scene.tokens(name) for name in (PROVIDER, BUYER, OTHER, "local-0")}

    with pytest.raises(PriceAboveMaximum):
        scene.buyer.licences.buy(licence, max_price="3.333332", account=OTHER)
    resold = scene.buyer.licences.buy(licence, max_price="3.333333", account=OTHER)

    royalty = price * ROYALTY_BPS // 10_000
    assert listed.listed_price == resold.price == price
    assert scene.tokens(OTHER) == before[OTHER] - price
    assert scene.tokens(PROVIDER) == before[PROVIDER] + royalty
    assert scene.tokens("local-0") == before["local-0"] + fee(scene, price)
    assert scene.tokens(BUYER) == before[BUYER] + price - royalty - fee(scene, price)
    assert scene.buyer.licences.show(licence).licence.owner == scene.address(OTHER)
    with pytest.raises(NotForSale):
        scene.buyer.licences.buy(licence, max_price="9", account=THIRD)


def test_a_listing_can_be_taken_back(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="1")
    licence = licence_text(scene.buyer.licences.buy(str(offer.id), max_price="1").licence)
    scene.buyer.licences.resell(licence, price="1")

    state = scene.buyer.licences.withdraw_listing(licence)

    assert state.listed_price is None
    with pytest.raises(NotForSale):
        scene.buyer.licences.buy(licence, max_price="1", account=OTHER)


def test_a_perpetual_licence_is_not_renewed(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="1")
    licence = licence_text(scene.buyer.licences.buy(str(offer.id), max_price="1").licence)

    with pytest.raises(PerpetualLicence):
        scene.buyer.licences.renew(licence, max_price="1")


def test_an_expired_licence_is_not_sold(scene: Scene) -> None:
    offer = scene.provider.licences.offer(scene.asset().asset_id.hex, price="1", period_s=60)
    licence = licence_text(scene.buyer.licences.buy(str(offer.id), max_price="1").licence)
    scene.buyer.licences.resell(licence, price="1")

    scene.later(61)

    with pytest.raises(LicenceEnded):
        scene.buyer.licences.buy(licence, max_price="1", account=OTHER)


def test_the_trace_shows_by_which_purchase_an_asset_is_used_and_checks_it(scene: Scene) -> None:
    asset = scene.asset()
    offer = scene.provider.licences.offer(asset.asset_id.hex, price="4")
    bought = scene.buyer.licences.buy(str(offer.id), max_price="4")
    scene.provider.sync()

    lineage = scene.provider.trace(f"asset:{asset.asset_id}")

    kinds = {link.kind: link for link in lineage.links}
    assert kinds["used under"].target == f"licence:{licence_text(bought.licence)}"
    assert kinds["bought in"].target == f"payment:{bought.transaction}"
    assert kinds["bought in"].ok
    assert lineage.verified
