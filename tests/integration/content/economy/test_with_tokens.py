"""What content earns meets what else can become of it: first sales, and revocation."""

from __future__ import annotations

import json

import pytest

from assay.content.economy.errors import ContentWithdrawn
from assay.content.economy.model import PaymentKind
from assay.content.use_cases.mint import NewContent
from tests.integration.content.economy.conftest import PAYER, REPOSTER, UNIT, Town


def test_a_first_sale_counts_for_the_authors_without_the_platforms_fee(town: Town) -> None:
    text = b"An essay that is minted when somebody buys it, and not before."
    voucher = town.creator.tokens.make_voucher(NewContent(text), "10")

    token = town.creator.tokens.redeem(json.dumps(voucher.as_json()).encode(), account=PAYER)

    content_id = token.content_id.hex
    earned = town.creator.economy.earnings(content_id)
    assert [(one.kind, one.payer, one.moved) for one in earned.payments] == [
        (PaymentKind.SALE, town.scene.address(PAYER), True)
    ]
    assert sum(earned.totals.values()) == town.held(content_id)
    assert town.held(content_id) == 9_750_000


def test_revoked_content_starts_nothing_new_and_its_reposts_are_paid_as_before(town: Town) -> None:
    content_id = town.minted()
    number = str(town.payer.economy.repost(content_id, account=REPOSTER).repost.id)
    town.creator.tokens.revoke(content_id, "rights")

    with pytest.raises(ContentWithdrawn):
        town.payer.economy.repost(content_id)
    with pytest.raises(ContentWithdrawn):
        town.payer.economy.repost(number)
    with pytest.raises(ContentWithdrawn):
        town.payer.economy.tip(content_id, "1")
    town.payer.economy.tip(number, "2")

    assert town.held(content_id) == 2 * UNIT // 20
