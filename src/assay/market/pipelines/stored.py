"""Runs of pipelines in SQL: a step's answer is there before the next step is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.ledger.insertion import insert_absent
from assay.market.calls import SignedCallRecord
from assay.market.pipelines.definition import read_pipeline
from assay.market.pipelines.model import ChainName, Order, Run, RunState, StepAnswer
from assay.market.pipelines.tables import runs, steps


class SqlRunBook:
    """The `RunBook` port on a SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, run: Run) -> Run:
        """See `RunBook.open`."""
        with self._engine.begin() as connection:
            connection.execute(
                insert_absent(connection, runs).values(
                    run_id=run.run_id,
                    definition=run.definition,
                    folder=str(run.folder),
                    given=run.given,
                    state=run.state.value,
                    started_at=run.started_at,
                    request=run.order.request.hex if run.order else None,
                    topic=run.order.topic.hex if run.order else None,
                )
            )
        found = self.find(run.run_id)
        assert found is not None
        return found

    def find(self, run_id: str) -> Run | None:
        """See `RunBook.find`."""
        with reading(self._engine) as connection:
            row = connection.execute(select(runs).where(runs.c.run_id == run_id)).one_or_none()
            return _run(connection, row) if row else None

    def begun_for(self, order: Order) -> Sequence[str]:
        """See `RunBook.begun_for`."""
        own = runs.c.request == order.request.hex
        unfinished = (runs.c.topic == order.topic.hex) & (runs.c.state == RunState.RUNNING.value)
        with reading(self._engine) as connection:
            for condition in (own, unfinished):
                query = select(runs.c.run_id).where(condition).order_by(runs.c.started_at)
                if found := connection.execute(query).scalars().all():
                    return found
        return []

    def assign(self, run_id: str, order: Order) -> None:
        """See `RunBook.assign`."""
        with self._engine.begin() as connection:
            connection.execute(
                update(runs).where(runs.c.run_id == run_id).values(request=order.request.hex)
            )

    def add(self, run_id: str, answer: StepAnswer) -> None:
        """See `RunBook.add`."""
        mine = steps.c.run_id == run_id
        with self._engine.begin() as connection:
            position = connection.scalar(select(func.count()).select_from(steps).where(mine))
            connection.execute(
                insert(steps).values(
                    run_id=run_id,
                    position=position,
                    name=answer.name,
                    chain_id=answer.chain.chain_id,
                    genesis=answer.chain.genesis,
                    anchor=answer.chain.anchor,
                    text=answer.text,
                    finish_reason=answer.finish_reason,
                    record=answer.record.encode().decode(),
                    transaction_hash=answer.transaction,
                    prompt_tokens=answer.prompt_tokens,
                    completion_tokens=answer.completion_tokens,
                )
            )

    def finish(self, run_id: str, record: Cid) -> None:
        """See `RunBook.finish`."""
        with self._engine.begin() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.run_id == run_id)
                .values(state=RunState.FINISHED.value, record_cid=str(record))
            )

    def newest(self, limit: int) -> Sequence[Run]:
        """See `RunBook.newest`."""
        order = (runs.c.started_at.desc(), runs.c.run_id)
        with reading(self._engine) as connection:
            rows = connection.execute(select(runs).order_by(*order).limit(limit)).all()
            return [_run(connection, row) for row in rows]


def _run(connection: Connection, row: Row[Any]) -> Run:
    answers = connection.execute(
        select(steps).where(steps.c.run_id == row.run_id).order_by(steps.c.position)
    )
    folder = Path(row.folder)
    return Run(
        run_id=row.run_id,
        pipeline=read_pipeline(row.definition, folder),
        definition=row.definition,
        folder=folder,
        given=row.given,
        started_at=row.started_at,
        order=Order(Digest.parse(row.request), Digest.parse(row.topic)) if row.topic else None,
        state=RunState(row.state),
        answers=tuple(_answer(answer) for answer in answers),
        record=Cid.parse(row.record_cid) if row.record_cid else None,
    )


def _answer(row: Row[Any]) -> StepAnswer:
    return StepAnswer(
        name=row.name,
        chain=ChainName(row.chain_id, row.genesis, Address(row.anchor)),
        text=row.text,
        finish_reason=row.finish_reason,
        record=SignedCallRecord.decode(row.record.encode()),
        transaction=row.transaction_hash,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
    )
