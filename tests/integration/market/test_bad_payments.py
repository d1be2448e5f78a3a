"""Payments and requests that are not good: each is refused by name, and nothing moves."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from x402.http.utils import decode_payment_required_header, decode_payment_signature_header
from x402.schemas import PaymentRequired

from tests.fakes.text_models import ScriptedModel
from tests.integration.market.conftest import Chain, body, payment_for, post
from tests.integration.market.paid_service import MODEL, PRICE, Served

Change = Callable[[PaymentRequired], None]


@pytest.fixture(autouse=True)
def nothing_moves(chain: Chain, model: ScriptedModel) -> Iterator[None]:
    balances = [chain.tokens(name) for name in ("local-1", "local-2", "local-9")]
    yield
    assert [chain.tokens(name) for name in ("local-1", "local-2", "local-9")] == balances
    assert model.generated == []


def kind(response: httpx.Response) -> str:
    return str(response.json()["error"]["type"])


async def test_without_a_payment_the_price_is_told(chain: Chain, service: Served) -> None:
    response = await post(service.url, body())

    assert response.status_code == 402
    assert kind(response) == "PaymentRequired"
    required = decode_payment_required_header(response.headers["PAYMENT-REQUIRED"])
    assert isinstance(required, PaymentRequired)
    offer = required.accepts[0]
    assert (offer.scheme, offer.network, offer.amount) == ("exact", "eip155:31337", str(PRICE))
    assert offer.asset == chain.deployment.token.address
    assert offer.pay_to == chain.account("local-1").address
    assert offer.extra == {"name": "Assay", "version": "1"}


def lower_amount(required: PaymentRequired) -> None:
    required.accepts[0].amount = str(PRICE - 1)


def other_recipient(required: PaymentRequired) -> None:
    required.accepts[0].pay_to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C9"


def other_asset(required: PaymentRequired) -> None:
    required.accepts[0].asset = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"


def other_chain(required: PaymentRequired) -> None:
    required.accepts[0].network = "eip155:1"


@pytest.mark.parametrize("change", [lower_amount, other_recipient, other_asset, other_chain])
async def test_a_payment_on_other_terms_is_refused(
    chain: Chain, service: Served, change: Change
) -> None:
    if change is other_recipient:
        change = _recipient_of(chain)
    header = await payment_for(service.url, chain.account("local-2"), body(), change)

    response = await post(service.url, body(), header)

    assert response.status_code == 402
    assert "requirements_mismatch" in response.json()["error"]["message"]


def _recipient_of(chain: Chain) -> Change:
    def change(required: PaymentRequired) -> None:
        required.accepts[0].pay_to = chain.account("local-8").address

    return change


def rewrite(header: str, change: Callable[[dict[str, Any]], None]) -> str:
    value = json.loads(base64.b64decode(header))
    change(value)
    return base64.b64encode(json.dumps(value).encode()).decode()


def asked_terms(chain: Chain) -> Callable[[dict[str, Any]], None]:
    """Claims to have accepted what is asked, whatever was signed."""

    def change(value: dict[str, Any]) -> None:
        value["accepted"]["network"] = "eip155:31337"
        value["accepted"]["amount"] = str(PRICE)
        value["accepted"]["payTo"] = chain.account("local-1").address

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_chain, "signature"),
        (lower_amount, "value_mismatch"),
    ],
)
async def test_a_payment_signed_for_other_terms_than_it_claims_is_refused(
    chain: Chain, service: Served, change: Change, reason: str
) -> None:
    header = await payment_for(service.url, chain.account("local-2"), body(), change)

    response = await post(service.url, body(), rewrite(header, asked_terms(chain)))

    assert response.status_code == 402
    assert kind(response) == "PaymentRefused"
    assert reason in response.json()["error"]["message"]


async def test_a_stale_payment_is_refused(chain: Chain, service: Served) -> None:
    def at_once(required: PaymentRequired) -> None:
        required.accepts[0].max_timeout_seconds = 1

    header = await payment_for(service.url, chain.account("local-2"), body(), at_once)

    def claim_time(value: dict[str, Any]) -> None:
        value["accepted"]["maxTimeoutSeconds"] = 600

    response = await post(service.url, body(), rewrite(header, claim_time))

    assert response.status_code == 402
    assert "valid_before" in response.json()["error"]["message"]


async def test_a_payment_without_funds_is_refused(chain: Chain, service: Served) -> None:
    header = await payment_for(service.url, chain.account("local-9"), body())

    response = await post(service.url, body(), header)

    assert response.status_code == 402
    assert "insufficient_balance" in response.json()["error"]["message"]
    assert response.headers["x-should-retry"] == "false"


async def test_a_payment_of_a_cancelled_nonce_is_refused(chain: Chain, service: Served) -> None:
    buyer = chain.account("local-2")
    header = await payment_for(service.url, buyer, body())
    nonce = decode_payment_signature_header(header).payload["authorization"]["nonce"]
    domain = {
        "name": "Assay",
        "version": "1",
        "chainId": 31337,
        "verifyingContract": chain.deployment.token.address,
    }
    types = {
        "CancelAuthorization": [
            {"name": "authorizer", "type": "address"},
            {"name": "nonce", "type": "bytes32"},
        ]
    }
    message = {"authorizer": buyer.address, "nonce": bytes.fromhex(nonce[2:])}
    signature = buyer.sign_typed_data(domain, types, "CancelAuthorization", message)
    chain.sender("local-4").transact(
        chain.deployment.token,
        "cancelAuthorization",
        buyer.address,
        bytes.fromhex(nonce[2:]),
        signature,
    )

    response = await post(service.url, body(), header)

    assert response.status_code == 402
    assert "nonce_already_used" in response.json()["error"]["message"]


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(payment: dict[str, Any]) -> None:
        *folders, last = path.split(".")
        target = payment
        for folder in folders:
            target = target[folder]
        target[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("x402Version", 1),
        _set("x402Version", 3),
        _set("payload", {}),
        _set("payload", []),
        _set("payload.signature", "0x12"),
        _set("payload.signature", None),
        _set("payload.extra", "x"),
        _set("payload.permit2Authorization", {"from": "0x"}),
        _set("payload.authorization", "x"),
        _set("payload.authorization.value", PRICE),
        _set("payload.authorization.value", "-1"),
        _set("payload.authorization.value", "9" * 78),
        _set("payload.authorization.validBefore", "soon"),
        _set("payload.authorization.nonce", "0x12"),
        _set("payload.authorization.from", "alice"),
    ],
)
async def test_a_malformed_payment_is_refused_before_it_reaches_a_library(
    chain: Chain, service: Served, change: Callable[[dict[str, Any]], None]
) -> None:
    header = await payment_for(service.url, chain.account("local-2"), body())

    response = await post(service.url, body(), rewrite(header, change))

    assert response.status_code == 400, response.text
    assert kind(response) == "PaymentMalformed"


@pytest.mark.parametrize(
    "header",
    [
        "nonsense",
        "%%%",
        base64.b64encode(b"\xff\xfe").decode(),
        base64.b64encode(b"[1]").decode(),
        base64.b64encode(b"null").decode(),
        base64.b64encode(b"[" * 10_000).decode(),
        "A" * 20_000,
    ],
)
async def test_a_header_of_garbage_is_refused(service: Served, header: str) -> None:
    response = await post(service.url, body(), header)

    assert response.status_code == 400
    assert kind(response) == "PaymentMalformed"


async def test_a_huge_header_does_not_hurt(service: Served) -> None:
    try:
        refused = (await post(service.url, body(), "A" * 200_000)).status_code in (400, 431)
    except httpx.TransportError:  # the server hung up before it had read the whole header
        refused = True

    assert refused
    assert (await post(service.url, body())).status_code == 402


async def test_two_payments_in_one_request_are_refused(chain: Chain, service: Served) -> None:
    headers = [await payment_for(service.url, chain.account("local-2"), body()) for _ in range(2)]

    response = await post(service.url, body(), *headers)

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "RequestMalformed"),
        (b"\xff\xfe{}", "RequestMalformed"),
        (
            b'{"model": "tiny", "messages": [{"role": "user", "content": "\xff"}]}',
            "RequestMalformed",
        ),
        (b'{"model": "tiny"', "RequestMalformed"),
        (b"[" * 5000, "RequestMalformed"),
        (b"[]", "RequestMalformed"),
        (b'{"model": "tiny", "messages": []}', "RequestMalformed"),
        (b'{"model": "tiny", "messages": [{"role": "user"}]}', "RequestMalformed"),
        (b'{"model": "tiny", "messages": [{"role": "user", "content": ""}]}', "PromptEmpty"),
        (
            b'{"model": "tiny", "messages": [{"role": "user", "content": "\\ud800"}]}',
            "RequestMalformed",
        ),
        (b'{"model": "tiny", "messages": [{"role": "x", "content": "a"}]}', "ParameterOutOfRange"),
    ],
)
async def test_a_body_of_garbage_is_refused(service: Served, content: bytes, error: str) -> None:
    async with httpx.AsyncClient(base_url=service.url) as http:
        response = await http.post("/v1/chat/completions", content=content)

    assert response.status_code == 400, response.text
    assert kind(response) == error


async def test_a_prompt_of_ten_megabytes_is_refused_with_its_size(service: Served) -> None:
    response = await post(service.url, body("x" * 10_000_000))

    assert response.status_code == 400
    assert "10000000" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    "parameters",
    [{"n": 2}, {"tools": [{"type": "function"}]}, {"logit_bias": {"5": 1}}, {"made_up": 1}],
)
async def test_what_would_change_the_answer_is_refused_not_ignored(
    service: Served, parameters: dict[str, Any]
) -> None:
    response = await post(service.url, body(**parameters))

    assert response.status_code == 400
    assert kind(response) == "ParameterUnsupported"


@pytest.mark.parametrize(
    "parameters",
    [{"temperature": 3}, {"temperature": "hot"}, {"top_p": 0}, {"seed": -1}, {"max_tokens": 0}],
)
async def test_a_parameter_out_of_range_is_refused(
    service: Served, parameters: dict[str, Any]
) -> None:
    response = await post(service.url, body(**parameters))

    assert response.status_code == 400


async def test_an_unknown_model_is_not_found_and_the_known_are_named(service: Served) -> None:
    response = await post(service.url, {**body(), "model": "gpt-9"})

    assert response.status_code == 404
    assert MODEL in response.json()["error"]["hint"]


async def test_harmless_parameters_are_accepted(service: Served) -> None:
    response = await post(service.url, body(user="u", n=1, tools=[], store=False, logprobs=False))

    assert response.status_code == 402


async def test_the_models_are_listed_with_their_prices(chain: Chain, service: Served) -> None:
    async with httpx.AsyncClient(base_url=service.url) as http:
        response = await http.get("/v1/models")

    (listed,) = response.json()["data"]
    assert listed["id"] == MODEL
    assert listed["assay"]["price"] == str(PRICE)
    assert listed["assay"]["token"] == chain.deployment.token.address
