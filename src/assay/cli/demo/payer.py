"""A stranger that pays: a process of its own, with the x402 client library as it comes.

It reads one JSON object from standard input: `url`, `model`, `key` (hexadecimal) and `requests`,
each with `prompt` and `seed`. It writes one JSON line an answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from eth_account import Account
from x402 import x402Client
from x402.http.clients.httpx import x402HttpxClient
from x402.http.utils import decode_payment_response_header
from x402.mechanisms.evm.exact.register import register_exact_evm_client

_MAX_TOKENS = 90
_TIMEOUT_S = 120


async def pay(order: dict[str, Any]) -> None:
    """Make the calls one after the other."""
    client = register_exact_evm_client(x402Client(), Account.from_key(order["key"]))
    client.set_spend_controls({"allowed_assets": True})
    async with x402HttpxClient(client, base_url=order["url"], timeout=_TIMEOUT_S) as http:
        for request in order["requests"]:
            body = {
                "model": order["model"],
                "messages": [{"role": "user", "content": request["prompt"]}],
                "max_tokens": _MAX_TOKENS,
                "temperature": 0.7,
                "seed": request["seed"],
            }
            response = await http.post("/v1/chat/completions", json=body)
            response.raise_for_status()
            receipt = decode_payment_response_header(response.headers["PAYMENT-RESPONSE"])
            answer = {
                "text": response.json()["choices"][0]["message"]["content"],
                "record": response.headers["ASSAY-CALL-RECORD"],
                "transaction": receipt.transaction,
            }
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(pay(json.load(sys.stdin)))
