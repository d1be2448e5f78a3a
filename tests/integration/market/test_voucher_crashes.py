"""Kill -9 under calls that are paid by voucher: served once, charged once, and taken up again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import count
from pathlib import Path

import httpx
import pytest

from assay.ledger.database import open_database
from assay.market.channels.model import Channel
from assay.market.channels.stored import SqlChannelBook
from tests.fakes.text_models import ScriptedModel
from tests.integration.market.conftest import Chain, body, post
from tests.integration.market.paid_service import PRICE, Served, Site
from tests.integration.market.paying_by_voucher import Wallet
from tests.integration.market.test_crashes import _first_text, process, until_listening

_salts = count(1_000)


@pytest.fixture
def wallet(chain: Chain) -> Wallet:
    chain.fund("local-2", 100 * PRICE)
    return Wallet(chain, next(_salts)).fund(100 * PRICE)


def channel(site: Site, wallet: Wallet) -> Channel:
    database = open_database(site.database_url)
    found = SqlChannelBook(database).find(wallet.channel)
    database.dispose()
    assert found is not None
    return found


async def test_a_service_killed_at_every_stage_in_turn_serves_and_charges_once(
    chain: Chain, tmp_path: Path, database_url: str, wallet: Wallet
) -> None:
    site = chain.site(tmp_path / "home", database_url)
    header, statuses = wallet.header(PRICE), []
    for stage in ("verified", "settled"):
        with process(replace(site, kill_at=stage)) as (url, child):
            assert await until_listening(url, child)
            with pytest.raises(httpx.TransportError):
                await post(url, body("Kill"), header)
            statuses.append(child.wait(10))

    with process(site) as (url, child):
        await until_listening(url, child)
        answer = await post(url, body("Kill"), header)
        again = await post(url, body("Kill"), header)

    assert statuses == [-9, -9]
    assert answer.status_code == 200, answer.text
    assert again.json() == answer.json()
    assert (channel(site, wallet).charged, channel(site, wallet).reserved) == (PRICE, 0)


async def test_a_service_killed_while_it_generates_frees_the_call_for_another_request(
    chain: Chain, tmp_path: Path, database_url: str, wallet: Wallet
) -> None:
    site = replace(chain.site(tmp_path / "home", database_url), pause_s=0.5)
    with process(site) as (url, child):
        await until_listening(url, child)
        asking = asyncio.create_task(post(url, body("Lost"), wallet.header(PRICE)))
        await asyncio.sleep(0.7)
        child.kill()
        await asyncio.gather(asking, return_exceptions=True)

    with process(replace(site, pause_s=0.0)) as (url, child):
        await until_listening(url, child)
        answer = await post(url, body("Another"), wallet.header(PRICE))

    assert answer.status_code == 200, answer.text
    assert (channel(site, wallet).charged, channel(site, wallet).reserved) == (PRICE, 0)


async def test_a_stream_that_broke_off_in_a_crash_is_generated_again_for_its_voucher(
    chain: Chain, tmp_path: Path, database_url: str, wallet: Wallet
) -> None:
    site = replace(chain.site(tmp_path / "home", database_url), pause_s=0.1)
    request, header = body("Flow", stream=True), wallet.header(PRICE)
    with process(site) as (url, child):
        await until_listening(url, child)
        seen = await _first_text(url, request, header)
        child.kill()
        child.wait()
    broken = channel(site, wallet)

    with process(replace(site, pause_s=0.0)) as (url, child):
        await until_listening(url, child)
        answer = await post(url, body("Flow"), header)

    text = answer.json()["choices"][0]["message"]["content"]
    ended = channel(site, wallet)
    assert (broken.charged, broken.open, broken.claimable) == (PRICE, PRICE, 0)
    assert text.startswith(seen)
    assert text != seen
    assert (ended.charged, ended.open, ended.claimable) == (PRICE, 0, PRICE)


async def test_a_stream_that_nobody_asks_for_again_does_not_keep_its_channel_open(
    chain: Chain, tmp_path: Path, database_url: str, wallet: Wallet
) -> None:
    site = replace(chain.site(tmp_path / "home", database_url), pause_s=0.1)
    with process(site) as (url, child):
        await until_listening(url, child)
        await _first_text(url, body("Flow", stream=True), wallet.header(PRICE))
        child.kill()
        child.wait()
    broken = channel(site, wallet)

    with process(replace(site, pause_s=0.0)) as (url, child):
        await until_listening(url, child)
        while channel(site, wallet).open:
            await asyncio.sleep(0.1)

    assert (broken.open, broken.claimable) == (PRICE, 0)
    assert channel(site, wallet).claimable == PRICE


async def test_recovery_forgets_what_was_merely_begun_and_keeps_what_can_be_fetched(
    chain: Chain, tmp_path: Path, database_url: str, wallet: Wallet, model: ScriptedModel
) -> None:
    site = chain.site(tmp_path / "home", database_url)
    model.pause_s = 0.05
    with Served(site, model) as service:
        impatient = asyncio.create_task(post(service.url, body("Kept"), wallet.header(PRICE)))
        while not model.started:
            await asyncio.sleep(0.01)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        while not model.generated:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)

        kept = await service.calls.recover()
        other = await post(service.url, body("Other"), wallet.header(PRICE + 1))
        lapsed = await service.calls.recover()

    assert (kept.open, kept.lapsed) == (1, 0)
    assert other.status_code == 200
    assert (lapsed.open, lapsed.lapsed) == (0, 1), "its voucher's sum is used"
