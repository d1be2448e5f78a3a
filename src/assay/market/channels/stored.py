"""Channels and vouchers in SQL, shared by all workers of a provider.

    book = SqlChannelBook(open_database(settings.database))
    judged = book.apply(steps, Worker("w1", now_s, now_s + 10))

Many steps are one transaction, which is what makes them cheap: each voucher pays for its own row
alone. On SQLite a transaction that charges nothing is not synced to the disk; on Postgres its
commit is not waited for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, or_, select, update
from sqlalchemy.exc import IntegrityError

from assay.core.address import Address
from assay.core.clock import Clock, SystemClock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.ledger.database import reading
from assay.ledger.errors import DatabaseUnavailableError, LedgerError
from assay.ledger.faults import translate_driver
from assay.ledger.insertion import insert_absent
from assay.market.channels.account import Change, Judged, VoucherEntry, Worker
from assay.market.channels.at_once import AtOnce
from assay.market.channels.model import ChainState, Channel, ChannelConfig
from assay.market.channels.ports import ChainNote
from assay.market.channels.posting import Posting
from assay.market.channels.rows import (
    CHANNEL,
    VOUCHER,
    PostgresRows,
    Rows,
    SqliteRows,
    channel_of,
    entry_of,
)
from assay.market.channels.steps import Act, Step
from assay.market.channels.tables import channels, vouchers

_CHANNEL_COLUMNS = [channels.c[name] for name in CHANNEL.split(", ")]
_VOUCHER_COLUMNS = [vouchers.c[name] for name in VOUCHER.split(", ")]


class SqlChannelBook:
    """The `ChannelBook` port."""

    def __init__(self, engine: Engine, clock: Clock | None = None) -> None:
        self._engine = engine
        self._clock = clock or SystemClock()
        self._sqlite = engine.dialect.name == "sqlite"
        self._rows: Rows = SqliteRows() if self._sqlite else PostgresRows()
        self._alone = threading.Lock()
        self._connection: Connection | None = None
        self._durable = True
        self._committing = False
        in_file = self._sqlite and engine.url.database not in (None, "", ":memory:")
        self._at_once = AtOnce(engine) if in_file else None

    def close(self) -> None:
        """Give the connections back; they are opened again when they are needed."""
        if self._at_once is not None:
            self._at_once.close()
        with self._alone:
            self._drop()

    def apply_at_once(
        self, steps: Sequence[Step], worker: Worker
    ) -> list[Judged | AssayError] | None:
        """See `ChannelBook.apply_at_once`; a server's answer always has to be waited for."""
        return None if self._at_once is None else self._at_once.take(steps, worker)

    def apply(self, steps: Sequence[Step], worker: Worker) -> list[Judged | AssayError]:
        """See `ChannelBook.apply`."""
        durable = any(step.act is Act.CHARGE for step in steps)
        noted = any(step.note is not None for step in steps)
        with self._alone:
            kept = self._connection is not None
            try:
                return self._take_all(steps, worker, durable=durable, noted=noted)
            except DatabaseUnavailableError:
                if not kept or self._committing:
                    raise
            # the server was restarted since the connection was last used: nothing was done yet
            return self._take_all(steps, worker, durable=durable, noted=noted)

    def find(self, channel: Digest) -> Channel | None:
        """See `ChannelBook.find`."""
        with reading(self._engine) as connection:
            query = select(*_CHANNEL_COLUMNS).where(channels.c.channel_id == channel.hex)
            row = connection.execute(query).one_or_none()
        return channel_of(row) if row else None

    def find_voucher(self, channel: Digest, max_claimable: int) -> VoucherEntry | None:
        """See `ChannelBook.find_voucher`."""
        query = select(*_VOUCHER_COLUMNS).where(
            vouchers.c.channel_id == channel.hex, vouchers.c.max_claimable == str(max_claimable)
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return entry_of(row) if row else None

    def open_channels(self, receiver: Address) -> list[Channel]:
        """See `ChannelBook.open_channels`."""
        query = (
            select(*_CHANNEL_COLUMNS)
            .where(
                channels.c.receiver == receiver,
                or_(
                    channels.c.balance != channels.c.claimed,
                    channels.c.charged != channels.c.claimed,
                    channels.c.refunding != "0",
                ),
            )
            .order_by(channels.c.channel_id)
        )
        with reading(self._engine) as connection:
            return [channel_of(row) for row in connection.execute(query)]

    def note_chain(
        self,
        config: ChannelConfig,
        channel: Digest,
        state: ChainState,
        *,
        rolled_back: bool = False,
    ) -> Channel:
        """See `ChannelBook.note_chain`."""
        (noted,) = self.note_chains([ChainNote(config, channel, state, rolled_back)])
        return noted

    def note_chains(self, notes: Sequence[ChainNote]) -> list[Channel]:
        """See `ChannelBook.note_chains`."""
        noted: dict[Digest, Channel] = {}
        with self._engine.begin() as connection:
            for note in sorted(notes, key=lambda note: note.channel):  # as all who lock many do
                noted[note.channel] = self._noted(connection, note)
        return [noted[note.channel] for note in notes]

    def _noted(self, connection: Connection, note: ChainNote) -> Channel:
        channel, state = note.channel, note.state
        values = _new_values(note.config, channel, state, self._clock.now_s())
        connection.execute(insert_absent(connection, channels).values(values))
        known = self._locked(connection, channel)
        if state.block < known.chain.block and not note.rolled_back:
            return known
        now = _with_chain(known, state)
        self._change(
            connection,
            channel,
            balance=str(state.balance),
            claimed=str(state.claimed),
            withdrawal=str(state.withdrawal),
            withdrawal_at=state.withdrawal_at,
            refund_nonce=state.refund_nonce,
            block=state.block,
            charged=str(now.charged),
            refunding=str(now.refunding),
        )
        return now

    def hold_refund(self, channel: Digest, amount: int | None) -> Channel:
        """See `ChannelBook.hold_refund`."""
        with self._engine.begin() as connection:
            known = self._locked(connection, channel)
            left = known.chain.balance - known.charged - known.reserved
            held = known.refunding or max(0, left if amount is None else min(amount, left))
            self._change(connection, channel, refunding=str(held))
            return self._locked(connection, channel)

    def drop_refund(self, channel: Digest, nonce: int) -> Channel:
        """See `ChannelBook.drop_refund`."""
        with self._engine.begin() as connection:
            if self._locked(connection, channel).chain.refund_nonce == nonce:
                self._change(connection, channel, refunding="0")
            return self._locked(connection, channel)

    def _take_all(
        self, steps: Sequence[Step], worker: Worker, *, durable: bool, noted: bool
    ) -> list[Judged | AssayError]:
        """One transaction. Notes need a connection of SQLAlchemy; without, the driver's will do."""
        connection = self._connection or self._engine.connect()
        self._committing = False
        try:
            self._prepare(connection, durable=durable)
            with connection.begin() if noted else self._by_driver(connection):
                outcomes = self._post(connection, steps, worker, durable=durable)
                self._committing = True
        except self._engine.dialect.loaded_dbapi.Error as error:
            self._connection = connection
            self._drop()
            translate_driver(self._engine, error)
            raise
        except BaseException:
            self._connection = connection
            self._drop()
            raise
        self._connection = connection
        return outcomes

    def _post(
        self, connection: Connection, steps: Sequence[Step], worker: Worker, *, durable: bool
    ) -> list[Judged | AssayError]:
        cursor = connection.connection.cursor()
        try:
            if not durable and not self._sqlite:
                cursor.execute("SET LOCAL synchronous_commit TO off")
            posting = Posting(self._rows, cursor, worker)
            posting.open(steps)
            posting.find([step.order for step in steps])
            outcomes = [self._take(posting, connection, step) for step in steps]
            posting.write()
        finally:
            cursor.close()
        return outcomes

    @contextmanager
    def _by_driver(self, connection: Connection) -> Iterator[None]:
        """A transaction that SQLAlchemy does not see; what breaks it costs the connection."""
        driver: Any = connection.connection.driver_connection
        if self._sqlite:
            driver.execute("BEGIN IMMEDIATE")
        yield
        driver.commit()

    def _take(self, posting: Posting, connection: Connection, step: Step) -> Judged | AssayError:
        """One step; what its note raises undoes it, and nothing else."""
        if step.note is None:
            return posting.take(step)
        before = posting.mark(step)
        try:
            with connection.begin_nested():
                judged = posting.take(step)
                if judged.change is Change.PUT and judged.lacks is None:
                    step.note(connection, judged)
        except LedgerError:
            raise
        except (AssayError, IntegrityError) as error:
            posting.restore(before)
            if isinstance(error, AssayError):
                return error
            raise
        return judged

    def _locked(self, connection: Connection, channel: Digest) -> Channel:
        query = select(*_CHANNEL_COLUMNS).where(channels.c.channel_id == channel.hex)
        return channel_of(connection.execute(query.with_for_update()).one())

    def _change(self, connection: Connection, channel: Digest, **values: Any) -> None:
        where = channels.c.channel_id == channel.hex
        values["updated_at"] = self._clock.now_s()
        connection.execute(update(channels).where(where).values(values))

    def _prepare(self, connection: Connection, *, durable: bool) -> None:
        if self._connection is None:
            self._durable = True
        if self._sqlite and self._durable is not durable:
            level = "FULL" if durable else "NORMAL"
            driver: Any = connection.connection.driver_connection
            driver.execute(f"PRAGMA synchronous = {level}")
            self._durable = durable

    def _drop(self) -> None:
        """Close the connection for good, as its state is not known or its setting not usual."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.invalidate()
            connection.close()


def _with_chain(known: Channel, state: ChainState) -> Channel:
    """What the book says once it knows a newer state of the chain."""
    refunded = state.refund_nonce > known.chain.refund_nonce
    return Channel(
        id=known.id,
        config=known.config,
        chain=state,
        charged=max(known.charged, state.claimed),  # a book that was lost begins with the claims
        reserved=known.reserved,
        open=known.open,
        signed=known.signed,
        signature=known.signature,
        refunding=0 if refunded else known.refunding,
    )


def _new_values(
    config: ChannelConfig, channel: Digest, state: ChainState, now_s: int
) -> dict[str, Any]:
    return {
        "channel_id": channel.hex,
        "payer": config.payer,
        "payer_authorizer": config.payer_authorizer,
        "receiver": config.receiver,
        "receiver_authorizer": config.receiver_authorizer,
        "token": config.token,
        "withdraw_delay_s": config.withdraw_delay_s,
        "salt": config.salt.hex,
        "balance": "0",
        "claimed": "0",
        "withdrawal": "0",
        "withdrawal_at": 0,
        "refund_nonce": state.refund_nonce,
        "block": 0,
        "charged": "0",
        "reserved": "0",
        "open": "0",
        "refunding": "0",
        "signed": "0",
        "signature": "",
        "updated_at": now_s,
    }
