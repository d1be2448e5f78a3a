"""Signed offers and receipts on the wire, as an unmodified x402 client sees them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from x402 import x402Client
from x402.http.clients import x402_httpx_transport
from x402.mechanisms.evm.exact.register import register_exact_evm_client

import assay
from assay.chain.account import Account
from assay.chain.signing import recover_typed_data
from assay.market.receipts import check_offers, check_receipt
from tests.e2e.scene import MODEL, PRICE, Scene, running_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("receipts"), pause_s=0.0) as scene:
        yield scene


@pytest.fixture
def buyer(scene: Scene) -> Iterator[Account]:
    with assay.connect(home=scene.site.home) as client:
        yield client.workspace.account("local-2")


def target(scene: Scene) -> str:
    return f"{scene.url}/v1/chat/completions"


def body(text: str, *, stream: bool = False) -> dict[str, object]:
    asked = {"model": MODEL, "messages": [{"role": "user", "content": text}], "max_tokens": 50}
    return {**asked, "stream": True} if stream else asked


@asynccontextmanager
async def paying(account: Account) -> AsyncIterator[httpx.AsyncClient]:
    client = x402Client()
    register_exact_evm_client(client, account.signer())
    client.set_spend_controls({"allowed_assets": True})
    async with httpx.AsyncClient(transport=x402_httpx_transport(client), timeout=60) as http:
        yield http


def test_every_way_to_pay_is_a_signed_offer(scene: Scene) -> None:
    refused = httpx.post(target(scene), json=body("Hi"))

    assert refused.status_code == 402
    offers = check_offers(
        refused.headers["PAYMENT-REQUIRED"],
        url=target(scene),
        now_s=int(time.time()),
        recover=recover_typed_data,
    )
    assert [offer.scheme for offer in offers] == ["exact", "batch-settlement"]
    assert {offer.amount for offer in offers} == {str(PRICE)}


@pytest.mark.parametrize("stream", [False, True])
async def test_an_answer_comes_with_a_receipt(stream: bool, scene: Scene, buyer: Account) -> None:
    async with paying(buyer) as http:
        answered = await http.post(target(scene), json=body("Hi", stream=stream))

    assert answered.status_code == 200, answered.text
    with assay.connect(home=scene.site.home) as client:
        provider = client.workspace.address("local-1")
    receipt = check_receipt(
        answered.headers["PAYMENT-RESPONSE"],
        url=target(scene),
        payer=buyer.address,
        provider=provider,
        chain_id=31337,
        now_s=int(time.time()),
        recover=recover_typed_data,
    )
    assert receipt
    assert receipt.transaction.startswith("0x")


def test_a_call_from_a_channel_comes_with_a_receipt_that_our_client_checks(scene: Scene) -> None:
    with assay.connect(home=scene.site.home) as client:
        client.channels.open(scene.url, deposit="0.1")

        answer = client.market.call(MODEL, "Hi", url=scene.url, scheme="channel")

    assert answer.record.record.amount == PRICE
