"""Run by tests, to be killed: buys from one channel without end, several calls at a time.

It reads one JSON object from its argument and writes a line for each answer.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from pathlib import Path
from typing import Any

from assay.chain.node import Node
from assay.errors import AssayError
from assay.market.purse.errors import ChannelContradicted
from tests.integration.market.channels.scene import load_scene
from tests.integration.market.purse.conftest import Buyer, ask
from tests.integration.market.purse.provider import PRICE

AT_ONCE = 3


async def buy(buyer: Buyer, url: str, stop: Path) -> None:
    while not stop.exists():
        prompt = f"Question {secrets.token_hex(6)}"
        try:
            answer = await buyer.calls.call(url, ask(prompt), max_price=PRICE)
        except ChannelContradicted:
            raise
        except AssayError as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            continue
        assert answer.text == f"Answer to {prompt}"
        sys.stdout.write(f"{answer.payment.hex}\n")
        sys.stdout.flush()


async def main(order: dict[str, Any]) -> None:
    with Node(order["rpc"], timeout_s=5.0) as node:
        scene = load_scene(Path(order["scene"]), node)
        buyer = Buyer(scene, Path(order["folder"]), order["database"])
        stop = Path(order["stop"])
        await asyncio.gather(*(buy(buyer, order["url"], stop) for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
