"""Vouchers checked and durably charged per second on one core, beside the SDK's own server scheme.

    python bench/vouchers.py                  a table, 20,000 vouchers in 100 channels, 3 rounds
    python bench/vouchers.py --json           {"engine_per_second": ..., "sdk_per_second": ..., ...}
    python bench/vouchers.py --channels 1000 --batch 2000
    python bench/vouchers.py --database postgresql://user@host/name

In process, pinned to one core, signed beforehand; each figure is the median of the rounds, which
alternate. The engine takes batches and has two of them under way; a batch has reached the disk
(fsync) before its result is there. Beside it: the recovery of the signers alone by coincurve, and
the x402 SDK's resource server (verify, then settle) with its storage in memory and in files.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coincurve import PublicKey
from rich.console import Console
from rich.table import Table
from x402 import x402ResourceServer
from x402.mechanisms.evm.batch_settlement.server.file_storage import FileChannelStorage
from x402.mechanisms.evm.batch_settlement.server.scheme import (
    BatchSettlementEvmScheme,
    BatchSettlementEvmSchemeServerConfig,
)
from x402.mechanisms.evm.batch_settlement.server.storage import Channel, InMemoryChannelStorage
from x402.mechanisms.evm.batch_settlement.types import ChannelConfig
from x402.schemas import PaymentPayload, PaymentRequirements, SupportedKind, SupportedResponse

sys.path.insert(0, str(Path(__file__).parents[1]))

from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.channels.account import Judged
from assay.market.channels.engine import Paid, VoucherEngine
from assay.market.channels.stored import SqlChannelBook
from tests.fakes.payers import DOMAIN, TERMS, PaidInContract, Payer, as_json

PRICE = 100
SDK_VOUCHERS, SDK_FILE_VOUCHERS = 2_000, 300
NETWORK = TERMS.network
GOALS = {"engine_per_second": 20_000, "engine_over_recover": 0.6}


def sign_calls(vouchers: int, channels: int) -> list[Paid]:
    """Calls in turn on all channels, with a new salt so that no two rounds meet."""
    salt = time.time_ns()
    payers = [(payer, payer.config(salt)) for payer in map(Payer, range(channels))]
    names = [config.channel_id(DOMAIN) for _, config in payers]
    calls = []
    for number in range(vouchers):
        place = number % channels
        payer, _ = payers[place]
        payment = payer.pay((number // channels + 1) * PRICE, salt)
        assert payment.channel == names[place]
        calls.append(Paid(payment, Digest.of(b"request %d" % number), PRICE))
    return calls


def recover(calls: list[Paid]) -> float:
    """Bare recovery of each signer."""
    signed = []
    for call in calls:
        signature = call.payment.voucher.signature
        digest = call.payment.voucher.digest(DOMAIN).raw
        signed.append((signature[:64] + bytes([signature[64] - 27]), digest))
    began = time.perf_counter()
    for signature, digest in signed:
        PublicKey.from_signature_and_message(signature, digest, hasher=None)
    return len(calls) / (time.perf_counter() - began)


def engine(calls: list[Paid], url: str, batch: int) -> float:
    """Our engine, on a database in a file or a server."""
    database = open_database(url)
    book = SqlChannelBook(database)
    engine = VoucherEngine(terms=TERMS, book=book, chain=PaidInContract(), clock=SystemClock())
    engine.mirror.ensure_all({call.payment.channel: call.payment.config for call in calls})
    began = time.perf_counter()
    under_way, charged = [], 0
    for start in range(0, len(calls), batch):
        under_way.append(engine.pay(calls[start : start + batch]))
        if len(under_way) > 1:
            charged += _charged(under_way.pop(0).result())
    charged += sum(_charged(batch.result()) for batch in under_way)
    seconds = time.perf_counter() - began
    engine.close()
    book.close()
    database.dispose()
    assert charged == len(calls), f"{charged} of {len(calls)} were charged"
    return len(calls) / seconds


def _charged(outcomes: list[Any]) -> int:
    return sum(isinstance(each, Judged) and each.lacks is None for each in outcomes)


class Facilitator:
    """What the SDK's resource server asks at its start."""

    def get_supported(self) -> SupportedResponse:
        extra = {"receiverAuthorizer": TERMS.receiver_authorizer}
        kind = SupportedKind(
            x402_version=2, scheme="batch-settlement", network=NETWORK, extra=extra
        )
        return SupportedResponse(kinds=[kind], signers={})


