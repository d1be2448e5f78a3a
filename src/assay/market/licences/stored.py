"""The log of released keys in SQL: one row for each nonce, so that of two workers one wins."""

from __future__ import annotations

from sqlalchemy import Engine, Row, insert, select
from sqlalchemy.exc import IntegrityError

from assay.core.address import Address
from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.market.licences.errors import ReleaseRepeated
from assay.market.licences.model import licence_text, parse_licence
from assay.market.licences.ports import BlockName, Release
from assay.market.licences.tables import key_releases

_AS_OWNER = "owner"


class SqlReleaseLog:
    """The `ReleaseLog` port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, release: Release) -> None:
        """See `ReleaseLog.append`."""
        licence = _AS_OWNER if release.licence is None else licence_text(release.licence)
        values = {
            "asset_id": release.asset_id.hex,
            "licence_id": licence,
            "address": release.address,
            "nonce": release.nonce,
            "block": release.block.number,
            "block_hash": release.block.hash,
            "block_time": release.block.time_s,
            "released_at": release.released_at_s,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(key_releases).values(values))
        except IntegrityError:
            raise ReleaseRepeated(release.nonce) from None

    def releases(self, asset_id: Digest | None) -> list[Release]:
        """See `ReleaseLog.releases`."""
        query = select(key_releases).order_by(key_releases.c.id)
        if asset_id is not None:
            query = query.where(key_releases.c.asset_id == asset_id.hex)
        with reading(self._engine) as connection:
            return [_release(row) for row in connection.execute(query)]


def _release(row: Row[*tuple[object, ...]]) -> Release:
    fields = row._mapping
    licence = fields["licence_id"]
    return Release(
        asset_id=Digest.parse(fields["asset_id"]),
        licence=None if licence == _AS_OWNER else parse_licence(licence),
        address=Address(fields["address"]),
        nonce=fields["nonce"],
        block=BlockName(fields["block"], fields["block_hash"], fields["block_time"]),
        released_at_s=fields["released_at"],
    )
