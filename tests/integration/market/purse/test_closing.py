"""Getting back what is left, with the provider's help and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.market.purse.errors import ChannelNotUsable
from assay.market.purse.model import PurseState
from assay.market.purse.use_cases.show import list_channels
from tests.integration.market.channels.scene import Scene, running_scene
from tests.integration.market.purse.conftest import Buyer, ask, provider_of
from tests.integration.market.purse.provider import DELAY_S, PRICE, Provider, serving


@pytest.fixture
def own_scene(tmp_path: Path) -> Iterator[Scene]:
    with running_scene(tmp_path / "own") as scene:
        yield scene


async def test_a_provider_gives_the_rest_back_at_once(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url, 5_000).channel
    await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)
    before = scene.tokens("local-2")

    closing = buyer.close(buyer.now(channel))

    assert closing.closed
    assert closing.returned == 5_000 - PRICE
    assert scene.tokens("local-2") == before + 5_000 - PRICE
    assert closing.status.chain.claimed == PRICE


async def test_a_refund_names_what_the_provider_has_charged_where_we_have_not_seen_it(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url, 5_000).channel
    await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)
    seen = buyer.now(channel)
    await buyer.calls.call(provider.url, ask("Two"), max_price=PRICE)

    closing = buyer.close(seen)  # by a process that knows of one call

    assert closing.closed
    assert closing.status.chain.claimed == 2 * PRICE


async def test_without_the_provider_the_rest_comes_back_after_the_delay(
    own_scene: Scene, tmp_path: Path
) -> None:
    buyer = Buyer(own_scene, tmp_path, f"sqlite:///{tmp_path / 'purse.db'}")
    with serving(provider_of(own_scene)) as provider:
        channel = buyer.open(provider.url, 5_000).channel
        await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)
    before = own_scene.tokens("local-2")

    announced = buyer.close(buyer.now(channel))
    too_early = buyer.restarted().close(buyer.now(channel))
    own_scene.pass_time(DELAY_S + 1)
    finished = buyer.restarted().close(buyer.now(channel))

    assert not announced.closed
    assert "connection failed" in announced.refusal
    assert announced.status.chain.withdrawal == 5_000
    assert announced.status.withdrawable_at == announced.status.chain.withdrawal_at + DELAY_S
    assert (too_early.closed, too_early.transaction) == (False, None)
    assert finished.closed
    assert finished.returned == 5_000
    assert own_scene.tokens("local-2") == before + 5_000
    assert buyer.now(channel).state is PurseState.CLOSED


async def test_a_provider_that_claims_in_time_is_paid_before_the_rest_is_taken_out(
    own_scene: Scene, tmp_path: Path
) -> None:
    buyer = Buyer(own_scene, tmp_path, f"sqlite:///{tmp_path / 'purse.db'}")
    with serving(provider_of(own_scene)) as provider:
        provider.refuse_refunds = True
        channel = buyer.open(provider.url, 5_000).channel
        await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)
        announced = buyer.close(buyer.now(channel))
    config = channel.config
    own_scene.chain().claim([own_scene.claim(config, PRICE)])
    own_scene.pass_time(DELAY_S + 1)

    finished = buyer.close(buyer.now(channel))

    assert announced.refusal.endswith("not now.")
    assert finished.closed
    assert finished.returned == 5_000 - PRICE


def test_a_channel_that_is_being_closed_takes_no_deposit(buyer: Buyer, provider: Provider) -> None:
    provider.refuse_refunds = True
    channel = buyer.open(provider.url, 5_000).channel
    buyer.close(channel)

    with pytest.raises(ChannelNotUsable):
        buyer.top_up(buyer.now(channel), 100)


async def test_a_list_shows_what_purse_and_chain_say_side_by_side(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url, 5_000).channel
    await buyer.calls.call(provider.url, ask("One"), max_price=PRICE)
    scene.chain().claim([scene.claim(channel.config, PRICE)])

    (status,) = list_channels(
        None, chain_id=scene.node.chain_id, chain=buyer.onchain, book=buyer.book
    )

    assert (
        status.as_json()
        | {
            "balance": "5000",
            "claimed": "100",
            "charged": "100",
            "left": "4900",
            "state": "open",
        }
        == status.as_json()
    )
