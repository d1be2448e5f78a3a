"""What operators rely on: health, metrics, limits, errors, logs, a graceful stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.site import Service, Site


def test_health_names_every_part(service: Service) -> None:
    response = httpx.get(f"{service.url}/health")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "parts": {"chain": "ok", "contracts": "ok", "index": "ok"},
    }


def test_metrics_count_requests_by_route_without_their_values(
    service: Service, demo: dict[str, Any]
) -> None:
    httpx.get(f"{service.url}/content/{demo['content_id']}")

    metrics = httpx.get(f"{service.url}/metrics").text

    assert (
        'assay_requests_total{method="GET",route="/content/{content_id}",status="200"}' in metrics
    )
    assert demo["content_id"] not in metrics
    assert "assay_indexed_block" in metrics


def test_the_interface_describes_itself(service: Service) -> None:
    paths = httpx.get(f"{service.url}/openapi.json").json()["paths"]

    assert {
        "/v1/models",
        "/v1/chat/completions",
        "/assets",
        "/content/verify",
        "/trace/{digest}",
        "/ipfs/{cid}",
        "/health",
    } <= set(paths)


def test_content_is_verified_over_http(service: Service, demo: dict[str, Any]) -> None:
    text = Path(demo["text_file"]).read_bytes()

    verdict = httpx.post(f"{service.url}/content/verify", content=text).json()

    assert verdict["verdict"] == "identical"
    assert verdict["token"]["content_id"] == demo["content_id"]


def test_minted_content_is_listed(service: Service, demo: dict[str, Any]) -> None:
    listed = httpx.get(f"{service.url}/content").json()

    assert demo["content_id"] in [token["content_id"] for token in listed]


def test_a_trace_is_to_be_had_over_http(service: Service, demo: dict[str, Any]) -> None:
    lineage = httpx.get(f"{service.url}/trace/{demo['content_id']}", timeout=30).json()

    assert lineage["verified"] is True


def test_errors_are_json_with_a_hint(service: Service) -> None:
    for path, status in (
        ("/assets/0x12", 400),
        (f"/assets/0x{'12' * 32}", 404),
        (f"/content/0x{'12' * 32}", 404),
        ("/ipfs/notacid", 400),
        ("/ipfs/bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq", 404),
        (f"/trace/0x{'12' * 32}", 404),
    ):
        response = httpx.get(service.url + path)
        assert response.status_code == status, (path, response.text)
        assert response.json()["error"]["message"]


def test_too_many_requests_are_held_off(site: Site, demo: dict[str, Any]) -> None:
    with site.service(ASSAY_RATE_LIMIT_PER_MINUTE="5") as limited:
        statuses = [httpx.get(f"{limited.url}/v1/models").status_code for _ in range(8)]

    assert statuses == [200] * 5 + [429] * 3


def test_a_stop_is_graceful_and_the_log_is_json_without_secrets(
    site: Site, demo: dict[str, Any]
) -> None:
    with site.service() as service:
        httpx.get(f"{service.url}/v1/models")
    lines = (site.home / "service.log").read_text().splitlines()

    assert service.process.returncode == 0
    assert all("event" in json.loads(line) for line in lines if line.startswith("{"))
    assert not any("Traceback" in line for line in lines)


def test_a_taken_port_is_named(site: Site, service: Service) -> None:
    port = service.url.rsplit(":", 1)[1]

    ran = site.run("up", "--port", port)

    assert ran.code == 3
    assert port in ran.err
