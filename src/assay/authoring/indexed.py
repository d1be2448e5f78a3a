"""What the ledger knows of deployed contracts: where to look, never what to believe."""

from __future__ import annotations

from sqlalchemy import Engine

from assay.core.address import Address
from assay.ledger.events import events_where


class LedgerContracts:
    """The `RecordIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def transaction(self, deployed: Address) -> str | None:
        """See `RecordIndex.transaction`."""
        found = events_where(
            self._engine, contract="ContractRecords", name="ContractDeployed", deployed=deployed
        )
        return found[-1].transaction_hash if found else None
