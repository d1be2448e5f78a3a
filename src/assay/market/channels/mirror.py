"""What the chain says of channels, kept in the book and fresh enough to rely on.

    await mirror.ensure(config, channel)        # known, and read within the last minute

A payer can take money out of a channel after the withdraw delay at the earliest, which is at least
a quarter of an hour: a state that is a minute old hides no withdrawal that could still hurt. While
the chain does not answer, states are used up to three times that age, and then not any more.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

from assay.core.digest import Digest
from assay.market.channels.errors import VoucherRefused
from assay.market.channels.model import ChainState, ChannelConfig
from assay.market.channels.ports import ChainNote, ChannelBook, ChannelChain
from assay.market.channels.reasons import Refusal

_UNUSABLE_AFTER = 3


class _Reading:
    """Channels that are read together, as soon as the reading before has ended."""

    def __init__(self) -> None:
        self.configs: dict[Digest, ChannelConfig] = {}
        self.task: asyncio.Task[None] | None = None


class ChainMirror:
    """Reads channels from the chain when they are unknown, old or doubted; many at once.

    Args:
        fresh_s: how old a state may get before it is read again, beside the calls.
    """

    def __init__(
        self,
        book: ChannelBook,
        chain: ChannelChain,
        *,
        fresh_s: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._book = book
        self._chain = chain
        self._fresh_s = fresh_s
        self._monotonic = monotonic
        self._read_at: dict[Digest, float] = {}
        self._next: _Reading | None = None
        self._one_at_a_time = asyncio.Lock()

    async def ensure(self, config: ChannelConfig, channel: Digest) -> None:
        """Make sure that the book knows the channel, and not from long ago.

        Raises:
            VoucherRefused: the chain does not know the channel.
            UnavailableError: the chain cannot be asked, and what is known is too old.
        """
        age_s = self._age_s(channel)
        if age_s is not None and age_s < self._fresh_s:
            return
        task = self._ask(config, channel)
        if age_s is None or age_s >= _UNUSABLE_AFTER * self._fresh_s:
            await asyncio.shield(task)
        if channel not in self._read_at:
            raise VoucherRefused(Refusal.UNKNOWN_CHANNEL)

    async def refresh(self, config: ChannelConfig, channel: Digest) -> None:
        """Read the channel from the chain, however fresh it is; raises as `ensure`."""
        await asyncio.shield(self._ask(config, channel))
        if channel not in self._read_at:
            raise VoucherRefused(Refusal.UNKNOWN_CHANNEL)

    def ensure_all(self, configs: Mapping[Digest, ChannelConfig]) -> None:
        """As `ensure`, for callers outside of an event loop; unknown channels stay unknown."""
        old = {
            channel: config
            for channel, config in configs.items()
            if (age_s := self._age_s(channel)) is None or age_s >= self._fresh_s
        }
        if old:
            self._read(old)

    def _age_s(self, channel: Digest) -> float | None:
        read_at = self._read_at.get(channel)
        return None if read_at is None else self._monotonic() - read_at

    def _ask(self, config: ChannelConfig, channel: Digest) -> asyncio.Task[None]:
        reading = self._next
        if reading is None or reading.task is None:
            reading = self._next = _Reading()
            reading.task = asyncio.get_running_loop().create_task(self._run(reading))
            reading.task.add_done_callback(_seen)
        reading.configs[channel] = config
        return reading.task

    async def _run(self, reading: _Reading) -> None:
        async with self._one_at_a_time:
            if self._next is reading:
                self._next = None
            await asyncio.to_thread(self._read, reading.configs)

    def _read(self, configs: Mapping[Digest, ChannelConfig]) -> None:
        names = list(configs)
        notes = [
            ChainNote(configs[name], name, state)
            for name, state in zip(names, self._chain.states(names), strict=True)
            # anybody can name channels that are not there: they are not kept
            if _holds(state) or self._book.find(name) is not None
        ]
        self._book.note_chains(notes)
        now = self._monotonic()
        for note in notes:
            self._read_at[note.channel] = now


def _holds(state: ChainState) -> bool:
    return state.balance > 0 or state.claimed > 0


def _seen(task: asyncio.Task[None]) -> None:
    """A failure that nobody waits for is no surprise: the next call reads again."""
    if not task.cancelled():
        task.exception()
