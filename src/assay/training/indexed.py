"""What the ledger knows of training tasks: where to look, never what to believe."""

from __future__ import annotations

from sqlalchemy import Engine

from assay.core.address import Address
from assay.core.digest import Digest
from assay.ledger.events import events_where
from assay.training.rounds import RoundPlace

CONTRACT = "TrainingTasks"
_CERTIFIED = "RoundCertified"


class LedgerTaskIndex:
    """The `TaskIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tasks_of(self, sponsor: Address) -> list[int]:
        """See `TaskIndex.tasks_of`."""
        return self._tasks("TaskOpened", sponsor=sponsor)

    def tasks_with(self, member: Address) -> list[int]:
        """See `TaskIndex.tasks_with`."""
        return self._tasks("MemberJoined", account=member)

    def tasks_from(self, initial_model: Digest) -> list[int]:
        """See `TaskIndex.tasks_from`."""
        return self._tasks("TaskOpened", initialModel=initial_model.token_id)

    def _tasks(self, name: str, **arguments: object) -> list[int]:
        events = events_where(self._engine, contract=CONTRACT, name=name, **arguments)
        return [int(event.args["task"]) for event in events]


class LedgerRounds:
    """The `RoundIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rounds_of(self, aggregate: Digest) -> list[RoundPlace]:
        """See `RoundIndex.rounds_of`."""
        found = events_where(
            self._engine, contract=CONTRACT, name=_CERTIFIED, aggregate=aggregate.raw
        )
        return [RoundPlace(event.args["task"], event.args["round"]) for event in found]

    def certificate_transaction(self, place: RoundPlace) -> str | None:
        """See `RoundIndex.certificate_transaction`."""
        found = events_where(
            self._engine, contract=CONTRACT, name=_CERTIFIED, task=place.task, round=place.round
        )
        return found[-1].transaction_hash if found else None
