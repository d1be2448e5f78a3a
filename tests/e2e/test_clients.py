"""Programs of other people against `assay up`: openai with an x402 transport, and IPFS fetchers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from eth_account import Account as EthAccount
from x402 import x402Client
from x402.http.clients.httpx import x402_httpx_transport
from x402.mechanisms.evm.exact.register import register_exact_evm_client

import assay
from assay.core.cid import Cid
from assay.store.disk import DiskStore
from assay.store.gateway import GatewayStore
from tests.e2e.site import Service, Site

ROOT = Path(__file__).parents[2]
BUYER_KEY = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"
MODEL = "smollm2-135m-instruct"


@pytest.fixture
def openai_client(service: Service) -> openai.AsyncOpenAI:
    payer = register_exact_evm_client(x402Client(), EthAccount.from_key(BUYER_KEY))
    payer.set_spend_controls({"allowed_assets": True})
    http = httpx.AsyncClient(transport=x402_httpx_transport(payer), timeout=120)
    return openai.AsyncOpenAI(base_url=f"{service.url}/v1", api_key="none", http_client=http)


async def test_an_openai_client_with_a_paying_transport_gets_an_answer(
    openai_client: openai.AsyncOpenAI,
) -> None:
    completion = await openai_client.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Say hello."}],
        max_tokens=16,
        temperature=0,
    )

    assert completion.choices[0].message.content
    assert completion.usage is not None
    assert completion.usage.completion_tokens <= 16


async def test_an_openai_client_can_stream_a_paid_answer(
    openai_client: openai.AsyncOpenAI,
) -> None:
    stream = await openai_client.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Tell me a story about a lighthouse."}],
        max_tokens=24,
        temperature=0,
        seed=1,
        stream=True,
    )

    pieces = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]

    assert len([piece for piece in pieces if piece]) > 3


def test_the_example_for_buyers_works(service: Service) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "buy_with_openai.py", service.url, "Say hello."],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_a_second_machine_lists_traces_and_verifies_through_the_gateway(
    service: Service, demo: dict[str, Any], site: Site, tmp_path: Path
) -> None:
    home = tmp_path / "second" / ".assay"
    (home / "deployments").mkdir(parents=True)
    manifest = site.home / "deployments" / "31337.json"
    (home / "deployments" / "31337.json").write_bytes(manifest.read_bytes())

    with assay.connect(home=home, rpc_url=service.rpc, gateway_url=service.url) as client:
        names = [asset.metadata.name for asset in client.market.assets()]
        lineage = client.trace(demo["asset_id"])
        verdict = client.content.verify(Path(demo["text_file"]).read_bytes() + b" and more")

    assert "Palmer penguins" in names
    assert lineage.verified
    assert verdict.verdict == "altered"


def test_without_a_payment_nothing_is_served(service: Service) -> None:
    body = {"model": MODEL, "messages": [{"role": "user", "content": "Hi"}]}

    response = httpx.post(f"{service.url}/v1/chat/completions", json=body)

    assert response.status_code == 402
    assert response.headers["PAYMENT-REQUIRED"]
    assert "content" not in response.json()


def test_a_car_of_the_model_card_holds_its_blocks(service: Service, demo: dict[str, Any]) -> None:
    asset = httpx.get(f"{service.url}/assets/{demo['asset_id']}").json()
    card = asset["metadata"]["card"]

    response = httpx.get(f"{service.url}/ipfs/{card}", params={"format": "car"})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/vnd.ipld.car")
    assert Cid.parse(card).binary in response.content
    assert b"base_model: HuggingFaceTB/SmolLM2-135M-Instruct" in response.content


def test_a_stranger_with_an_empty_store_fetches_and_verifies_the_dataset(
    service: Service, demo: dict[str, Any], tmp_path: Path
) -> None:
    asset = httpx.get(f"{service.url}/assets/{demo['dataset_id']}").json()
    empty = DiskStore(tmp_path / "store")

    GatewayStore(service.url, empty).get(Cid.parse(asset["metadata"]["content"]), tmp_path / "data")

    assert (tmp_path / "data" / "penguins.csv").read_text().startswith("species,island")


def test_an_asset_is_pulled_through_the_gateway_of_another_machine(
    service: Service, demo: dict[str, Any], site: Site, tmp_path: Path
) -> None:
    home = tmp_path / "other" / ".assay"
    (home / "deployments").mkdir(parents=True)
    manifest = site.home / "deployments" / "31337.json"
    (home / "deployments" / "31337.json").write_bytes(manifest.read_bytes())

    with assay.connect(home=home, rpc_url=service.rpc) as client:
        asset = client.market.pull(demo["asset_id"], tmp_path / "model", gateway=service.url)

    weights = tmp_path / "model" / "SmolLM2-135M-Instruct.Q4_1.gguf"
    card = tmp_path / "model" / "README.md"
    assert weights.stat().st_size + card.stat().st_size == asset.metadata.content_bytes


def test_a_stranger_checks_a_call_proof_with_thirty_lines_and_the_chain(
    service: Service, site: Site, demo: dict[str, Any], tmp_path: Path
) -> None:
    proof = site.run("call-proof", "make", demo["calls"][0]["record"], "--json").json
    program = ROOT / "examples" / "check_call_proof.py"
    forged = {**proof, "batch": 7}

    for value, code in ((proof, 0), (forged, 1)):
        (tmp_path / "proof.json").write_text(json.dumps(value))
        done = subprocess.run(
            [sys.executable, program, tmp_path / "proof.json", service.rpc],
            capture_output=True,
            check=False,
        )
        assert done.returncode == code
        assert site.run("call-proof", "check", str(tmp_path / "proof.json")).code == code
