"""Calls that are paid for by voucher, with the unmodified x402 client and by hand."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from x402 import x402Client
from x402.http.clients import x402_httpx_transport
from x402.http.utils import decode_payment_required_header, decode_payment_response_header
from x402.mechanisms.evm.batch_settlement.client import (
    BatchSettlementEvmScheme,
    BatchSettlementEvmSchemeOptions,
)
from x402.mechanisms.evm.signers import EthAccountSignerWithRPC

from assay.generation.errors import ModelCrashed
from assay.market.channels.payload import ChannelPayment, PaymentKind
from tests.fakes.payers import as_json
from tests.fakes.text_models import ScriptedModel
from tests.integration.market.conftest import Chain, body, post
from tests.integration.market.paid_service import MODEL, PRICE, Served
from tests.integration.market.paying_by_voucher import Wallet, header_of

SUM = "invalid_batch_settlement_evm_cumulative_amount_mismatch"
_salts = count(1)


@pytest.fixture
def wallet(chain: Chain, service: Served) -> Wallet:
    """A channel of its own, with money for a hundred calls."""
    chain.fund("local-2", 100 * PRICE)
    return Wallet(chain, next(_salts)).fund(100 * PRICE)


def error_of(response: httpx.Response) -> str:
    required = decode_payment_required_header(response.headers["PAYMENT-REQUIRED"])
    return str(required.error)


def batch_offer(response: httpx.Response) -> dict[str, Any]:
    required = decode_payment_required_header(response.headers["PAYMENT-REQUIRED"])
    return next(each for each in required.accepts if each.scheme == "batch-settlement").model_dump(
        by_alias=True
    )


async def test_an_unmodified_x402_client_deposits_once_and_pays_many_calls(
    chain: Chain, service: Served
) -> None:
    chain.fund("local-2", 100 * PRICE)
    earned, client = chain.tokens("local-1"), x402Client()
    signer = EthAccountSignerWithRPC(chain.account("local-2").signer(), chain.node.url)
    options = BatchSettlementEvmSchemeOptions(salt="0x" + secrets.token_hex(32))
    client.register("eip155:31337", BatchSettlementEvmScheme(signer, options))
    client.set_spend_controls({"allowed_assets": True})
    transport = x402_httpx_transport(client)

    async with httpx.AsyncClient(base_url=service.url, transport=transport, timeout=60) as http:
        answers = [await http.post("/v1/chat/completions", json=body(f"{n}")) for n in range(13)]

    assert [answer.status_code for answer in answers] == [200] * 13, answers[0].text
    receipts = [decode_payment_response_header(a.headers["PAYMENT-RESPONSE"]) for a in answers]
    deposits = [receipt.transaction for receipt in receipts if receipt.transaction]
    assert len(deposits) == 2, "the first call, and the one that needs more"
    assert chain.node.receipt(deposits[0]) is not None
    total = receipts[-1].extra["channelState"]["chargedCumulativeAmount"]
    assert int(total) == 13 * PRICE
    assert chain.tokens("local-1") == earned, "nothing is claimed yet"


async def test_a_call_is_charged_once_however_often_it_is_repeated(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    header = wallet.header(PRICE)

    first = await post(service.url, body("Once"), header)
    again = await asyncio.gather(*(post(service.url, body("Once"), header) for _ in range(5)))

    assert first.status_code == 200, first.text
    assert {answer.text for answer in again} == {first.text}
    assert {answer.headers["PAYMENT-RESPONSE"] for answer in again} == {
        first.headers["PAYMENT-RESPONSE"]
    }
    assert len(model.generated) == 1
    assert wallet.charged(service) == PRICE


async def test_one_voucher_given_many_times_at_once_is_charged_once(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    header = wallet.header(PRICE)

    answers = await asyncio.gather(*(post(service.url, body("Storm"), header) for _ in range(6)))

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.text for answer in answers}) == 1
    assert len(model.generated) == 1
    assert wallet.charged(service) == PRICE


async def test_a_used_voucher_is_corrected_with_the_sums_that_a_client_needs(
    service: Served, wallet: Wallet
) -> None:
    header = wallet.header(PRICE)
    await post(service.url, body("One"), header)

    answer = await post(service.url, body("Two"), header)

    assert answer.status_code == 402
    assert error_of(answer) == SUM
    extra = batch_offer(answer)["extra"]
    assert extra["channelState"]["chargedCumulativeAmount"] == str(PRICE)
    assert extra["voucherState"]["signedMaxClaimable"] == str(PRICE)
    repeated = await post(service.url, body("Two"), wallet.header(2 * PRICE))
    assert repeated.status_code == 200


async def test_two_calls_at_once_on_one_channel_are_both_served(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.open = False
    first = asyncio.create_task(post(service.url, body("A"), wallet.header(PRICE)))
    while len(model.started) < 1:
        await asyncio.sleep(0.01)
    second = asyncio.create_task(post(service.url, body("B"), wallet.header(2 * PRICE)))
    while len(model.started) < 2:
        await asyncio.sleep(0.01)
    model.open = True

    answers = await asyncio.gather(first, second)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert wallet.charged(service) == 2 * PRICE


async def test_a_call_waits_for_the_one_that_uses_its_sum_and_is_then_corrected(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    first = asyncio.create_task(post(service.url, body("A"), wallet.header(PRICE)))
    while not model.started:
        await asyncio.sleep(0.01)

    second = await post(service.url, body("B"), wallet.header(PRICE))

    assert (await first).status_code == 200
    assert second.status_code == 402
    assert error_of(second) == SUM
    assert len(model.started) == 1


async def test_a_model_that_fails_is_not_charged_for_and_the_voucher_stays_good(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.error, model.words_before_error = ModelCrashed("m", -9, Path("log")), 2
    failed = await post(service.url, body("Fail"), wallet.header(PRICE))
    unpaid = wallet.charged(service)
    model.error = None

    other = await post(service.url, body("Other"), wallet.header(PRICE))

    assert failed.status_code == 503
    assert unpaid == 0
    assert other.status_code == 200
    assert wallet.charged(service) == PRICE


async def test_a_caller_who_leaves_before_the_answer_is_not_charged_and_can_come_back(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    header = wallet.header(PRICE)
    impatient = asyncio.create_task(post(service.url, body("Away"), header))
    while not model.started:
        await asyncio.sleep(0.01)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    while not model.generated:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    left = wallet.charged(service)

    answer = await post(service.url, body("Away"), header)

    assert left == 0
    assert answer.status_code == 200
    assert len(model.generated) == 1
    assert wallet.charged(service) == PRICE


async def test_an_answer_that_was_never_fetched_does_not_block_its_voucher(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    impatient = asyncio.create_task(post(service.url, body("Away"), wallet.header(PRICE)))
    while not model.started:
        await asyncio.sleep(0.01)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    while not model.generated:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)

    answer = await post(service.url, body("Something else"), wallet.header(PRICE))

    assert answer.status_code == 200, answer.text
    assert wallet.charged(service) == PRICE


async def test_a_whole_stream_costs_its_whole_price(service: Served, wallet: Wallet) -> None:
    streamed = await post(service.url, body("Flow", stream=True), wallet.header(PRICE))
    whole = await post(service.url, body("Flow"), wallet.header(PRICE))

    assert streamed.status_code == whole.status_code == 200
    assert streamed.text.endswith("data: [DONE]\n\n")
    record = last_event(streamed)["assay"]["artefact"]["record"]
    assert record["amount"] == str(PRICE)
    assert whole.json()["assay"]["artefact"]["record"] == record
    assert (wallet.charged(service), wallet.open(service)) == (PRICE, 0)


async def test_a_stream_whose_model_fails_costs_what_was_served(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.error, model.words_before_error = ModelCrashed("m", -9, Path("log")), 3
    request = body("Half", stream=True, max_tokens=10)

    streamed = await post(service.url, request, wallet.header(PRICE))
    again = await post(service.url, body("Half", max_tokens=10), wallet.header(PRICE))

    record = last_event(streamed)["assay"]["artefact"]["record"]
    assert record["amount"] == str(PRICE * 3 // 10)
    assert last_event(streamed)["choices"][0]["finish_reason"] == "interrupted"
    assert again.json()["assay"]["artefact"]["record"] == record
    assert (wallet.charged(service), wallet.open(service)) == (PRICE * 3 // 10, 0)


async def test_a_caller_who_leaves_a_stream_pays_for_it_and_can_fetch_the_whole(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.pause_s = 0.05
    header = wallet.header(PRICE)
    async with (
        httpx.AsyncClient(base_url=service.url) as http,
        http.stream(
            "POST",
            "/v1/chat/completions",
            json=body("Leave", stream=True, max_tokens=20),
            headers={"PAYMENT-SIGNATURE": header},
        ) as response,
    ):
        async for _ in response.aiter_lines():
            break
    while wallet.open(service):
        await asyncio.sleep(0.02)

    whole = await post(service.url, body("Leave", max_tokens=20), header)

    assert whole.json()["choices"][0]["finish_reason"] == "stop"
    assert wallet.charged(service) == PRICE
    assert model.generated == model.started


async def test_a_repeated_identifier_gives_the_same_answer_for_another_payment(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    name = "pay_0123456789abcdef"
    first = await post(service.url, body("Named"), wallet.header(PRICE, identifier=name))
    again = await post(service.url, body("Named"), wallet.header(2 * PRICE, identifier=name))
    other = await post(service.url, body("Other"), wallet.header(2 * PRICE, identifier=name))

    assert first.status_code == again.status_code == 200
    assert again.json() == first.json()
    assert other.status_code == 409
    assert other.json()["error"]["type"] == "IdentifierReused"
    assert len(model.generated) == 1
    assert wallet.charged(service) == PRICE


async def test_a_stranger_who_names_a_payer_and_an_identifier_does_not_get_the_answer(
    service: Served, wallet: Wallet
) -> None:
    name = "pay_fedcba9876543210"
    await post(service.url, body("Private"), wallet.header(PRICE, identifier=name))
    thief = wallet.scene.account("local-5").address
    config = replace(wallet.config, payer_authorizer=thief)
    voucher = wallet.scene.voucher(config, PRICE, "local-5")
    payment = ChannelPayment(PaymentKind.VOUCHER, config, voucher)

    stolen = header_of(payment, wallet, as_json(payment), PRICE, name)
    answer = await post(service.url, body("Private"), stolen)

    assert answer.status_code == 402
    assert error_of(answer) == "invalid_batch_settlement_evm_voucher_signature"


async def test_a_voucher_beyond_the_balance_is_refused(service: Served, wallet: Wallet) -> None:
    answer = await post(service.url, body(), wallet.header(101 * PRICE))

    assert answer.status_code == 402
    assert error_of(answer) == "invalid_batch_settlement_evm_cumulative_exceeds_balance"


async def test_a_client_that_agreed_to_a_lower_price_is_told_the_new_one(
    service: Served, wallet: Wallet
) -> None:
    answer = await post(service.url, body(), wallet.header(PRICE - 1, amount=PRICE - 1))
    overshooting = await post(service.url, body(), wallet.header(5 * PRICE, amount=PRICE - 1))

    for refused in (answer, overshooting):
        assert refused.status_code == 402
        assert batch_offer(refused)["amount"] == str(PRICE)
    assert wallet.charged(service) == 0


async def test_a_stranger_who_names_a_channel_is_not_shown_its_voucher(
    service: Served, wallet: Wallet, model: ScriptedModel
) -> None:
    model.error, model.words_before_error = ModelCrashed("m", -9, Path("log")), 0
    await post(service.url, body("Unserved"), wallet.header(PRICE))
    model.error = None
    forged = replace(wallet.voucher(2 * PRICE), signature=wallet.voucher(3 * PRICE).signature)
    payment = ChannelPayment(PaymentKind.VOUCHER, wallet.config, forged)

    answer = await post(service.url, body(), header_of(payment, wallet, as_json(payment), 1))

    assert answer.status_code == 402
    assert error_of(answer) == "invalid_batch_settlement_evm_voucher_signature"
    assert not {"channelState", "voucherState"} & set(batch_offer(answer)["extra"])


async def test_a_client_that_agreed_to_a_higher_price_pays_the_one_in_force(
    service: Served, wallet: Wallet
) -> None:
    answer = await post(service.url, body(), wallet.header(2 * PRICE, amount=2 * PRICE))

    receipt = decode_payment_response_header(answer.headers["PAYMENT-RESPONSE"])
    assert answer.status_code == 200
    assert receipt.extra["chargedAmount"] == str(PRICE)
    assert wallet.charged(service) == PRICE


async def test_both_offers_stand_in_a_402_exact_first(service: Served) -> None:
    answer = await post(service.url, body())

    required = decode_payment_required_header(answer.headers["PAYMENT-REQUIRED"])
    assert [offer.scheme for offer in required.accepts] == ["exact", "batch-settlement"]
    extra = required.accepts[1].extra
    assert {"name", "version", "receiverAuthorizer", "withdrawDelay", "minDeposit"} <= set(extra)
    assert "payment-identifier" in required.extensions


async def test_a_bare_get_tells_the_price_of_the_model_that_it_names(service: Served) -> None:
    async with httpx.AsyncClient(base_url=service.url) as http:
        named = await http.get("/v1/chat/completions", params={"model": MODEL})
        unknown = await http.get("/v1/chat/completions", params={"model": "gpt-9"})

    assert batch_offer(named)["amount"] == str(PRICE)
    assert (named.status_code, unknown.status_code) == (402, 404)


async def test_the_rest_of_a_channel_is_given_back_on_request(
    chain: Chain, service: Served, wallet: Wallet
) -> None:
    await post(service.url, body(), wallet.header(PRICE))
    before = chain.tokens("local-2")

    async with httpx.AsyncClient(base_url=service.url, timeout=60) as http:
        probe = await http.get("/v1/chat/completions")
        refund = {"PAYMENT-SIGNATURE": wallet.header(PRICE, kind="refund")}
        answer = await http.get("/v1/chat/completions", headers=refund)
        more = await http.get("/v1/chat/completions", headers=refund)

    assert probe.status_code == 402
    assert batch_offer(probe)["extra"]["receiverAuthorizer"]
    assert answer.status_code == 200, answer.text
    assert answer.json()["message"] == "Refund acknowledged"
    assert decode_payment_response_header(answer.headers["PAYMENT-RESPONSE"]).success
    assert chain.tokens("local-2") == before + 99 * PRICE
    assert error_of(more) == "invalid_batch_settlement_evm_refund_no_balance"
    spent = await post(service.url, body("More"), wallet.header(2 * PRICE))
    assert spent.status_code == 402


def last_event(response: httpx.Response) -> dict[str, Any]:
    lines = [line for line in response.text.split("\n\n") if line.startswith("data: {")]
    event: dict[str, Any] = json.loads(lines[-1][6:])
    return event
