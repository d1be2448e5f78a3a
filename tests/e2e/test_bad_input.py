"""What strangers may send to a running service: it answers, and goes on."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from tests.e2e.site import Service, Site

CHAT, VERIFY = "/v1/chat/completions", "/content/verify"
UNKNOWN = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
JSON = {"content-type": "application/json"}
DEPTHS = [500, 20_000, 150_000]
CHAT_BODY = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    site = Site(tmp_path_factory.mktemp("bad-input") / ".assay")
    site.home.mkdir()
    with site.service() as service:
        yield service
        assert service.process.poll() is None
        assert "Traceback" not in (site.home / "service.log").read_text()


def nested(depth: int) -> list[bytes]:
    """JSON as deep as that: lists, and objects."""
    return [b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth]


@pytest.mark.parametrize("depth", DEPTHS)
def test_deeply_nested_json_is_refused_by_every_route_that_reads_json(
    service: Service, depth: int
) -> None:
    for deep in nested(depth):
        bodies = [
            (CHAT, deep),
            (CHAT, b'{"model": "m", "messages": [' + deep + b"]}"),
            (CHAT, b'{"model": "m", "messages": [{"role": "user", "content": ' + deep + b"}]}"),
            (CHAT, json.dumps(CHAT_BODY).encode()[:-1] + b', "logit_bias": ' + deep + b"}"),
            (CHAT, json.dumps(CHAT_BODY).encode()[:-1] + b', "metadata": ' + deep + b"}"),
            (VERIFY, deep),
            (VERIFY, b'{"text": ' + deep + b"}"),
            (VERIFY, b'{"text": "a", "more": ' + deep + b"}"),
        ]
        for path, body in bodies:
            response = httpx.post(service.url + path, content=body, headers=JSON)
            assert response.status_code == 400, (path, body[:60], response.text)
            assert response.json()["error"]["message"]


@pytest.mark.parametrize("depth", [500, 20_000])
def test_a_deeply_nested_payment_is_refused(service: Service, depth: int) -> None:
    for deep in nested(depth):
        payment = base64.b64encode(b'{"x402Version": 2, "payload": ' + deep + b"}")[:60_000]

        response = httpx.post(
            service.url + CHAT, json=CHAT_BODY, headers={"PAYMENT-SIGNATURE": payment.decode()}
        )

        assert response.status_code == 400, response.text


@pytest.mark.parametrize(("path", "size_bytes"), [(CHAT, 10_000_000), (VERIFY, 21_000_000)])
def test_too_many_megabytes_are_refused_with_and_without_a_length(
    service: Service, path: str, size_bytes: int
) -> None:
    body = b"x" * size_bytes

    with_length = httpx.post(service.url + path, content=body)
    without = httpx.post(
        service.url + path, content=(body[at : at + 65_536] for at in range(0, len(body), 65_536))
    )

    for response in (with_length, without):
        assert response.status_code == 413
        assert response.json()["error"]["type"] == "BodyTooLarge"
        assert response.json()["error"]["hint"]


def test_a_picture_of_megabytes_is_compared(service: Service) -> None:
    picture = io.BytesIO()
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(picture, "PNG")
    assert len(picture.getvalue()) > 1_000_000

    response = httpx.post(service.url + VERIFY, content=picture.getvalue(), timeout=60)

    assert response.json()["verdict"] == "unknown"


@pytest.mark.parametrize("path", [CHAT, VERIFY])
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b'{"text": "\xff"}', b"\x00"])
def test_what_is_no_text_is_refused(service: Service, path: str, body: bytes) -> None:
    response = httpx.post(service.url + path, content=body, headers=JSON)

    assert response.status_code == 400
    assert response.json()["error"]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/ipfs/../../../../etc/passwd",
        "/ipfs/..%2f..%2f..%2fetc%2fpasswd",
        "/ipfs/%2e%2e/%2e%2e/etc/passwd",
        f"/ipfs/{UNKNOWN}/../../../../etc/passwd",
        f"/ipfs/{UNKNOWN}/%2e%2e/%2e%2e/etc/passwd",
        f"/ipfs/{UNKNOWN}%00/x",
        "/ipfs//etc/passwd",
        "/ipfs/%ff%fe",
        "/ipfs/" + "a" * 5000,
    ],
)
def test_a_path_out_of_the_store_leads_nowhere(service: Service, path: str) -> None:
    parts = urlsplit(service.url)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path)  # as it stands: other clients tidy paths up

    response = connection.getresponse()

    body = response.read()
    assert response.status in {400, 404}, body
    assert b"root:" not in body


def test_fetching_many_blocks_does_not_use_up_the_limit_of_requests(tmp_path: Path) -> None:
    site = Site(tmp_path / ".assay")
    site.home.mkdir()
    limits = {"ASSAY_RATE_LIMIT_PER_MINUTE": "2", "ASSAY_GATEWAY_RATE_LIMIT_PER_MINUTE": "30"}
    with site.service(**limits) as service, httpx.Client(base_url=service.url) as http:
        blocks = [http.get(f"/ipfs/{UNKNOWN}?format=raw").status_code for _ in range(33)]
        others = [http.get("/v1/models").status_code for _ in range(3)]

    assert blocks == [404] * 30 + [429] * 3
    assert others == [200, 200, 429]
