"""Run by tests: several callers that pay and pay until a file appears, then fetch what is open.

It reads one JSON object from standard input and writes one JSON line an answer. A call that breaks
off is resumed with the same payment, for as long as it takes.
"""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import count
from pathlib import Path
from typing import Any

from assay.chain.account import Accounts
from assay.chain.signing import recover_typed_data
from assay.core.address import parse_address
from assay.core.chat import Message, TextRequest
from assay.errors import AssayError
from assay.market.calls import RecordDomain
from assay.market.metering import CallRequest
from assay.market.pending import PendingCalls
from assay.market.remote import RemoteCalls
from assay.market.reply import PaidAnswer

CALLERS = 3
SEED = 11


class Caller:
    """Makes one call after the other, and loses none."""

    def __init__(self, order: dict[str, Any], name: str) -> None:
        self._order = order
        self._name = name
        self._pending = PendingCalls(Path(order["pending"]) / name)
        self._buyer = RemoteCalls(
            Accounts(Path("none"), local_chain=True).open(order["account"], None),
            parse_address(order["token"]),
            RecordDomain(order["chain_id"], parse_address(order["anchor"])),
            recover_typed_data,
            self._pending,
            timeout_s=30.0,
        )

    async def run(self) -> None:
        for number in count():
            if Path(self._order["stop"]).exists():
                return
            await self._call(f"{self._name}, question {number}")
            while self._pending.all():
                await self._resume()

    async def _call(self, prompt: str) -> None:
        text = TextRequest((Message("user", prompt),), max_tokens=32, seed=SEED)
        request = CallRequest(self._order["model"], text, seed_given=True)
        try:
            answer = await self._buyer.call(self._order["url"], request, max_price=10**6)
        except AssayError as error:
            await self._note(error)
        else:
            write(answer, prompt)

    async def _resume(self) -> None:
        for call in self._pending.all():
            try:
                answer = await self._buyer.resume(call)
            except AssayError as error:
                await self._note(error)
            else:
                write(answer, call.request.text.messages[-1].content)

    async def _note(self, error: AssayError) -> None:
        sys.stderr.write(f"{self._name}: {type(error).__name__}: {error}\n")
        sys.stderr.flush()
        await asyncio.sleep(0.1)


def write(answer: PaidAnswer, prompt: str) -> None:
    record = answer.record.record
    line = {
        "prompt": prompt,
        "text": answer.text,
        "transaction": answer.transaction,
        "record": str(answer.record.cid),
        "nonce": record.payment_nonce.hex,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def main() -> None:
    order = json.load(sys.stdin)
    async with asyncio.TaskGroup() as callers:
        for number in range(CALLERS):
            callers.create_task(Caller(order, f"{order['house']}, caller {number}").run())


if __name__ == "__main__":
    asyncio.run(main())
