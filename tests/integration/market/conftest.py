"""A local chain with the contracts, a funded buyer, and the unmodified x402 client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from x402 import x402Client
from x402.http.clients import x402_httpx_transport
from x402.http.utils import decode_payment_required_header, encode_payment_signature_header
from x402.mechanisms.evm.exact.register import register_exact_evm_client
from x402.schemas import PaymentPayload, PaymentRequired

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender
from tests.fakes.text_models import ScriptedModel
from tests.integration.market.paid_service import MODEL, Served, Site


@dataclass
class Chain:
    """A running chain with deployed contracts."""

    folder: Path
    node: Node
    deployment: Deployment

    def account(self, name: str) -> Account:
        return Accounts(self.folder / "accounts", local_chain=True).open(name, None)

    def sender(self, name: str) -> Sender:
        return Sender(self.node, self.account(name), self.folder / "outbox")

    def tokens(self, name: str) -> int:
        return int(self.deployment.token.read("balanceOf", self.account(name).address))

    def fund(self, name: str, units: int) -> None:
        to = self.account(name).address
        self.sender("local-0").transact(self.deployment.token, "transfer", to, units)

    def site(self, home: Path, database_url: str) -> Site:
        home.mkdir(parents=True, exist_ok=True)
        return Site(str(home), self.node.url, str(self.folder / "deployments"), database_url)


def start_chain(folder: Path, url: str) -> Chain:
    node = Node(url, timeout_s=5.0)
    accounts = Accounts(folder / "accounts", local_chain=True)
    deployer = Sender(node, accounts.open("local-0", None), folder / "outbox")
    return Chain(folder, node, deploy(node, deployer, folder / "deployments"))


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("chain")
    with LocalNode.start(folder / "chain") as local:
        chain = start_chain(folder, local.url)
        chain.fund("local-2", 10_000_000)
        yield chain
        chain.node.close()


def x402_client(account: Account) -> x402Client:
    """The library's own client, with its own signer."""
    client = x402Client()
    register_exact_evm_client(client, account.signer())
    client.set_spend_controls({"allowed_assets": True})
    return client


def paying_http(account: Account, url: str) -> httpx.AsyncClient:
    """An httpx client that pays."""
    transport = x402_httpx_transport(x402_client(account))
    return httpx.AsyncClient(base_url=url, transport=transport, timeout=60)


def body(prompt: str = "Hello", **parameters: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [{"role": "user", "content": prompt}], **parameters}


async def post(url: str, json: Any, *headers: str, **options: Any) -> httpx.Response:
    """Ask once, without a paying client; each header is a payment."""
    given = [("PAYMENT-SIGNATURE", header) for header in headers]
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        return await http.post("/v1/chat/completions", json=json, headers=given, **options)


async def payment_for(
    url: str,
    account: Account,
    request: Any,
    change: Callable[[PaymentRequired], None] | None = None,
) -> str:
    """A signed PAYMENT-SIGNATURE header for a request, not sent yet."""
    answer = await post(url, request)
    assert answer.status_code == 402, answer.text
    required = decode_payment_required_header(answer.headers["PAYMENT-REQUIRED"])
    assert isinstance(required, PaymentRequired)
    if change:
        change(required)
    payload = await x402_client(account).create_payment_payload(required)
    assert isinstance(payload, PaymentPayload)
    return encode_payment_signature_header(payload)


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def site(chain: Chain, database_url: str, tmp_path: Path) -> Site:
    """A service's home, with its database on either kind of server."""
    return chain.site(tmp_path / "home", database_url)


@pytest.fixture
def service(site: Site, model: ScriptedModel) -> Iterator[Served]:
    with Served(site, model) as served:
        yield served
