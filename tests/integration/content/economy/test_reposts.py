"""Reposts on a real chain: everybody who has a part in a payment gets it, to the unit."""

from __future__ import annotations

import pytest

from assay.content.economy.errors import (
    NotForSale,
    NothingToRepost,
    NotTheCreator,
    NotTheOwner,
    PriceAboveMaximum,
    RateAboveMaximum,
    UnknownRepost,
)
from assay.content.economy.model import PaymentKind
from assay.core.digest import Digest
from assay.core.spending import BalanceTooSmall
from tests.integration.content.economy.conftest import (
    CO_AUTHOR,
    CREATOR,
    PAYER,
    REPOSTER,
    UNIT,
    Town,
)


def test_a_three_level_repost_pays_two_authors_and_the_reposter_to_the_unit(town: Town) -> None:
    content_id, provenance, shares = town.minted_by_two(3333)
    accounts = (CREATOR, CO_AUTHOR, PAYER, REPOSTER)
    parent = content_id
    for account in (PAYER, CREATOR, REPOSTER):
        parent = str(town.payer.economy.repost(parent, account=account).repost.id)
    before = {name: town.scene.tokens(name) for name in accounts}

    paid = town.payer.economy.tip(parent, "7.000001", note="A fine essay.")
    held = town.held(content_id)
    town.release(content_id, provenance, shares)

    changed = {name: town.scene.tokens(name) - before[name] for name in accounts}
    authors = 350_001  # five per cent of 7,000,001, rounded up
    first = authors * 3333 // 10_000
    assert held == authors
    assert changed == {
        CREATOR: first,
        CO_AUTHOR: authors - first,
        REPOSTER: 7_000_001 - authors,
        PAYER: -7_000_001,
    }
    assert town.held(content_id) == 0
    [released] = town.payer.economy.earnings(town.scene.address(CO_AUTHOR)).payments
    assert (released.kind, released.amount, released.moved) == (
        PaymentKind.RELEASE,
        authors - first,
        True,
    )
    assert paid.moved
    assert [part.amount for part in paid.parts] == [authors, 7_000_001 - authors]
    assert paid.note == Digest.of(b"A fine essay.")
    assert town.payer.workspace.store.find_digest(paid.note) is not None


def test_earnings_list_every_payment_and_a_trace_leads_to_root_and_payments(town: Town) -> None:
    content_id = town.minted()
    economy = town.payer.economy
    first = str(economy.repost(content_id, account=REPOSTER).repost.id)
    second = str(economy.repost(first, account=PAYER).repost.id)
    economy.tip(content_id, "1")
    economy.tip(second, "2", account=REPOSTER)
    economy.sell_repost(second, "4", account=PAYER)
    economy.buy_repost(second, max_price="4", account=REPOSTER)
    token, account = town.payer.workspace.deployment.token, town.scene.sender(PAYER)
    royalty_account = economy.show_repost(first).royalty_account
    account.transact(token, "transfer", royalty_account, 77)

    content, repost = economy.earnings(content_id), economy.earnings(second)
    owner = economy.earnings(town.scene.address(PAYER))
    lineage = town.creator.trace(f"repost:{second}")

    assert [(one.kind, content.received(one)) for one in content.payments] == [
        (PaymentKind.TIP, UNIT),
        (PaymentKind.REPOST, 100_000),
        (PaymentKind.RESALE, 200_000),
        (PaymentKind.ROYALTY, 77),
    ]
    assert content.totals == {token.address: town.held(content_id)}
    assert repost.totals == {token.address: 6 * UNIT}
    assert [one.kind for one in owner.payments][-2:] == [PaymentKind.REPOST, PaymentKind.RESALE]
    assert all(one.moved for one in content.payments)
    ends = {(link.source.split(":")[0], link.kind, link.target) for link in lineage.links}
    assert ("repost", "reposted from", f"repost:{first}") in ends
    assert ("repost", "reposted from", f"content:{content_id}") in ends
    assert {link.kind for link in lineage.links} >= {"paid (repost)", "paid (resale)", "paid (tip)"}
    assert lineage.faults == ()


def test_the_rate_is_the_creators_and_counts_for_later_reposts(town: Town) -> None:
    content_id = town.minted()
    early = town.payer.economy.repost(content_id).repost

    changed = town.creator.economy.set_rate(content_id, "12.5")
    late = town.payer.economy.repost(str(early.id)).repost

    assert changed.terms.rate_bps == 1250
    assert (early.rate_bps, late.rate_bps) == (500, 1250)
    assert [(depth, one.id) for depth, one in town.payer.economy.reposts(content_id)] == [
        (1, early.id),
        (2, late.id),
    ]
    with pytest.raises(RateAboveMaximum):
        town.payer.economy.repost(content_id, max_percent="12")
    with pytest.raises(NotTheCreator):
        town.payer.economy.set_rate(content_id, "0", account=REPOSTER)


def test_what_is_not_there_or_not_affordable_is_refused_and_costs_nothing(town: Town) -> None:
    economy, content_id = town.payer.economy, town.minted()
    number = str(economy.repost(content_id, account=REPOSTER).repost.id)
    before = town.scene.tokens(PAYER)

    for failure, attempt in (
        (NothingToRepost, lambda: economy.repost("0x" + "77" * 32)),
        (NothingToRepost, lambda: economy.tip("0x" + "77" * 32, "1")),
        (UnknownRepost, lambda: economy.tip("999999", "1")),
        (BalanceTooSmall, lambda: economy.tip(number, "1000000")),
        (NotForSale, lambda: economy.buy_repost(number, max_price="1")),
        (NotTheOwner, lambda: economy.sell_repost(number, "1", account=PAYER)),
    ):
        with pytest.raises(failure):
            attempt()
    economy.sell_repost(number, "2", account=REPOSTER)
    with pytest.raises(PriceAboveMaximum):
        economy.buy_repost(number, max_price="1.999999")
    ended = economy.sell_repost(number, "0", account=REPOSTER)

    assert ended.repost.price == 0
    assert town.scene.tokens(PAYER) == before


def test_an_allowance_that_is_there_is_used(town: Town) -> None:
    content_id = town.minted()
    deployment = town.payer.workspace.deployment
    town.scene.sender(PAYER).transact(deployment.token, "approve", deployment.tips.address, 3)

    town.payer.economy.tip(content_id, "0.000002")

    left = deployment.token.read("allowance", town.scene.address(PAYER), deployment.tips.address)
    assert left == 1
