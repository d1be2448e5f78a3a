"""Buy an answer with the openai library and x402's transport, and nothing of Assay.

    python examples/buy_with_openai.py http://127.0.0.1:8000 "Why is the sky blue?"

The key is that of any account with ASSAY tokens, in BUYER_KEY; on the local chain by default the
publicly known one of local-2.
"""

import asyncio
import os
import sys

import httpx
import openai
from eth_account import Account
from x402 import x402Client
from x402.http.clients.httpx import x402_httpx_transport
from x402.mechanisms.evm.exact.register import register_exact_evm_client

LOCAL_2 = "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"


async def main(url: str, prompt: str) -> None:
    """Ask the first model that the service sells."""
    account = Account.from_key(os.environ.get("BUYER_KEY", LOCAL_2))
    payer = register_exact_evm_client(x402Client(), account)
    payer.set_spend_controls({"allowed_assets": True})  # the library knows no ASSAY token by itself
    http = httpx.AsyncClient(transport=x402_httpx_transport(payer), timeout=120)
    async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="none", http_client=http) as client:
        model = (await client.models.list()).data[0].id
        completion = await client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": prompt}], max_tokens=60
        )
    print(completion.choices[0].message.content)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
