"""A worker of its own process, which serves vouchers until it is told to stop, or dies.

    python -m tests.integration.market.channels.voucher_worker DATABASE_URL FIRST LAST DIE_AFTER

Serves one call on each of the channels of payers FIRST to LAST, in a random order, with each
voucher presented twice; prints a line for each that was charged. DIE_AFTER: kill -9 between
reserving and charging, once so many were charged; 0 for never.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys

from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.ledger.database import open_database
from assay.market.channels.account import Charge
from assay.market.channels.engine import Patience, VoucherEngine
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import VoucherState
from assay.market.channels.stored import SqlChannelBook
from tests.fakes.payers import TERMS, PaidInContract, Payer

PRICE = 10
AT_ONCE = 20


class Worker:
    """Serves and counts."""

    def __init__(self, url: str, die_after: int) -> None:
        self.engine = VoucherEngine(
            terms=TERMS,
            book=SqlChannelBook(open_database(url)),
            chain=PaidInContract(),
            clock=SystemClock(),
            patience=Patience(wait_s=20.0, lease_s=2),
        )
        self.die_after = die_after
        self.charged = 0
        self.free = asyncio.Semaphore(AT_ONCE)

    async def serve(self, number: int, total: int) -> None:
        async with self.free:
            payment = Payer(number).pay(total * PRICE)
            request = Digest.of(b"%d" % total)
            order = await self.engine.order(payment, request, PRICE)
            try:
                judged = await self.engine.reserve(order)
            except VoucherRefused:
                return  # vouchers that came later have used the sum
            if judged.entry is None or judged.entry.state is not VoucherState.RESERVED:
                return
            await asyncio.sleep(random.uniform(0, 0.01))
            if self.die_after and self.charged >= self.die_after:
                os.kill(os.getpid(), signal.SIGKILL)
            judged = await self.engine.charge(order, Charge(PRICE, response=b"served"))
            self.charged += 1
            print(number, total, flush=True)


async def main() -> None:
    url, first, last, die_after = sys.argv[1], *map(int, sys.argv[2:])
    worker = Worker(url, die_after)
    orders = [(number, total) for number in range(first, last) for total in (1, 2)] * 2
    random.shuffle(orders)
    await asyncio.gather(*(worker.serve(*order) for order in orders))
    worker.engine.close()


if __name__ == "__main__":
    asyncio.run(main())
