"""Used nonces in SQL: one row a nonce, so that of two workers one wins."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from assay.core.address import Address
from assay.market.sign_in.tables import sign_ins

_KEPT_S = 60  # beyond its end, for workers whose clocks are behind


class SqlSpentNonces:
    """The `SpentNonces` port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def spend(self, nonce: str, address: Address, now_s: int, expires_at_s: int) -> bool:
        """See `SpentNonces.spend`; those that have expired are forgotten."""
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(sign_ins).where(sign_ins.c.expires_at < now_s - _KEPT_S))
                connection.execute(
                    insert(sign_ins).values(nonce=nonce, address=address, expires_at=expires_at_s)
                )
        except IntegrityError:
            return False
        return True
