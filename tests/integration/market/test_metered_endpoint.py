"""An ASGI endpoint metered by vouchers, on both databases."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from x402.http.utils import decode_payment_required_header, decode_payment_response_header

from assay.core.clock import SystemClock
from assay.ledger.database import open_database
from assay.market.channels.engine import Patience, VoucherEngine
from assay.market.channels.funds import ChannelFunds
from assay.market.channels.payments import VoucherPayments
from assay.market.channels.stored import SqlChannelBook
from assay.service.metering import MeteredEndpoint
from tests.fakes.payers import TERMS, PaidInContract, Payer, as_json

PRICE = 100


class Sold:
    """A small application, how often it was asked, and the endpoint before it."""

    def __init__(self, url: str, price: Any = PRICE) -> None:
        self.asked = 0
        self.fail = 200
        self.open = asyncio.Event()
        self.open.set()
        self.chain = PaidInContract()
        self.book = SqlChannelBook(open_database(url))
        patience = Patience(wait_s=1.0)
        self.engine = VoucherEngine(
            terms=TERMS, book=self.book, chain=self.chain, clock=SystemClock(), patience=patience
        )
        funds = ChannelFunds(self.engine, self.book, self.chain, wait_s=1.0)
        payments = VoucherPayments(self.engine, funds)
        self.endpoint = MeteredEndpoint(
            self.inner(), payments, price=price, largest_bytes=10_000, description="One echo"
        )
        transport = httpx.ASGITransport(self.endpoint)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://sold.example")

    def inner(self) -> FastAPI:
        app = FastAPI()

        @app.post("/echo")
        async def echo(request: Request) -> Response:
            self.asked += 1
            await self.open.wait()
            body = await request.body()
            if self.fail == 500:
                raise RuntimeError("broken")
            headers = {"x-asked": str(self.asked)}
            return Response(body[::-1], self.fail, headers, "application/octet-stream")

        return app

    async def ask(self, payment: str | None, body: bytes = b"hello") -> httpx.Response:
        headers = {"payment-signature": payment} if payment else {}
        return await self.http.post("/echo", content=body, headers=headers)

    def charged(self, payer: int = 1) -> int:
        found = self.book.find(Payer(payer).pay(1).channel)
        return found.charged if found else 0

    def reserved(self, payer: int = 1) -> int:
        found = self.book.find(Payer(payer).pay(1).channel)
        return found.reserved if found else 0


@pytest.fixture
def sold(database_url: str) -> Iterator[Sold]:
    sold = Sold(database_url)
    yield sold
    sold.engine.close()
    sold.book.close()


def payment(
    total: int = PRICE,
    *,
    payer: int = 1,
    amount: int = PRICE,
    kind: str = "voucher",
    identifier: str = "",
    **changes: Any,
) -> str:
    accepted = {
        "scheme": "batch-settlement",
        "network": TERMS.network,
        "asset": TERMS.token,
        "amount": str(amount),
        "payTo": TERMS.receiver,
        "maxTimeoutSeconds": 600,
        **changes,
    }
    payload = as_json(Payer(payer).pay(total), kind)
    document: dict[str, Any] = {"x402Version": 2, "accepted": accepted, "payload": payload}
    if identifier:
        document["extensions"] = {"payment-identifier": {"info": {"id": identifier}}}
    return base64.b64encode(json.dumps(document).encode()).decode()


def required(response: httpx.Response) -> Any:
    return decode_payment_required_header(response.headers["payment-required"])


async def test_without_a_voucher_the_answer_says_what_to_pay(sold: Sold) -> None:
    response = await sold.ask(None)

    offer = required(response).accepts[0]
    assert response.status_code == 402
    assert (offer.scheme, offer.amount, offer.pay_to) == (
        "batch-settlement",
        str(PRICE),
        TERMS.receiver,
    )
    assert required(response).resource.url == "http://sold.example/echo"
    assert sold.asked == 0


async def test_a_voucher_buys_an_answer_with_its_receipt(sold: Sold) -> None:
    response = await sold.ask(payment())

    receipt = decode_payment_response_header(response.headers["payment-response"])
    assert (response.status_code, response.content) == (200, b"olleh")
    assert response.headers["x-asked"] == "1"
    assert receipt.extra["chargedAmount"] == str(PRICE)
    assert receipt.extra["channelState"]["chargedCumulativeAmount"] == str(PRICE)
    assert sold.charged() == PRICE


async def test_the_same_request_gets_the_same_answer_for_nothing_more(sold: Sold) -> None:
    first = await sold.ask(payment())
    again = await asyncio.gather(*(sold.ask(payment()) for _ in range(5)))

    assert {(each.status_code, each.content) for each in again} == {(200, b"olleh")}
    assert {each.headers["payment-response"] for each in again} == {
        first.headers["payment-response"]
    }
    assert (sold.asked, sold.charged()) == (1, PRICE)


async def test_a_storm_of_one_voucher_reaches_the_application_once(sold: Sold) -> None:
    answers = await asyncio.gather(*(sold.ask(payment()) for _ in range(10)))

    assert {(each.status_code, each.content) for each in answers} == {(200, b"olleh")}
    assert (sold.asked, sold.charged()) == (1, PRICE)


async def test_another_request_needs_another_voucher(sold: Sold) -> None:
    await sold.ask(payment())

    refused = await sold.ask(payment(), b"other")
    served = await sold.ask(payment(2 * PRICE), b"other")

    assert refused.status_code == 402
    assert required(refused).error.endswith("cumulative_amount_mismatch")
    state = required(refused).accepts[0].extra["channelState"]
    assert state["chargedCumulativeAmount"] == str(PRICE)
    assert (served.status_code, sold.charged()) == (200, 2 * PRICE)


@pytest.mark.parametrize("status", [404, 422, 503])
async def test_an_answer_that_failed_is_not_charged_and_the_voucher_stays_good(
    sold: Sold, status: int
) -> None:
    sold.fail = status
    failed = await sold.ask(payment())
    assert (sold.charged(), sold.reserved()) == (0, 0)
    sold.fail = 200

    served = await sold.ask(payment(), b"other")

    assert failed.status_code == status
    assert "payment-response" not in failed.headers
    assert (served.status_code, sold.charged()) == (200, PRICE)


async def test_an_application_that_breaks_gives_the_price_back(sold: Sold) -> None:
    sold.fail = 500
    with pytest.raises(RuntimeError):
        await sold.ask(payment())

    assert (sold.charged(), sold.reserved()) == (0, 0)


async def test_two_requests_at_once_on_one_channel_are_both_served(sold: Sold) -> None:
    sold.open.clear()
    first = asyncio.create_task(sold.ask(payment(), b"one"))
    second = asyncio.create_task(sold.ask(payment(2 * PRICE), b"two"))
    while sold.asked < 2:
        await asyncio.sleep(0.01)
    sold.open.set()

    assert [each.status_code for each in await asyncio.gather(first, second)] == [200, 200]
    assert sold.charged() == 2 * PRICE


async def test_a_repeated_identifier_is_answered_and_never_passed_to_another_request(
    sold: Sold,
) -> None:
    name = "pay_0123456789abcdef"
    await sold.ask(payment(identifier=name))

    again = await sold.ask(payment(2 * PRICE, identifier=name))
    other = await sold.ask(payment(2 * PRICE, identifier=name), b"other")

    assert (again.status_code, again.content) == (200, b"olleh")
    assert other.status_code == 409
    assert (sold.asked, sold.charged()) == (1, PRICE)


async def test_a_price_may_depend_on_the_request(database_url: str) -> None:
    sold = Sold(database_url, price=lambda scope: 7 * len(scope["path"]))

    cheap = await sold.ask(payment(35, amount=34))
    served = await sold.ask(payment(35, amount=35))

    assert required(cheap).accepts[0].amount == "35"
    assert (served.status_code, sold.charged()) == (200, 35)
    sold.engine.close()


async def test_the_rest_is_given_back_on_request(sold: Sold) -> None:
    channel = Payer(1).pay(1).channel
    sold.chain.change(channel, balance=10 * PRICE)
    await sold.ask(payment())

    response = await sold.http.get("/echo", headers={"payment-signature": payment(kind="refund")})

    assert response.json() == {"message": "Refund acknowledged", "channelId": channel.hex}
    assert decode_payment_response_header(response.headers["payment-response"]).amount == "900"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("nonsense", 400),
        ("A" * 20_000, 400),
        (base64.b64encode(b"[]").decode(), 400),
        (payment(scheme="exact"), 402),
        (payment(network="eip155:1"), 402),
        (payment(asset=TERMS.receiver), 402),
        (payment(amount=-1), 400),
        (payment(amount=PRICE - 1), 402),
        (payment(PRICE - 1), 402),
    ],
)
async def test_what_does_not_pay_does_not_reach_the_application(
    sold: Sold, header: str, status: int
) -> None:
    response = await sold.ask(header)

    assert response.status_code == status, response.text
    assert (sold.asked, sold.charged(), sold.reserved()) == (0, 0, 0)


async def test_a_body_beyond_the_limit_is_refused(sold: Sold) -> None:
    assert (await sold.ask(payment(), b"x" * 10_001)).status_code == 413
    assert sold.asked == 0
