"""What runs beside the routes: node, index, anchoring, settling of channels, renewals."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter, Gauge

from assay.client import Client
from assay.coordination.errors import WorkerBusy
from assay.errors import AssayError
from assay.service.settlement import SettlementRounds

INDEXED_BLOCK = Gauge("assay_indexed_block", "The newest block in the index")
NODE_RESTARTS = Counter("assay_node_restarts_total", "Times the local node died and was revived")
_WATCH_EVERY_S = 0.25
_SYNC_EVERY_S = 1.0
_ANCHOR_EVERY_S = 2.0
_LOOK_AT_PAYERS_EVERY_S = 1.0
_RENEW_EVERY_S = 60.0
_log = structlog.get_logger("assay.service")

Round = Callable[[], Awaitable[None]]


class Background:
    """The tasks of one running service.

    Attributes:
        ready: the chain has everything that was sent to it; before, no request may rely on it.
    """

    def __init__(self, client: Client) -> None:
        self.ready = False
        self._client = client
        self._recovered = False
        self._settlement = SettlementRounds(client)
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Finish what a crash interrupted, then start the loops."""
        await self._attempt("recover", self._watch)
        self._tasks = [
            asyncio.create_task(self._repeat(name, work, pause_s))
            for name, work, pause_s in (
                ("watch", self._watch, _WATCH_EVERY_S),
                ("sync", self._sync, _SYNC_EVERY_S),
                ("anchor", self._anchor, _ANCHOR_EVERY_S),
                ("payers", self._payers, _LOOK_AT_PAYERS_EVERY_S),
                ("settle", self._settle, self._client.settings.claim_every_s),
                ("renew", self._renew, _RENEW_EVERY_S),
            )
        ]

    async def stop(self) -> None:
        """End the loops between two rounds, let calls under way end, and stop the models."""
        self._stopping.set()
        await asyncio.gather(*self._tasks)
        await self._client.workspace.market.paid_calls.close()
        await self._client.workspace.market.text_models.close()

    async def _watch(self) -> None:
        """Revive a local node that died, and let it have all it lost before it is relied on."""
        workspace = self._client.workspace
        if self.ready and await asyncio.to_thread(workspace.node_unbroken):
            return
        self.ready = False
        if self._recovered:
            _log.warning("node died", rpc=workspace.node.label)
        await asyncio.to_thread(workspace.revive_node)
        if self._recovered:
            NODE_RESTARTS.inc()
            _log.warning("node revived", rpc=workspace.node.label)
        else:
            await asyncio.to_thread(workspace.recover)
            await workspace.market.paid_calls.recover()
            self._recovered = True
        self.ready = True

    async def _sync(self) -> None:
        if self.ready:
            report = await asyncio.to_thread(self._client.sync)
            INDEXED_BLOCK.set(report.block_number)

    async def _anchor(self) -> None:
        if not self.ready:
            return
        least = self._client.settings.anchor_after_calls
        try:
            anchored = await asyncio.to_thread(self._client.market.anchor, at_least=least, wait_s=0)
        except WorkerBusy:  # another worker of the account is at it
            return
        if anchored is not None:
            _log.info("anchored", batch=anchored.number, calls=anchored.calls)

    async def _payers(self) -> None:
        if self.ready:
            await self._settlement.watch()

    async def _settle(self) -> None:
        if self.ready:
            await self._settlement.settle()

    async def _renew(self) -> None:
        if self.ready:
            await asyncio.to_thread(self._renew_in_turn)

    def _renew_in_turn(self) -> None:
        """Collect due periods of subscriptions unless another worker of the account is at it."""
        with self._client.workspace.turn("renew") as lease:
            renewals = self._client.licences.renew_due() if lease else []
            subscribers = self._client.economy.renew_due() if lease else []
        for renewal in renewals:
            outcome = renewal.reason or "paid"
            _log.info("renewal", licence=hex(renewal.licence), outcome=outcome)
        for paid in subscribers:
            outcome = paid.reason or "paid"
            _log.info("renewal", subscriber=paid.subscriber, outcome=outcome)

    async def _repeat(self, name: str, work: Round, pause_s: float) -> None:
        while not self._stopping.is_set():
            await self._attempt(name, work)
            try:
                await asyncio.wait_for(self._stopping.wait(), pause_s)
            except TimeoutError:
                continue

    async def _attempt(self, name: str, work: Round) -> None:
        try:
            await work()
        except AssayError as error:
            _log.warning(name, error=type(error).__name__, message=str(error))
