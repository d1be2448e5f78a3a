"""A trivial FastAPI endpoint under uvicorn: bare, metered by Assay, or by the SDK's middleware.

    python -m load.endpoint plain|assay|sdk SALT CHANNELS FOLDER

Prints its port, then serves until it is killed. The chain is a fake that holds plenty in every
channel: what is measured is what one paid request costs the service.
"""

# Each server loads what it needs and no more.
# ruff: noqa: PLC0415

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fakes.payers import TERMS, PaidInContract, Payer, as_json

PRICE = 100
PATH = "/echo"


def endpoint() -> FastAPI:
    """What is sold."""
    app = FastAPI()

    @app.post(PATH)
    async def echo(request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    return app


def metered_by_assay(app: FastAPI, folder: Path) -> object:
    from assay.core.clock import SystemClock
    from assay.ledger.database import open_database
    from assay.market.channels.engine import VoucherEngine
    from assay.market.channels.funds import ChannelFunds
    from assay.market.channels.payments import VoucherPayments
    from assay.market.channels.stored import SqlChannelBook
    from assay.service.metering import MeteredEndpoint

    chain = PaidInContract()
    book = SqlChannelBook(open_database(f"sqlite:///{folder / 'ledger.db'}"))
    engine = VoucherEngine(terms=TERMS, book=book, chain=chain, clock=SystemClock())
    payments = VoucherPayments(engine, ChannelFunds(engine, book, chain))
    return MeteredEndpoint(app, payments, price=PRICE)


def metered_by_sdk(app: FastAPI, salt: int, channels: int) -> object:
    from x402 import x402ResourceServer
    from x402.http.middleware.fastapi import payment_middleware
    from x402.http.types import PaymentOption, RouteConfig
    from x402.mechanisms.evm.batch_settlement.server.scheme import (
        BatchSettlementEvmScheme,
        BatchSettlementEvmSchemeServerConfig,
    )
    from x402.mechanisms.evm.batch_settlement.server.storage import (
        Channel,
        InMemoryChannelStorage,
    )
    from x402.mechanisms.evm.batch_settlement.types import ChannelConfig
    from x402.schemas import AssetAmount, SupportedKind, SupportedResponse

    class Facilitator:
        def get_supported(self) -> SupportedResponse:
            extra = {"receiverAuthorizer": TERMS.receiver_authorizer}
            kind = SupportedKind(
                x402_version=2, scheme="batch-settlement", network=TERMS.network, extra=extra
            )
            return SupportedResponse(kinds=[kind], signers={})

    storage = InMemoryChannelStorage()
    for number in range(channels):
        payment = Payer(number).pay(PRICE, salt)
        config = ChannelConfig.from_dict(as_json(payment)["channelConfig"])
        state = Channel(
            payment.channel.hex,
            config,
            balance=str(10**12),
            onchain_synced_at=int(time.time() * 1000),
        )
        storage.update_channel(payment.channel.hex, lambda _, state=state: state)
    server = x402ResourceServer(Facilitator())
    settings = BatchSettlementEvmSchemeServerConfig(storage=storage)
    server.register(TERMS.network, BatchSettlementEvmScheme(TERMS.receiver, settings))
    price = AssetAmount(
        amount=str(PRICE), asset=TERMS.token, extra={"name": "Assay", "version": "1"}
    )
    option = PaymentOption("batch-settlement", TERMS.receiver, price, TERMS.network)
    app.middleware("http")(payment_middleware({f"POST {PATH}": RouteConfig(option)}, server))
    return app


def main() -> None:
    mode, salt, channels, folder = sys.argv[1:]
    app: object = endpoint()
    assert isinstance(app, FastAPI)
    if mode == "assay":
        app = metered_by_assay(app, Path(folder))
    elif mode == "sdk":
        app = metered_by_sdk(app, int(salt), int(channels))
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="error", access_log=False)  # type: ignore[arg-type]
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
