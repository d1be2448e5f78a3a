"""Pictures that are paid for: an unmodified x402 client buys from a generator that is published."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from x402.http.utils import decode_payment_required_header, encode_payment_signature_header
from x402.schemas import PaymentPayload, PaymentRequired

import assay
from assay.chain.account import Account
from assay.chain.signing import recover_typed_data
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.generation.images.digits.model import DigitsModel
from assay.market.calls import RecordDomain, SignedCallRecord, check_record
from assay.service.app import create_app
from tests.integration.market.conftest import paying_http, x402_client

SERVICE = "digits-for-sale"
PATH = "/v1/images/generations"


class Shop:
    """A service on a home of its own that sells pictures of digits."""

    def __init__(self, client: assay.Client, url: str) -> None:
        self.client = client
        self.url = url

    @property
    def buyer(self) -> Account:
        return self.client.workspace.account("local-2")

    @property
    def left(self) -> int:
        """What the buyer has left, in units of the token."""
        token = self.client.workspace.deployment.token
        return int(token.read("balanceOf", self.buyer.address))

    async def buy(self, **fields: Any) -> httpx.Response:
        async with paying_http(self.buyer, self.url) as http:
            return await http.post(PATH, json={"model": SERVICE, **fields})

    async def ask(self, *payment: str, **fields: Any) -> httpx.Response:
        headers = [("PAYMENT-SIGNATURE", header) for header in payment]
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as http:
            return await http.post(PATH, json={"model": SERVICE, **fields}, headers=headers)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, trained_digits: Path) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(trained_digits, folder / ".assay" / "generators" / "digits")
    with assay.connect(home=folder / ".assay") as client:
        (image,) = client.images.generate("7", seed=1)
        assert image.recipe.model is not None
        described = folder / "service.json"
        described.write_text(json.dumps({"name": SERVICE, "protocol": "openai-images"}))
        client.market.publish(
            described,
            kind="service",
            name=SERVICE,
            licence="CC-BY-4.0",
            parent=image.recipe.model.hex,
            price="0.01",
        )
        shop = Shop(client, "")
        workspace = client.workspace
        workspace.sender("local-0").transact(
            workspace.deployment.token, "transfer", shop.buyer.address, 1_000_000
        )
        with serving(client) as url:
            shop.url = url
            yield shop


class serving:  # noqa: N801 - a context manager, used as a verb
    """The application in a thread of this process."""

    def __init__(self, client: assay.Client) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(uvicorn.Config(create_app(client), log_level="warning"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)
        assert self._server.started
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)


async def test_a_paid_picture_is_the_generators_own(shop: Shop, trained_digits: Path) -> None:
    response = await shop.buy(prompt="a seven", seed=3, size="96x64")

    assert response.status_code == 200, response.text
    answer = response.json()
    png = base64.b64decode(answer["data"][0]["b64_json"])
    asked = ImageRequest("a seven", seed=3, width=96, height=64)
    assert png == DigitsModel(trained_digits).draw(asked).png
    assert answer["assay"]["parameters"] == asked.parameters


async def test_the_signed_record_holds_the_digest_of_the_file(shop: Shop) -> None:
    response = await shop.buy(prompt="数字七", seed=4)

    png = base64.b64decode(response.json()["data"][0]["b64_json"])
    cid = Cid.parse(response.headers["ASSAY-CALL-RECORD"])
    signed = SignedCallRecord.decode(shop.client.store.read_bytes(cid))
    workspace = shop.client.workspace
    domain = RecordDomain(workspace.node.chain_id, workspace.deployment.anchor.address)
    check_record(signed, domain, recover_typed_data)
    assert signed.record.output_digest == Digest.of(png)
    assert signed.record.prompt_digest == ImageRequest("数字七", seed=4).prompt_digest
    assert signed.record.payer == shop.buyer.address


async def test_without_a_payment_it_says_what_to_pay(shop: Shop) -> None:
    response = await shop.ask(prompt="a seven")

    assert response.status_code == 402
    assert "PAYMENT-REQUIRED" in response.headers


async def test_the_same_payment_brings_the_same_picture_and_no_other(shop: Shop) -> None:
    required = decode_payment_required_header(
        (await shop.ask(prompt="2026")).headers["PAYMENT-REQUIRED"]
    )
    assert isinstance(required, PaymentRequired)
    payload = await x402_client(shop.buyer).create_payment_payload(required)
    assert isinstance(payload, PaymentPayload)
    header = encode_payment_signature_header(payload)
    before = shop.left

    first = await shop.ask(header, prompt="2026")
    again = await shop.ask(header, prompt="2026")
    other = await shop.ask(header, prompt="2027")

    assert first.status_code == again.status_code == 200, first.text
    assert first.json()["assay"] == again.json()["assay"]
    assert first.json()["data"] == again.json()["data"]
    assert other.status_code == 402
    assert shop.left == before - 10_000


async def test_what_cannot_be_drawn_is_not_charged(shop: Shop) -> None:
    before = shop.left

    response = await shop.buy(prompt="seven cats")

    assert response.status_code == 400
    assert response.json()["error"]["type"] == "PromptNotDrawable"
    assert "PAYMENT-RESPONSE" not in response.headers
    assert shop.left == before


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"prompt": 7},
        {"prompt": "7", "n": 2},
        {"prompt": "7", "response_format": "url"},
        {"prompt": "7", "stream": True},
        {"prompt": "7", "output_format": "webp"},
        {"prompt": "7", "size": "big"},
        {"prompt": "7", "size": "99999x1"},
        {"prompt": "7", "seed": -1},
        {"prompt": "7", "guidance_scale": 1e9},
        {"prompt": "7", "style": "vivid"},
    ],
)
async def test_what_cannot_be_honoured_is_refused_before_anything_is_paid(
    shop: Shop, fields: dict[str, Any]
) -> None:
    response = await shop.ask(**fields)

    assert response.status_code == 400, response.text
