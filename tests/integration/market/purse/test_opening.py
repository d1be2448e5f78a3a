"""Opening and filling channels: whatever breaks, a deposit is made once."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest

from assay.chain.account import Accounts
from assay.core.address import Address
from assay.market.channels.ports import Deposit
from assay.market.errors import SettlementUncertain
from assay.market.purse.errors import (
    ChannelOpenAlready,
    ChannelsNotOffered,
    DepositTooLarge,
    DepositTooSmall,
    DepositUnderWay,
)
from assay.market.purse.model import PurseState
from assay.market.purse.onchain import PayerSettlement
from tests.integration.market.channels.scene import Scene
from tests.integration.market.purse.conftest import Buyer, ask
from tests.integration.market.purse.provider import PRICE, Provider


class Breaking:
    """The chain of a payer whose process ends right before, or right after, it has deposited."""

    def __init__(self, chain: Any, *, after: bool) -> None:
        self._chain = chain
        self._after = after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chain, name)

    def deposit(self, deposit: Deposit) -> str:
        if self._after:
            self._chain.deposit(deposit)
        raise KeyboardInterrupt


def test_a_channel_holds_its_deposit_when_it_is_open(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    before = scene.tokens("local-2")

    opened = buyer.open(provider.url, 5_000)

    state = buyer.onchain.states([opened.channel.id])[0]
    assert (opened.channel.state, opened.channel.deposited) == (PurseState.OPEN, 5_000)
    assert (state.balance, state.claimed) == (5_000, 0)
    assert scene.tokens("local-2") == before - 5_000
    assert opened.channel.config.receiver == provider.account.address


@pytest.mark.parametrize("after", [False, True], ids=["before sending", "after sending"])
def test_a_crash_while_depositing_is_made_good_by_the_same_command(
    scene: Scene, buyer: Buyer, provider: Provider, after: bool
) -> None:
    balance = scene.tokens("local-2")
    chain: Any = Breaking(buyer.onchain, after=after)
    with pytest.raises(KeyboardInterrupt):
        buyer.restarted(chain=chain).open(provider.url, 5_000)

    opened = buyer.restarted().open(provider.url, 5_000)

    assert [each.id for each in buyer.book.channels(opened.channel.config.payer)] == [
        opened.channel.id
    ]
    assert opened.channel.deposited == 5_000
    assert scene.tokens("local-2") == balance - 5_000


def test_another_amount_after_a_crash_is_refused(buyer: Buyer, provider: Provider) -> None:
    chain: Any = Breaking(buyer.onchain, after=False)
    with pytest.raises(KeyboardInterrupt):
        buyer.restarted(chain=chain).open(provider.url, 5_000)

    with pytest.raises(DepositUnderWay) as caught:
        buyer.open(provider.url, 7_000)

    assert caught.value.amount == 5_000


def test_a_deposit_that_expired_unsent_is_signed_anew(
    scene: Scene, buyer: Buyer, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assay.market.purse.use_cases.deposit._GOOD_FOR_S", 0)
    chain: Any = Breaking(buyer.onchain, after=False)
    with pytest.raises(KeyboardInterrupt):
        buyer.restarted(chain=chain).open(provider.url, 5_000)
    monkeypatch.undo()
    scene.node.request("evm_mine")

    opened = buyer.restarted().open(provider.url, 5_000)

    assert opened.channel.deposited == 5_000


def test_an_uncertain_deposit_is_the_same_when_it_is_repeated(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    class Uncertain(Breaking):
        def deposit(self, deposit: Deposit) -> str:
            self._chain.deposit(deposit)
            raise SettlementUncertain(deposit.config.payer, deposit.nonce, "the node is away")

    balance = scene.tokens("local-2")
    chain: Any = Uncertain(buyer.onchain, after=True)
    with pytest.raises(SettlementUncertain):
        buyer.restarted(chain=chain).open(provider.url, 5_000)

    opened = buyer.open(provider.url, 5_000)

    assert opened.transaction is not None
    assert scene.tokens("local-2") == balance - 5_000


def test_a_second_channel_is_opened_only_when_it_is_asked_for(
    buyer: Buyer, provider: Provider
) -> None:
    first = buyer.open(provider.url).channel

    with pytest.raises(ChannelOpenAlready) as caught:
        buyer.open(provider.url)
    second = buyer.open(provider.url, another=True).channel

    assert caught.value.channel == first.id
    assert second.id != first.id


def test_nothing_is_signed_for_a_deposit_that_makes_no_sense(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    with pytest.raises(DepositTooSmall):
        buyer.open(provider.url, PRICE - 1)
    with pytest.raises(DepositTooLarge):
        buyer.open(provider.url, scene.tokens("local-2") + 1)

    assert buyer.book.channels() == []


def test_a_service_that_wants_another_token_gets_no_channel(
    buyer: Buyer, provider: Provider
) -> None:
    provider.token = Address("0x" + "42" * 20)

    with pytest.raises(ChannelsNotOffered):
        buyer.open(provider.url)


def test_a_top_up_that_broke_off_is_finished_and_not_repeated(
    scene: Scene, buyer: Buyer, provider: Provider
) -> None:
    channel = buyer.open(provider.url, 5_000).channel
    balance = scene.tokens("local-2")
    chain: Any = Breaking(buyer.onchain, after=True)
    with pytest.raises(KeyboardInterrupt):
        buyer.restarted(chain=chain).top_up(channel, 2_000)

    filled = buyer.restarted().top_up(channel, 2_000)

    assert filled.channel.deposited == 7_000
    assert scene.tokens("local-2") == balance - 2_000


async def test_a_payer_without_ether_sends_its_deposit_with_the_first_call(
    scene: Scene,
    provider: Provider,
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accounts = Accounts(scene.folder / "accounts", local_chain=True)
    name = f"poor-{secrets.token_hex(4)}"
    poor = accounts.create(name, "password")
    token = scene.deployment.token
    scene.sender("local-0").transact(token, "transfer", poor.address, 5_000)
    monkeypatch.setattr(
        scene, "account", lambda one: poor if one == name else accounts.open(one, None)
    )
    buyer = Buyer(scene, tmp_path, database_url, name)

    opened = buyer.open(provider.url, 5_000)
    answer = await buyer.calls.call(provider.url, ask("Hello"), max_price=PRICE)
    second = await buyer.calls.call(provider.url, ask("Hello again"), max_price=PRICE)

    assert opened.transaction is None
    assert (answer.text, second.text) == ("Answer to Hello", "Answer to Hello again")
    now = buyer.now(opened.channel)
    assert (now.state, now.deposited, now.deposit) == (PurseState.OPEN, 5_000, None)
    assert isinstance(buyer.onchain, PayerSettlement)
    assert buyer.onchain.tokens() == 0
    assert buyer.onchain.states([now.id])[0].balance == 5_000
