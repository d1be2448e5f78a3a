"""Paid calls and their anchored batches in SQL.

    book = SqlCallBook(open_database(settings.database))
    book.insert(call)

A call's row is the one place that says how far it is; every step is one durable transaction that
names the state before it, so that of two processes one wins.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from assay.core.address import Address
from assay.core.canonical import canonical_json
from assay.core.chat import TextRequest
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.ledger.database import reading
from assay.ledger.insertion import insert_absent
from assay.market.batches import BatchEntry, CallEntry
from assay.market.calls import SignedCallRecord
from assay.market.errors import CallChangedElsewhere
from assay.market.metering import Answer, CallState, PaidCall, Payment, PaymentId, ServedModel
from assay.market.ports import Transaction
from assay.market.tables import batches, calls, payments


class _InAnotherBatch(Exception):
    """Another process put the call into its batch after we had looked."""


class SqlCallBook:
    """The `CallBook` port on a SQL database, and what anchoring and lineage read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, payment: PaymentId) -> PaidCall | None:
        """See `CallBook.find`."""
        with reading(self._engine) as connection:
            row = connection.execute(_paid_calls().where(_is(payment))).one_or_none()
        return _paid_call(row) if row else None

    def find_identified(self, payer: Address, identifier: str) -> PaidCall | None:
        """See `CallBook.find_identified`."""
        same = and_(payments.c.payer == payer, payments.c.identifier == identifier)
        with reading(self._engine) as connection:
            row = connection.execute(_paid_calls().where(same)).one_or_none()
        return _paid_call(row) if row else None

    def insert(self, call: PaidCall, within: Transaction | None = None) -> bool:
        """See `CallBook.insert`."""
        with self._writing(within) as connection:
            absent = insert_absent(connection, payments).values(_payment_values(call))
            inserted = connection.execute(absent.returning(payments.c.nonce))
            return inserted.first() is not None

    def update(self, before: PaidCall, after: PaidCall, within: Transaction | None = None) -> None:
        """See `CallBook.update`."""
        payment = before.payment.id
        with self._writing(within) as connection:
            changed = connection.execute(
                update(payments)
                .where(_is(payment), payments.c.state == before.state.value)
                .values(
                    state=after.state.value,
                    amount=str(after.payment.amount),
                    broadcast=after.broadcast,
                    transaction_hash=after.transaction,
                    # what will never be paid any more does not stand in another's way
                    identifier=None
                    if after.state is CallState.LAPSED
                    else after.payment.identifier,
                )
            )
            if changed.rowcount != 1:
                raise CallChangedElsewhere(payment.payer, payment.nonce)
            if after.answer and not before.answer:
                connection.execute(insert(calls).values(_answer_values(after, after.answer)))

    def forget(self, call: PaidCall, within: Transaction | None = None) -> None:
        """See `CallBook.forget`."""
        payment = call.payment.id
        unpaid = payments.c.state.in_((CallState.VERIFIED.value, CallState.GENERATED.value))
        mine = and_(calls.c.payer == payment.payer, calls.c.nonce == payment.nonce.hex)
        with self._writing(within) as connection:
            if connection.execute(select(payments.c.state).where(_is(payment), unpaid)).first():
                connection.execute(delete(calls).where(mine))
                connection.execute(delete(payments).where(_is(payment), unpaid))

    def unfinished(self) -> list[PaidCall]:
        """See `CallBook.unfinished`."""
        ended = (CallState.SETTLED.value, CallState.LAPSED.value)
        return self._calls(payments.c.state.not_in(ended))

    def unanswered(self, scheme: str) -> list[PaidCall]:
        """See `CallBook.unanswered`."""
        settled = payments.c.state == CallState.SETTLED.value
        return self._calls(and_(payments.c.scheme == scheme, settled, calls.c.record_cid.is_(None)))

    def _calls(self, which: ColumnElement[bool]) -> list[PaidCall]:
        with reading(self._engine) as connection:
            oldest_first = (payments.c.verified_at, payments.c.nonce)
            rows = connection.execute(_paid_calls().where(which).order_by(*oldest_first)).all()
        return [_paid_call(row) for row in rows]

    def call(self, record: Cid) -> CallEntry | None:
        """The settled call with this record."""
        return next(iter(self._entries(calls.c.record_cid == str(record))), None)

    def calls_with_output(self, output: Digest) -> list[CallEntry]:
        """All settled calls whose answer has this digest, oldest first."""
        return self._entries(calls.c.output_digest == output.hex)

    def unbatched(self, provider: Address, limit: int) -> list[CallEntry]:
        """The provider's oldest settled calls that are in no batch."""
        mine = and_(calls.c.provider == provider, calls.c.batch.is_(None))
        return self._entries(mine, limit)

    def calls_in_batch(self, provider: Address, number: int) -> list[CallEntry]:
        """The calls of a batch, in the order of its leaves."""
        return self._entries(and_(calls.c.provider == provider, calls.c.batch == number))

    def open_batch(self, batch: BatchEntry, records: Sequence[Cid]) -> bool:
        """See `BatchBook.open_batch`."""
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(batches).values(_batch_values(batch)))
                for position, record in enumerate(records):
                    _put_into_batch(connection, batch, record, position)
        except (IntegrityError, _InAnotherBatch):
            return False
        return True

    def close_batch(self, batch: BatchEntry, transaction: str) -> None:
        """Note the transaction that anchored a batch."""
        with self._engine.begin() as connection:
            connection.execute(
                update(batches)
                .where(batches.c.provider == batch.provider, batches.c.number == batch.number)
                .values(transaction_hash=transaction)
            )

    def batches(self, provider: Address) -> list[BatchEntry]:
        """All batches of a provider, in order; those without a transaction are still to be sent."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(batches).where(batches.c.provider == provider).order_by(batches.c.number)
            ).all()
        return [
            BatchEntry(
                Address(row.provider),
                row.number,
                Digest.parse(row.root).raw,
                row.calls,
                row.transaction_hash,
            )
            for row in rows
        ]

    @contextmanager
    def _writing(self, within: Transaction | None) -> Iterator[Connection]:
        """The transaction that is open already, or one of its own."""
        if within is not None:
            assert isinstance(within, Connection), "books of one database share transactions"
            yield within
            return
        with self._engine.begin() as connection:
            yield connection

    def _entries(self, condition: ColumnElement[bool], limit: int | None = None) -> list[CallEntry]:
        query = (
            select(calls, payments.c.transaction_hash)
            .join(payments)
            .where(condition, payments.c.state == CallState.SETTLED.value)
            .order_by(
                calls.c.batch.nulls_last(),
                calls.c.position,
                calls.c.finished_at,
                calls.c.record_cid,
            )
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [_entry(row) for row in connection.execute(query)]


def _paid_calls() -> Select[Any]:
    answer = [
        calls.c[name]
        for name in ("record", "text", "finish_reason", "prompt_tokens", "completion_tokens")
    ]
    return select(payments, *answer).outerjoin(calls)


def _is(payment: PaymentId) -> ColumnElement[bool]:
    return and_(payments.c.payer == payment.payer, payments.c.nonce == payment.nonce.hex)


def _payment_values(call: PaidCall) -> dict[str, Any]:
    payment, served = call.payment, call.served
    return {
        "payer": payment.payer,
        "nonce": payment.nonce.hex,
        "scheme": payment.scheme,
        "identifier": payment.identifier,
        "state": call.state.value,
        "recipient": payment.recipient,
        "amount": str(payment.amount),
        "valid_before": payment.valid_before,
        "signature": payment.signature.hex(),
        "header": payment.header,
        "request": canonical_json(call.request.as_json()).decode(),
        "request_digest": call.request_digest.hex,
        "service": served.service.hex,
        "model": served.model.hex,
        "model_name": served.name,
        "price": str(served.price),
        "provider": served.provider,
        "verified_at": call.verified_at,
        "from_block": call.from_block,
        "broadcast": call.broadcast,
        "transaction_hash": call.transaction,
    }


def _answer_values(call: PaidCall, answer: Answer) -> dict[str, Any]:
    record = answer.record.record
    return {
        "record_cid": str(answer.record.cid),
        "payer": call.payment.payer,
        "nonce": call.payment.nonce.hex,
        "provider": record.provider,
        "service": record.service.hex,
        "prompt_digest": record.prompt_digest.hex,
        "output_digest": record.output_digest.hex,
        "record": answer.record.encode().decode(),
        "text": answer.text,
        "finish_reason": answer.finish_reason,
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.completion_tokens,
        "finished_at": record.finished_at,
    }


def _paid_call(row: Row[Any]) -> PaidCall:
    return PaidCall(
        payment=Payment(
            payer=Address(row.payer),
            nonce=Digest.parse(row.nonce),
            recipient=Address(row.recipient),
            amount=int(row.amount),
            valid_before=row.valid_before,
            signature=bytes.fromhex(row.signature),
            header=row.header,
            scheme=row.scheme,
            identifier=row.identifier,
        ),
        served=ServedModel(
            service=Digest.parse(row.service),
            model=Digest.parse(row.model),
            name=row.model_name,
            price=int(row.price),
            provider=Address(row.provider),
        ),
        request=_request(json.loads(row.request)),
        request_digest=Digest.parse(row.request_digest),
        verified_at=row.verified_at,
        from_block=row.from_block,
        state=CallState(row.state),
        answer=_answer(row) if row.record else None,
        broadcast=row.broadcast,
        transaction=row.transaction_hash,
    )


def _request(document: dict[str, Any]) -> TextRequest | ImageRequest:
    kind = TextRequest if "messages" in document else ImageRequest
    return kind.from_json(document)


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        text=row.text,
        finish_reason=row.finish_reason,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
        record=SignedCallRecord.decode(row.record.encode()),
    )


def _entry(row: Row[Any]) -> CallEntry:
    signed = SignedCallRecord.decode(row.record.encode())
    return CallEntry(signed, row.transaction_hash, row.text, row.batch, row.position)


def _batch_values(batch: BatchEntry) -> dict[str, Any]:
    return {
        "provider": batch.provider,
        "number": batch.number,
        "root": Digest(batch.root).hex,
        "calls": batch.calls,
        "transaction_hash": batch.transaction,
    }


def _put_into_batch(connection: Connection, batch: BatchEntry, record: Cid, position: int) -> None:
    put = connection.execute(
        update(calls)
        .where(calls.c.record_cid == str(record), calls.c.batch.is_(None))
        .values(batch=batch.number, position=position)
    )
    if put.rowcount != 1:
        raise _InAnotherBatch
