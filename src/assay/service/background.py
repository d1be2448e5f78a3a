"""What runs beside the routes: recovery at the start, the index, the anchoring of call records."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from prometheus_client import Gauge

from assay.client import Client
from assay.errors import AssayError

INDEXED_BLOCK = Gauge("assay_indexed_block", "The newest block in the index")
_SYNC_EVERY_S = 1.0
_ANCHOR_EVERY_S = 2.0
_log = structlog.get_logger("assay.service")


class Background:
    """The tasks of one running service."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Finish what a crash interrupted, then start the loops."""
        await asyncio.to_thread(self._client.workspace.recover)
        await self._client.workspace.paid_calls.recover()
        self._tasks = [
            asyncio.create_task(self._repeat("sync", self._sync, _SYNC_EVERY_S)),
            asyncio.create_task(self._repeat("anchor", self._anchor, _ANCHOR_EVERY_S)),
        ]

    async def stop(self) -> None:
        """End the loops between two rounds, and stop the models."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.workspace.paid_calls.close()
        await self._client.workspace.text_models.close()

    def _sync(self) -> None:
        INDEXED_BLOCK.set(self._client.sync().block_number)

    def _anchor(self) -> None:
        least = self._client.settings.anchor_after_calls
        anchored = self._client.market.anchor(at_least=least)
        if anchored is not None:
            _log.info("anchored", batch=anchored.number, calls=anchored.calls)

    async def _repeat(self, name: str, work: Callable[[], None], pause_s: float) -> None:
        while True:
            try:
                await asyncio.shield(asyncio.to_thread(work))
            except AssayError as error:
                _log.warning(name, error=type(error).__name__, message=str(error))
            await asyncio.sleep(pause_s)
