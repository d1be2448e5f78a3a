"""Kill -9 and outages at every stage: nothing served unpaid, charged unserved, or charged twice."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from assay.chain.local_node import LocalNode
from assay.generation.errors import ModelCrashed
from tests.fakes.text_models import ScriptedModel
from tests.integration.market.conftest import Chain, body, payment_for, post, start_chain
from tests.integration.market.paid_service import PRICE, Served, Site, as_argument


@contextmanager
def process(site: Site) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A service in a process of its own."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.market.paid_service", as_argument(site)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    try:
        url = f"http://127.0.0.1:{int(child.stdout.readline())}"
        yield url, child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


async def until_listening(url: str, child: subprocess.Popen[str]) -> bool:
    """True once it answers; False if it ends before."""
    while child.poll() is None:
        try:
            async with httpx.AsyncClient(timeout=60) as http:
                await http.get(f"{url}/v1/models")
                return True
        except httpx.TransportError:
            await asyncio.sleep(0.05)
    return False


STAGES = ["verified", "generated", "settling", "sent", "settled"]


async def test_a_service_killed_at_every_stage_in_turn_serves_and_charges_once(
    chain: Chain, site: Site
) -> None:
    buyer, earned = chain.tokens("local-2"), chain.tokens("local-1")
    header = ""
    statuses = []
    for stage in STAGES:
        with process(replace(site, kill_at=stage)) as (url, child):
            if await until_listening(url, child):  # else it died while it recovered
                header = header or await payment_for(url, chain.account("local-2"), body("Kill"))
                with pytest.raises(httpx.TransportError):
                    await post(url, body("Kill"), header)
            statuses.append(child.wait(10))

    with process(site) as (url, child):
        await until_listening(url, child)
        answer = await post(url, body("Kill"), header)
        again = await post(url, body("Kill"), header)

    assert statuses == [-9] * len(STAGES)
    assert answer.status_code == 200, answer.text
    assert answer.json()["choices"][0]["message"]["content"].startswith("To 'Kill'")
    assert again.json() == answer.json()
    assert chain.tokens("local-2") == buyer - PRICE
    assert chain.tokens("local-1") == earned + PRICE


async def test_a_stream_that_broke_off_is_generated_again_for_the_same_payment(
    chain: Chain, site: Site
) -> None:
    site = replace(site, pause_s=0.1)
    buyer = chain.tokens("local-2")
    request = body("Flow", stream=True)
    with process(site) as (url, child):
        await until_listening(url, child)
        header = await payment_for(url, chain.account("local-2"), request)
        seen = await _first_text(url, request, header)
        child.kill()

    with process(replace(site, pause_s=0.0)) as (url, child):
        await until_listening(url, child)
        answer = await post(url, body("Flow"), header)

    text = answer.json()["choices"][0]["message"]["content"]
    assert text.startswith(seen)
    assert text != seen
    assert chain.tokens("local-2") == buyer - PRICE


async def _first_text(url: str, request: object, header: str) -> str:
    async with (
        httpx.AsyncClient(base_url=url) as http,
        http.stream(
            "POST", "/v1/chat/completions", json=request, headers={"PAYMENT-SIGNATURE": header}
        ) as response,
    ):
        async for line in response.aiter_lines():
            if line and (text := json.loads(line[6:])["choices"][0]["delta"].get("content")):
                return str(text)
    raise AssertionError("no text arrived")


async def test_a_model_that_fails_is_not_charged_for_and_the_payment_stays_good(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    buyer = chain.tokens("local-2")
    header = await payment_for(service.url, chain.account("local-2"), body("Fail"))
    model.error, model.words_before_error = ModelCrashed("m", -9, Path("log")), 2
    failed = await post(service.url, body("Fail"), header)
    unpaid = chain.tokens("local-2")

    model.error = None
    answer = await post(service.url, body("Fail"), header)

    assert failed.status_code == 503
    assert failed.json()["error"]["type"] == "ModelCrashed"
    assert failed.headers["x-should-retry"] == "false"
    assert unpaid == buyer
    assert answer.status_code == 200
    assert chain.tokens("local-2") == buyer - PRICE


async def test_a_model_that_fails_in_a_paid_stream_says_so_and_answers_later(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    buyer = chain.tokens("local-2")
    request = body("Half", stream=True)
    header = await payment_for(service.url, chain.account("local-2"), request)
    model.error, model.words_before_error = ModelCrashed("m", -9, Path("log")), 2
    broken = await post(service.url, request, header)

    model.error = None
    answer = await post(service.url, request, header)

    assert "ModelCrashed" in broken.text
    assert "[DONE]" not in broken.text
    assert answer.text.endswith("data: [DONE]\n\n")
    assert chain.tokens("local-2") == buyer - PRICE


async def test_a_node_that_goes_down_while_settling_leaves_the_payment_to_be_repeated(
    tmp_path: Path, database_url: str, model: ScriptedModel
) -> None:
    folder = tmp_path / "chain"
    local = LocalNode.start(folder / "chain")
    chain = start_chain(folder, local.url)
    chain.fund("local-2", 10 * PRICE)
    model.open = False
    with Served(chain.site(tmp_path / "home", database_url), model) as service:
        header = await payment_for(service.url, chain.account("local-2"), body("Down"))
        asking = asyncio.create_task(post(service.url, body("Down"), header))
        while not model.started:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(local.stop)
        model.open = True
        withheld = await asking

        again = await asyncio.to_thread(LocalNode.start, folder / "chain")
        answer = await post(service.url, body("Down"), header)
        chain.node.close()
        balance = Chain(folder, service.site.node(), chain.deployment).tokens("local-2")

    again.stop()
    assert withheld.status_code == 503, withheld.text
    assert withheld.json()["error"]["type"] == "SettlementUncertain"
    assert "To 'Down'" not in withheld.text
    assert answer.status_code == 200, answer.text
    assert balance == 9 * PRICE
    assert len(model.generated) == 1


async def test_recovery_knows_what_was_paid_and_what_lapsed(
    chain: Chain, site: Site, model: ScriptedModel
) -> None:
    with Served(site, model) as service:
        header = await payment_for(service.url, chain.account("local-2"), body("Paid"))
        await post(service.url, body("Paid"), header)
        payment = service.calls._scheme.read(header)
        book = service.calls._book
        call = book.find(payment.id)
        assert call is not None
        # As if the process had died between the chain's answer and its own note of it.
        forgotten = replace(call, state=call.state.SETTLING, transaction=None)
        book.update(call, forgotten)

        recovery = await service.calls.recover()

        found = book.find(payment.id)
        assert found is not None
        assert (recovery.settled, recovery.lapsed, recovery.open) == (1, 0, 0)
        assert found.transaction == call.transaction
