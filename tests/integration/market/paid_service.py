"""The paid chat routes on real parts, with a catalogue of one service; also a program of its own.

    python -m tests.integration.market.paid_service SETTINGS_JSON

As a program it prints its port, and kills itself with SIGKILL once a call reaches the state named
in `kill_at`, if that is set.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace

import uvicorn
from fastapi import FastAPI

from assay.chain.account import Account, Accounts
from assay.chain.deployment import Deployment, load_deployment
from assay.chain.node import Node
from assay.chain.recovery import recover_all
from assay.chain.transaction import Sender
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.ledger.database import open_database
from assay.market.calls import RecordDomain
from assay.market.channels.engine import Patience, VoucherEngine
from assay.market.channels.funds import ChannelFunds
from assay.market.channels.model import SHORTEST_DELAY_S, SettlementDomain
from assay.market.channels.onchain import Collectors, Deposits, SettlementChain
from assay.market.channels.payload import ChannelTerms
from assay.market.channels.payments import VoucherPayments
from assay.market.channels.stored import SqlChannelBook
from assay.market.errors import UnknownModel
from assay.market.facilitator import X402Payments
from assay.market.metering import CallState, PaidCall, ServedModel
from assay.market.ports import TextModels, Transaction
from assay.market.stored import SqlCallBook
from assay.market.use_cases.paid_calls import PaidCalls
from assay.service.app import answer_error
from assay.service.routes import chat
from assay.store.disk import DiskStore
from tests.fakes.text_models import ScriptedModel

PRICE = 10_000
MODEL = "tiny"


@dataclass
class Site:
    """Where a service keeps its state and finds its chain."""

    home: str
    rpc_url: str
    deployments: str
    database_url: str
    kill_at: str = ""
    pause_s: float = 0.0
    wait_s: float = 5.0
    lease_s: int = 2

    def node(self) -> Node:
        return Node(self.rpc_url, timeout_s=2.0)


class OneService:
    """The `ServiceCatalogue` port with one service."""

    def __init__(self, served: ServedModel) -> None:
        self.served = served

    def service(self, model_name: str) -> ServedModel:
        if model_name != self.served.name:
            raise UnknownModel(model_name, [self.served.name])
        return self.served

    def services(self) -> list[ServedModel]:
        return [self.served]


class KillingBook(SqlCallBook):
    """Kills its process right after a call has durably reached a state."""

    kill_at = ""

    def insert(self, call: PaidCall, within: Transaction | None = None) -> bool:
        inserted = super().insert(call, within)
        self._kill(call)
        return inserted

    def update(self, before: PaidCall, after: PaidCall, within: Transaction | None = None) -> None:
        super().update(before, after, within)
        self._kill(after)

    def _kill(self, call: PaidCall) -> None:
        sent = call.state is CallState.SETTLING and call.broadcast is not None
        if self.kill_at and self.kill_at == ("sent" if sent else call.state.value):
            os.kill(os.getpid(), signal.SIGKILL)


def open_calls(
    site: Site, models: TextModels, provider: str = "local-1", facilitator: str = "local-3"
) -> PaidCalls:
    home, node = Path(site.home), site.node()
    accounts = Accounts(home / "accounts", local_chain=True)
    account = accounts.open(provider, None)
    deployment = load_deployment(node, Path(site.deployments))
    sender = Sender(node, accounts.open(facilitator, None), home / "outbox")
    book = KillingBook(open_database(site.database_url))
    book.kill_at = site.kill_at
    served = ServedModel(
        service=Digest.of(b"service"),
        model=Digest.of(b"model"),
        name=MODEL,
        price=PRICE,
        provider=account.address,
    )
    return PaidCalls(
        catalogue=OneService(served),
        models=models,
        scheme=X402Payments(node, deployment.token, sender, wait_s=5.0),
        book=book,
        blobs=DiskStore(home / "store"),
        signer=account,
        domain=RecordDomain(node.chain_id, deployment.anchor.address),
        clock=SystemClock(),
        vouchers=open_vouchers(site, node, deployment, sender, account),
    )


def open_vouchers(
    site: Site, node: Node, deployment: Deployment, sender: Sender, account: Account
) -> VoucherPayments:
    """Payments by voucher on the same database."""
    collectors = Collectors(
        deployment.erc3009_collector.address, deployment.permit2_collector.address
    )
    settlement = deployment.settlement
    deposits = Deposits(node, settlement, lambda: sender, collectors)
    chain = SettlementChain(node, settlement, lambda: sender, lambda: account, deposits)
    book = SqlChannelBook(open_database(site.database_url))
    terms = ChannelTerms(
        domain=SettlementDomain(node.chain_id, settlement.address),
        receiver=account.address,
        receiver_authorizer=account.address,
        token=deployment.token.address,
        withdraw_delay_s=SHORTEST_DELAY_S,
        erc3009_collector=collectors.erc3009,
        permit2_collector=collectors.permit2,
    )
    patience = Patience(wait_s=site.wait_s, lease_s=site.lease_s)
    engine = VoucherEngine(
        terms=terms, book=book, chain=chain, clock=SystemClock(), patience=patience
    )
    return VoucherPayments(engine, ChannelFunds(engine, book, chain, wait_s=site.wait_s))


def make_app(calls: PaidCalls, site: Site) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(recover_all, site.node(), Path(site.home) / "outbox")
        await calls.recover()
        yield
        await calls.close(5.0)

    app = FastAPI(lifespan=lifespan)
    app.state.client = SimpleNamespace(
        workspace=SimpleNamespace(market=SimpleNamespace(paid_calls=calls))
    )
    app.add_exception_handler(AssayError, answer_error)
    app.include_router(chat.router)
    return app


class Served:
    """A running service in a thread of this process."""

    def __init__(self, site: Site, models: TextModels) -> None:
        self.site = site
        self.calls = open_calls(site, models)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(make_app(self.calls, site), log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )

    def __enter__(self) -> Served:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)
        assert self._server.started
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)


def as_argument(site: Site) -> str:
    return json.dumps(asdict(site))


def main() -> None:
    site = Site(**json.loads(sys.argv[1]))
    calls = open_calls(site, ScriptedModel(site.pause_s))
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(make_app(calls, site), log_level="warning")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
