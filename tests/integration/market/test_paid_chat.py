"""Calls that are paid for: what a caller gets, and what moves on the chain."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import openai
from x402.http.clients import x402_httpx_transport
from x402.http.utils import decode_payment_response_header, decode_payment_signature_header

from assay.chain.signing import recover_typed_data
from assay.core.chat import Message, TextRequest
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.market.calls import RecordDomain, SignedCallRecord, check_record
from tests.fakes.text_models import ScriptedModel, scripted_text
from tests.integration.market.conftest import (
    Chain,
    body,
    paying_http,
    payment_for,
    post,
    x402_client,
)
from tests.integration.market.paid_service import MODEL, PRICE, Served


async def test_an_unmodified_x402_client_pays_and_is_answered(
    chain: Chain, service: Served
) -> None:
    buyer, paid_before = chain.account("local-2"), chain.tokens("local-1")

    async with paying_http(buyer, service.url) as http:
        response = await http.post("/v1/chat/completions", json=body("Hi", seed=5))

    assert response.status_code == 200, response.text
    answer = response.json()
    text = answer["choices"][0]["message"]["content"]
    assert text == scripted_text(TextRequest((Message("user", "Hi"),), seed=5))
    assert answer["usage"]["completion_tokens"] > 0
    receipt = decode_payment_response_header(response.headers["PAYMENT-RESPONSE"])
    assert receipt.success
    assert receipt.payer == buyer.address
    mined = chain.node.receipt(receipt.transaction)
    assert mined is not None
    assert mined.succeeded
    assert chain.tokens("local-1") == paid_before + PRICE


async def test_the_record_says_who_asked_what_and_is_signed_by_the_provider(
    chain: Chain, service: Served
) -> None:
    buyer = chain.account("local-2")

    async with paying_http(buyer, service.url) as http:
        response = await http.post("/v1/chat/completions", json=body("Hi", temperature=0.7))

    evidence = response.json()["assay"]
    cid = Cid.parse(response.headers["ASSAY-CALL-RECORD"])
    data = await asyncio.to_thread(service.calls._blobs.read_bytes, cid)  # type: ignore[attr-defined]
    signed = SignedCallRecord.decode(data)
    domain = RecordDomain(chain.node.chain_id, chain.deployment.anchor.address)
    check_record(signed, domain, recover_typed_data)
    assert signed.as_json() == evidence["artefact"]
    record = signed.record
    text = response.json()["choices"][0]["message"]["content"]
    asked = TextRequest(
        (Message("user", "Hi"),), temperature=0.7, seed=evidence["parameters"]["seed"]
    )
    assert record.prompt_digest == asked.prompt_digest
    assert record.output_digest == Digest.of(text.encode())
    assert (record.payer, record.provider) == (buyer.address, chain.account("local-1").address)
    assert (record.amount, record.token) == (PRICE, chain.deployment.token.address)


async def test_the_same_payment_for_the_same_request_gives_the_same_answer_for_nothing_more(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    header = await payment_for(service.url, chain.account("local-2"), body("Once"))
    first = await post(service.url, body("Once"), header)
    balance = chain.tokens("local-2")

    again = await post(service.url, body("Once"), header)

    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    assert again.headers["PAYMENT-RESPONSE"] == first.headers["PAYMENT-RESPONSE"]
    assert chain.tokens("local-2") == balance
    assert len(model.generated) == 1


async def test_one_payment_used_many_times_at_once_is_charged_once(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    header = await payment_for(service.url, chain.account("local-2"), body("Storm"))
    balance = chain.tokens("local-2")

    answers = await asyncio.gather(*(post(service.url, body("Storm"), header) for _ in range(6)))

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.text for answer in answers}) == 1
    assert chain.tokens("local-2") == balance - PRICE
    assert len(model.generated) == 1


async def test_a_used_payment_buys_no_other_answer(chain: Chain, service: Served) -> None:
    header = await payment_for(service.url, chain.account("local-2"), body("One"))
    await post(service.url, body("One"), header)

    answer = await post(service.url, body("Two"), header)

    assert answer.status_code == 402
    assert answer.json()["error"]["type"] == "PaymentReused"
    assert "PAYMENT-REQUIRED" in answer.headers


async def test_many_callers_at_once_are_each_answered_and_charged(
    chain: Chain, service: Served
) -> None:
    buyer, balance = chain.account("local-2"), chain.tokens("local-2")

    async with paying_http(buyer, service.url) as http:
        answers = await asyncio.gather(
            *(http.post("/v1/chat/completions", json=body(f"Number {n}")) for n in range(8))
        )

    assert [answer.status_code for answer in answers] == [200] * 8
    nonces = {answer.json()["assay"]["artefact"]["record"]["paymentNonce"] for answer in answers}
    assert len(nonces) == 8
    assert chain.tokens("local-2") == balance - 8 * PRICE


async def test_an_openai_client_pays_through_its_transport(chain: Chain, service: Served) -> None:
    transport = x402_httpx_transport(x402_client(chain.account("local-2")))
    client = openai.AsyncOpenAI(
        base_url=f"{service.url}/v1",
        api_key="none",
        http_client=httpx.AsyncClient(transport=transport),
    )

    models = await client.models.list()
    whole = await client.chat.completions.create(**body("Whole", seed=1))
    stream = await client.chat.completions.create(
        **body("Parts", seed=1), stream=True, stream_options={"include_usage": True}
    )
    events = [event async for event in stream]

    assert [item.id for item in models.data] == [MODEL]
    assert whole.choices[0].message.content == scripted_text(
        TextRequest((Message("user", "Whole"),), seed=1)
    )
    parts = "".join(event.choices[0].delta.content or "" for event in events if event.choices)
    assert parts == scripted_text(TextRequest((Message("user", "Parts"),), seed=1))
    assert events[-1].usage is not None
    assert events[-2].choices[0].finish_reason == "stop"
    await client.close()


async def test_a_stream_is_settled_after_its_first_piece_and_ends_with_its_record(
    chain: Chain, service: Served
) -> None:
    balance = chain.tokens("local-2")

    events, headers = await _read_stream(chain, service, body("Flow", seed=3, stream=True))

    text = "".join(
        event["choices"][0]["delta"].get("content", "") for event in events if event["choices"]
    )
    assert text == scripted_text(TextRequest((Message("user", "Flow"),), seed=3))
    record = events[-1]["assay"]["artefact"]["record"]
    assert record["outputDigest"] == Digest.of(text.encode()).hex
    assert decode_payment_response_header(headers["PAYMENT-RESPONSE"]).success
    assert chain.tokens("local-2") == balance - PRICE


async def test_a_streamed_answer_is_to_be_had_again_whole(chain: Chain, service: Served) -> None:
    request = body("Flow")
    header = await payment_for(service.url, chain.account("local-2"), request)
    streamed = await post(service.url, {**request, "stream": True}, header)

    whole = await post(service.url, request, header)

    assert streamed.status_code == whole.status_code == 200
    assert whole.json()["assay"] == json.loads(streamed.text.split("\n\n")[-3][6:])["assay"]


async def test_a_caller_who_leaves_before_the_answer_is_not_charged_and_can_come_back(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    header = await payment_for(service.url, chain.account("local-2"), body("Away"))
    balance = chain.tokens("local-2")
    impatient = asyncio.create_task(post(service.url, body("Away"), header))
    while not model.started:
        await asyncio.sleep(0.01)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    while not model.generated:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    left = chain.tokens("local-2")

    answer = await post(service.url, body("Away"), header)

    assert left == balance
    assert answer.status_code == 200
    assert chain.tokens("local-2") == balance - PRICE
    assert len(model.generated) == 1


async def test_a_caller_who_leaves_a_stream_has_paid_and_gets_the_whole_answer_later(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    request = body("Leave", stream=True)
    header = await payment_for(service.url, chain.account("local-2"), request)
    balance = chain.tokens("local-2")
    async with (
        httpx.AsyncClient(base_url=service.url) as http,
        http.stream(
            "POST", "/v1/chat/completions", json=request, headers={"PAYMENT-SIGNATURE": header}
        ) as response,
    ):
        async for _ in response.aiter_lines():
            break

    answer = await post(service.url, body("Leave"), header)

    assert answer.status_code == 200
    assert chain.tokens("local-2") == balance - PRICE
    assert len(model.generated) == 1


async def test_a_payment_that_somebody_else_sent_to_the_chain_counts(
    chain: Chain, service: Served, model: ScriptedModel
) -> None:
    model.open = False
    header = await payment_for(service.url, chain.account("local-2"), body("Front"))
    balance = chain.tokens("local-2")
    asking = asyncio.create_task(post(service.url, body("Front"), header))
    while not model.started:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(_send_authorization, chain, service, header)
    model.open = True

    answer = await asking

    assert answer.status_code == 200
    assert chain.tokens("local-2") == balance - PRICE


def _send_authorization(chain: Chain, service: Served, header: str) -> None:
    payment = service.calls._scheme.read(header)
    authorization = decode_payment_signature_header(header).payload["authorization"]
    chain.sender("local-4").transact(
        chain.deployment.token,
        "transferWithAuthorization",
        payment.payer,
        payment.recipient,
        payment.amount,
        int(authorization["validAfter"]),
        payment.valid_before,
        payment.nonce.raw,
        payment.signature,
    )


async def _read_stream(
    chain: Chain, service: Served, request: dict[str, Any]
) -> tuple[list[dict[str, Any]], httpx.Headers]:
    async with (
        paying_http(chain.account("local-2"), service.url) as http,
        http.stream("POST", "/v1/chat/completions", json=request) as response,
    ):
        lines = [line async for line in response.aiter_lines() if line]
    assert lines[-1] == "data: [DONE]", lines
    return [json.loads(line[6:]) for line in lines[:-1]], response.headers