def sdk(calls: list[Paid], storage: Any) -> float:
    """The SDK's resource server: verify and settle, one call after the other."""
    scheme = BatchSettlementEvmScheme(
        TERMS.receiver, BatchSettlementEvmSchemeServerConfig(storage=storage)
    )
    server = x402ResourceServer(Facilitator())
    server.register(NETWORK, scheme)
    server.initialize()
    requirements = PaymentRequirements(
        scheme="batch-settlement",
        network=NETWORK,
        asset=TERMS.token,
        amount=str(PRICE),
        pay_to=TERMS.receiver,
        max_timeout_seconds=600,
        extra={
            "name": "Assay",
            "version": "1",
            "receiverAuthorizer": TERMS.receiver_authorizer,
            "withdrawDelay": TERMS.withdraw_delay_s,
        },
    )
    payloads = [
        PaymentPayload(x402_version=2, accepted=requirements, payload=as_json(call.payment))
        for call in calls
    ]
    for call in calls:
        _seed(storage, call)

    async def serve() -> float:
        began = time.perf_counter()
        for payload in payloads:
            verified = (await server.verify_payment(payload, requirements)).verify
            assert verified.is_valid, verified.invalid_reason
            settled = await server.settle_payment(payload, requirements)
            assert settled.success, settled.error_reason
        return time.perf_counter() - began

    return len(calls) / asyncio.run(serve())


def _seed(storage: Any, call: Paid) -> None:
    """Tell the SDK's storage what the chain holds, freshly read."""
    name = call.payment.channel.hex
    config = ChannelConfig.from_dict(as_json(call.payment)["channelConfig"])
    state = Channel(name, config, balance=str(10**12), onchain_synced_at=int(time.time() * 1000))
    storage.update_channel(name, lambda known: known or state)


def measure(options: argparse.Namespace, folder: Path) -> dict[str, float]:
    """One round."""
    calls = sign_calls(options.vouchers, options.channels)
    few = sign_calls(SDK_VOUCHERS, 10)
    gc.collect()
    gc.freeze()  # what was signed beforehand is no work for anybody's garbage collection
    url = options.database or f"sqlite:///{folder / 'engine.db'}"
    return {
        "recover_per_second": recover(calls),
        "engine_per_second": engine(calls, url, options.batch),
        "sdk_per_second": sdk(few, InMemoryChannelStorage()),
        "sdk_file_per_second": sdk(
            few[:SDK_FILE_VOUCHERS], FileChannelStorage(str(folder / "sdk"))
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--vouchers", type=int, default=20_000)
    parser.add_argument("--channels", type=int, default=100)
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="SQLAlchemy URL; SQLite in a new file if not given")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rounds = []
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="assay-vouchers-") as folder:
            rounds.append(measure(options, Path(folder)))
    figures = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    figures["engine_over_recover"] = figures["engine_per_second"] / figures["recover_per_second"]
    if options.json:
        print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    else:
        _print(figures)
    sys.exit(0 if all(figures[name] >= goal for name, goal in GOALS.items()) else 1)


_Plain: Callable[..., Any] = argparse.RawDescriptionHelpFormatter


def _print(figures: dict[str, float]) -> None:
    table = Table("Vouchers on one core", "per second", "goal")
    names = {
        "recover_per_second": "signer recovered, nothing else",
        "engine_per_second": "checked and durably charged by Assay",
        "sdk_per_second": "x402 SDK, in memory",
        "sdk_file_per_second": "x402 SDK, in files",
    }
    for key, name in names.items():
        goal = f"{GOALS[key]:,}" if key in GOALS else ""
        table.add_row(name, f"{figures[key]:,.0f}", goal)
    table.add_row("Assay / recovery", f"{figures['engine_over_recover']:.2f}", "0.6")
    Console().print(table)


if __name__ == "__main__":
    main()
