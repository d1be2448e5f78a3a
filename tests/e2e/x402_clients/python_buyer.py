"""A buyer of calls with the unmodified x402 library and httpx, and nothing of Assay.

    python python_buyer.py '{"url": "http://127.0.0.1:8000", "rpc": "http://127.0.0.1:8545", ...}'

It reads one JSON order from its argument and prints one JSON line: how many calls were served, what
each channel was charged, and what came back in the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any

import httpx
from eth_account import Account
from x402 import x402Client
from x402.http.clients.httpx import x402_httpx_transport
from x402.http.utils import decode_payment_response_header
from x402.mechanisms.evm.batch_settlement.client import (
    BatchSettlementEvmScheme,
    BatchSettlementEvmSchemeOptions,
)
from x402.mechanisms.evm.exact.client import ExactEvmScheme
from x402.mechanisms.evm.signers import EthAccountSignerWithRPC


@dataclass
class Open:
    """A client with a channel of its own: the salt tells them apart."""

    scheme: BatchSettlementEvmScheme
    http: httpx.AsyncClient
    channel: str | None = None
    charged: int = 0


def open_channel(order: dict[str, Any], signer: EthAccountSignerWithRPC, number: int) -> Open:
    options = BatchSettlementEvmSchemeOptions(
        salt=f"0x{order['salt'] + number:064x}",
        deposit_strategy=lambda _context: order["deposit"],
    )
    scheme = BatchSettlementEvmScheme(signer, options)
    client = x402Client().register(order["network"], scheme)
    client.set_spend_controls({"allowed_assets": True})
    if order.get("permit2"):
        client.register_policy(lambda _version, offers: [_by_permit2(offer) for offer in offers])
    transport = x402_httpx_transport(client)
    return Open(scheme, httpx.AsyncClient(transport=transport, timeout=120))


def _by_permit2(offer: Any) -> Any:
    extra = {**offer.extra, "assetTransferMethod": "permit2"}
    return offer.model_copy(update={"extra": extra})


async def ask(http: httpx.AsyncClient, order: dict[str, Any], prompt: str) -> Any:
    response = await http.post(
        f"{order['url']}/v1/chat/completions",
        json={
            "model": order["model"],
            "messages": [
                {"role": "system", "content": "."},  # shorter than the model's own
                {"role": "user", "content": prompt},
            ],
            "max_tokens": order.get("max_tokens", 1),
            "temperature": 0,
        },
    )
    if response.status_code != httpx.codes.OK:
        required = response.headers.get("PAYMENT-REQUIRED", "")
        raise SystemExit(f"{prompt}: {response.status_code} {response.text[:500]} {required}")
    return decode_payment_response_header(response.headers["PAYMENT-RESPONSE"])


async def spend(order: dict[str, Any], opened: Open, name: str, calls: int) -> None:
    for number in range(calls):
        note(opened, await ask(opened.http, order, f"{name} {number}"))


async def spend_in_pairs(order: dict[str, Any], opened: Open, name: str, calls: int) -> None:
    """Two requests at once: both sign the same sum, and one is corrected and repeated."""
    await spend(order, opened, f"{name} first", 1)
    for number in range(0, calls - 1, 2):
        prompts = [f"{name} {number} {side}" for side in (0, 1)]
        for receipt in await asyncio.gather(*(ask(opened.http, order, each) for each in prompts)):
            note(opened, receipt)


def note(opened: Open, receipt: Any) -> None:
    opened.charged += int(receipt.extra["chargedAmount"])
    opened.channel = receipt.extra["channelState"]["channelId"]


async def buy_by_channels(order: dict[str, Any], signer: EthAccountSignerWithRPC) -> list[Any]:
    channels = [open_channel(order, signer, number) for number in range(order["channels"])]
    run = spend_in_pairs if order.get("pairs") else spend
    each = order["calls"] // order["channels"]
    await asyncio.gather(
        *(run(order, opened, f"{number}", each) for number, opened in enumerate(channels))
    )
    bought = []
    for opened in channels:
        refund = None
        if order.get("refund"):
            settled = await asyncio.to_thread(
                opened.scheme.refund, f"{order['url']}/v1/chat/completions"
            )
            refund = settled.transaction
        bought.append({"channel": opened.channel, "charged": str(opened.charged), "refund": refund})
    return bought


async def buy_by_transfers(order: dict[str, Any], signer: EthAccountSignerWithRPC) -> list[Any]:
    client = x402Client().register(order["network"], ExactEvmScheme(signer))
    client.set_spend_controls({"allowed_assets": True})
    transport = x402_httpx_transport(client)
    async with httpx.AsyncClient(transport=transport, timeout=120) as http:
        return [
            (await ask(http, order, f"transfer {number}")).transaction
            for number in range(order["calls"])
        ]


async def main(order: dict[str, Any]) -> None:
    signer = EthAccountSignerWithRPC(Account.from_key(order["key"]), order["rpc"])
    buy = buy_by_transfers if order.get("scheme") == "exact" else buy_by_channels
    bought = await buy(order, signer)
    sys.stdout.write(json.dumps({"served": order["calls"], "bought": bought}) + "\n")


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
