"""Buy answers from a payment channel with the x402 library, and nothing of Assay.

    python examples/buy_by_channel.py http://127.0.0.1:8000 http://127.0.0.1:8545 "Name a lake."

The key is that of any account with ASSAY tokens, in BUYER_KEY; on the local chain by default the
publicly known one of local-2. It needs no ether. The node is read, to follow the channel.
"""

import asyncio
import os
import secrets
import sys

import httpx
from eth_account import Account
from x402 import x402Client
from x402.http.clients.httpx import x402_httpx_transport
from x402.mechanisms.evm.batch_settlement.client import (
    BatchSettlementEvmScheme,
    BatchSettlementEvmSchemeOptions,
)
from x402.mechanisms.evm.signers import EthAccountSignerWithRPC

LOCAL_2 = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"
CALLS = 3


async def main(url: str, rpc_url: str, prompt: str) -> None:
    """Ask the first model that the service sells, a few times; then get the rest back."""
    account = Account.from_key(os.environ.get("BUYER_KEY", LOCAL_2))
    options = BatchSettlementEvmSchemeOptions(
        salt="0x" + secrets.token_hex(32),  # a channel of its own; keep it to go on with it
        deposit_strategy=lambda wanted: str(10 * int(wanted.request_amount)),
    )
    scheme = BatchSettlementEvmScheme(EthAccountSignerWithRPC(account, rpc_url), options)
    payer = x402Client().register("eip155:*", scheme)
    payer.set_spend_controls({"allowed_assets": True})  # the library knows no ASSAY token by itself
    endpoint = f"{url}/v1/chat/completions"
    async with httpx.AsyncClient(transport=x402_httpx_transport(payer), timeout=120) as http:
        model = (await http.get(f"{url}/v1/models")).json()["data"][0]["id"]
        for number in range(CALLS):
            messages = [{"role": "user", "content": f"{prompt} (answer {number + 1})"}]
            body = {"model": model, "messages": messages, "max_tokens": 16}
            answer = (await http.post(endpoint, json=body)).raise_for_status().json()
            print(answer["choices"][0]["message"]["content"].strip())
    refund = await asyncio.to_thread(scheme.refund, endpoint)
    print(f"the rest came back in {refund.transaction}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
