"""What the ledger knows of channels: where to look, never what to believe."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.ledger.stored import events
from assay.market.channels.ports import ChannelEvent

_CONTRACT = "BatchSettlement"
_NAMES = ("ChannelOpened", "Deposited", "Claimed", "Refunded", "WithdrawInitiated", "Withdrawn")


class IndexedChannels:
    """The `ChannelEvents` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self) -> int:
        """See `ChannelEvents.newest`."""
        query = select(func.max(events.c.block_number)).where(
            events.c.contract == _CONTRACT, events.c.name.in_(_NAMES)
        )
        with reading(self._engine) as connection:
            return connection.scalar(query) or 0

    def after(self, block: int) -> list[ChannelEvent]:
        """See `ChannelEvents.after`; every one of these events is about the channel it names."""
        query = (
            select(
                events.c.subject,
                events.c.block_number,
                events.c.log_index,
                events.c.transaction_hash,
            )
            .where(
                events.c.contract == _CONTRACT,
                events.c.name.in_(_NAMES),
                events.c.block_number > block,
            )
            .order_by(events.c.block_number, events.c.log_index)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [
            ChannelEvent(
                Digest.parse(row.subject), row.block_number, row.log_index, row.transaction_hash
            )
            for row in rows
        ]
