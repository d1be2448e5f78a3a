"""Buying calls: prices, records that lie, and crashes of the buyer."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from assay.chain.signing import recover_typed_data
from assay.core.chat import Message, TextRequest
from assay.errors import InputError
from assay.market.calls import RecordDomain
from assay.market.errors import (
    NothingToResume,
    PaymentRefused,
    PriceTooHigh,
    RecordContradicted,
    RecordForged,
    RecordMalformed,
    ServiceFailed,
    ServiceRejected,
    TermsUnacceptable,
)
from assay.market.metering import CallRequest
from assay.market.pending import PendingCalls
from assay.market.remote import RemoteCalls
from tests.fakes.text_models import ScriptedModel, scripted_text
from tests.integration.market.conftest import Chain
from tests.integration.market.paid_service import MODEL, PRICE, Served


@pytest.fixture
def pending(tmp_path: Path) -> PendingCalls:
    return PendingCalls(tmp_path / "pending")


def buyer_of(chain: Chain, pending: PendingCalls, **changes: Any) -> RemoteCalls:
    parts = {
        "signer": chain.account("local-2"),
        "token": chain.deployment.token.address,
        "domain": RecordDomain(chain.node.chain_id, chain.deployment.anchor.address),
    }
    return RemoteCalls(recover=recover_typed_data, pending=pending, **{**parts, **changes})


@pytest.fixture
def buyer(chain: Chain, pending: PendingCalls) -> RemoteCalls:
    return buyer_of(chain, pending)


def ask(prompt: str = "Hi", *, seed: int | None = None, model: str = MODEL) -> CallRequest:
    text = TextRequest((Message("user", prompt),), temperature=0.7, seed=seed or 0)
    return CallRequest(model, text, seed_given=seed is not None)


async def test_an_answer_is_bought_and_its_record_checked(
    chain: Chain, service: Served, buyer: RemoteCalls, pending: PendingCalls
) -> None:
    answer = await buyer.call(service.url, ask("Buy", seed=9), max_price=PRICE)

    assert answer.text == scripted_text(ask("Buy", seed=9).text)
    assert answer.seed == 9
    assert answer.record.record.amount == PRICE
    assert chain.node.receipt(answer.transaction) is not None
    assert pending.all() == []


async def test_a_streamed_answer_arrives_in_pieces_and_is_checked_alike(
    service: Served, buyer: RemoteCalls
) -> None:
    pieces: list[str] = []

    answer = await buyer.call(service.url, ask("Pieces"), max_price=PRICE, on_text=pieces.append)

    assert len(pieces) > 3
    assert "".join(pieces) == answer.text


async def test_a_price_above_the_limit_signs_nothing(
    chain: Chain, service: Served, buyer: RemoteCalls, pending: PendingCalls
) -> None:
    balance = chain.tokens("local-2")

    with pytest.raises(PriceTooHigh) as caught:
        await buyer.call(service.url, ask(), max_price=PRICE - 1)

    assert (caught.value.price, caught.value.max_price) == (PRICE, PRICE - 1)
    assert pending.all() == []
    assert chain.tokens("local-2") == balance


async def test_another_token_or_chain_is_not_paid(
    chain: Chain, service: Served, pending: PendingCalls
) -> None:
    other_token = buyer_of(chain, pending, token=chain.deployment.registry.address)
    domain = RecordDomain(1, chain.deployment.anchor.address)
    other_chain = buyer_of(chain, pending, domain=domain)

    for buyer in (other_token, other_chain):
        with pytest.raises(TermsUnacceptable):
            await buyer.call(service.url, ask(), max_price=PRICE)

    assert pending.all() == []


async def test_an_unknown_model_is_an_input_error(service: Served, buyer: RemoteCalls) -> None:
    with pytest.raises(ServiceRejected) as caught:
        await buyer.call(service.url, ask(model="gpt-9"), max_price=PRICE)

    assert caught.value.status == 404
    assert MODEL in caught.value.hint


async def test_a_buyer_without_tokens_is_refused(
    chain: Chain, service: Served, pending: PendingCalls
) -> None:
    poor = buyer_of(chain, pending, signer=chain.account("local-9"))

    with pytest.raises(PaymentRefused, match="insufficient_balance"):
        await poor.call(service.url, ask(), max_price=PRICE)


async def test_a_buyer_who_crashes_gets_the_answer_with_the_same_payment(
    chain: Chain, service: Served, model: ScriptedModel, buyer: RemoteCalls, pending: PendingCalls
) -> None:
    balance = chain.tokens("local-2")
    model.open = False
    crashing = asyncio.create_task(buyer.call(service.url, ask("Crash"), max_price=PRICE))
    while not model.started:
        await asyncio.sleep(0.01)
    crashing.cancel()
    await asyncio.gather(crashing, return_exceptions=True)
    model.open = True

    answers = await buyer.resume_all()

    assert len(answers) == 1
    assert answers[0].text.startswith("To 'Crash'")
    assert chain.tokens("local-2") == balance - PRICE
    assert pending.all() == []
    assert len(model.generated) == 1


async def test_a_call_that_cannot_be_resumed_does_not_hold_up_the_others(
    service: Served, model: ScriptedModel, buyer: RemoteCalls, pending: PendingCalls
) -> None:
    for prompt in ("First", "Second", "Third"):
        model.open = False
        seen = len(model.started)
        crashing = asyncio.create_task(buyer.call(service.url, ask(prompt), max_price=PRICE))
        while len(model.started) == seen:
            await asyncio.sleep(0.01)
        crashing.cancel()
        await asyncio.gather(crashing, return_exceptions=True)
        model.open = True
    second = pending.all()[1]
    pending.keep(replace(second, url="http://127.0.0.1:9"))

    answers = await buyer.resume_all()

    assert [answer.text.split("'")[1] for answer in answers] == ["First", "Third"]
    assert [call.nonce for call in pending.all()] == [second.nonce]
    with pytest.raises(ServiceFailed):
        await buyer.resume_all()


async def test_without_an_unfinished_call_there_is_nothing_to_resume(buyer: RemoteCalls) -> None:
    with pytest.raises(NothingToResume):
        await buyer.resume_all()


async def test_the_payment_of_a_call_is_private_on_the_disk(
    service: Served, model: ScriptedModel, buyer: RemoteCalls, tmp_path: Path
) -> None:
    model.open = False
    asking = asyncio.create_task(buyer.call(service.url, ask("Secret"), max_price=PRICE))
    while not model.started:
        await asyncio.sleep(0.01)

    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "pending").iterdir()]
    model.open = True
    await asking

    assert modes == [0o600]


@pytest.mark.parametrize("url", ["ftp://x", "localhost:8000", "", "http://[::"])
async def test_what_is_no_url_is_refused(buyer: RemoteCalls, url: str) -> None:
    with pytest.raises(InputError):
        await buyer.call(url, ask(), max_price=PRICE)


async def test_a_service_that_is_not_there_is_told(buyer: RemoteCalls) -> None:
    with pytest.raises(ServiceFailed) as caught:
        await buyer.call("http://127.0.0.1:9", ask(), max_price=PRICE)

    assert "assay up" in caught.value.hint


Change = Callable[[dict[str, Any]], None]


@contextmanager
def lying(service: Served, change: Change) -> Iterator[str]:
    """A dishonest copy of the service: passes everything on, but changes the paid answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["content-length"]))
            headers = {
                name: value for name, value in self.headers.items() if name.lower() != "host"
            }
            answer = httpx.post(service.url + self.path, content=data, headers=headers, timeout=30)
            body = answer.json()
            if answer.status_code == 200:
                change(body)
            content = json.dumps(body).encode()
            self.send_response(answer.status_code)
            for name in ("PAYMENT-REQUIRED", "PAYMENT-RESPONSE"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def other_text(body: dict[str, Any]) -> None:
    body["choices"][0]["message"]["content"] += "!"


def other_amount(body: dict[str, Any]) -> None:
    body["assay"]["artefact"]["record"]["amount"] = "1"


def other_signature(body: dict[str, Any]) -> None:
    artefact = body["assay"]["artefact"]
    artefact["signature"] = artefact["signature"][:-130] + "11" * 64 + "1b"


def other_seed(body: dict[str, Any]) -> None:
    body["assay"]["parameters"]["seed"] += 1


def other_cid(body: dict[str, Any]) -> None:
    body["assay"]["record"] = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"


def no_record(body: dict[str, Any]) -> None:
    del body["assay"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (other_text, RecordContradicted),
        (other_amount, RecordForged),
        (other_signature, RecordForged),
        (other_seed, RecordContradicted),
        (other_cid, RecordContradicted),
        (no_record, RecordMalformed),
    ],
)
async def test_a_lie_in_the_answer_is_found(
    service: Served,
    buyer: RemoteCalls,
    pending: PendingCalls,
    change: Change,
    error: type[Exception],
) -> None:
    with lying(service, change) as url, pytest.raises(error):
        await buyer.call(url, ask("Truth"), max_price=PRICE)

    assert len(pending.all()) == 1  # the evidence stays
