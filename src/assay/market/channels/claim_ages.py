"""Since when channels have had something to claim, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.market.channels.tables import unclaimed


class SqlClaimAges:
    """The `ClaimAges` port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def since(self) -> dict[Digest, int]:
        """See `ClaimAges.since`."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(unclaimed.c.channel_id, unclaimed.c.since)).all()
        return {Digest.parse(row.channel_id): row.since for row in rows}

    def note(self, begun: Mapping[Digest, int], ended: Collection[Digest]) -> None:
        """See `ClaimAges.note`."""
        if not begun and not ended:
            return
        over = [channel.hex for channel in ended]
        new = [{"channel_id": channel.hex, "since": since} for channel, since in begun.items()]
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        with self._engine.begin() as connection:
            if over:
                connection.execute(delete(unclaimed).where(unclaimed.c.channel_id.in_(over)))
            if new:
                statement = dialect.insert(unclaimed).on_conflict_do_nothing()
                connection.execute(statement, new)
