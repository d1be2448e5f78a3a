"""What statements are made from, in SQL: calls, vouchers, batches, and the index of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    null,
    select,
)

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.errors import InputError
from assay.ledger.arguments import decode_arguments
from assay.ledger.database import reading
from assay.ledger.stored import blocks, events
from assay.market.batches import BatchEntry
from assay.market.calls import CallRecord, SignedCallRecord
from assay.market.channels.model import ChannelConfig, VoucherState
from assay.market.channels.promise import SCHEME as BATCH_SETTLEMENT
from assay.market.channels.promise import Promise
from assay.market.channels.tables import channels, purse, vouchers
from assay.market.metering import CallState
from assay.market.statements.errors import VoucherDamaged
from assay.market.statements.model import EXACT, StatementLine
from assay.market.statements.period import Period
from assay.market.statements.ports import BookedLine, PaymentSeen
from assay.market.tables import batches, calls, payments

_SETTLEMENT = "BatchSettlement"


class SqlStatementBook:
    """The `StatementBook` port on the provider's book, and the vouchers behind single calls."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, provider: Address, payer: Address | None, period: Period) -> int:
        """See `StatementBook.count`."""
        with reading(self._engine) as connection:
            return sum(
                connection.scalar(select(func.count()).select_from(query.subquery())) or 0
                for query in (_calls(provider, payer, period), _metered(provider, payer, period))
            )

    def lines(
        self, provider: Address, payer: Address | None, period: Period
    ) -> Iterator[BookedLine]:
        """See `StatementBook.lines`; all are of one moment, whatever is charged meanwhile."""
        with reading(self._engine) as connection:  # not held open while a slow reader reads
            rows = [
                *connection.execute(_calls(provider, payer, period)),
                *connection.execute(_metered(provider, payer, period)),
            ]
            charged = _Charged(connection, provider)
            charged.read({row.payer for row in rows if row.scheme == BATCH_SETTLEMENT})
        for row in sorted(rows, key=lambda row: (row.time, row.payment)):
            if booked := _booked(row, charged.promise(row)):
                yield booked

    def batch(self, provider: Address, number: int) -> BatchEntry | None:
        """See `StatementBook.batch`."""
        chosen = and_(batches.c.provider == provider, batches.c.number == number)
        with reading(self._engine) as connection:
            row = connection.execute(select(batches).where(chosen)).one_or_none()
        if row is None:
            return None
        root = Digest.parse(row.root).raw
        return BatchEntry(provider, row.number, root, row.calls, row.transaction_hash)

    def records(self, provider: Address, number: int) -> list[CallRecord]:
        """See `StatementBook.records`."""
        query = (
            select(calls.c.record)
            .where(calls.c.provider == provider, calls.c.batch == number)
            .order_by(calls.c.position)
        )
        with reading(self._engine) as connection:
            return [_signed(text).record for text in connection.scalars(query)]

    def promise(self, payer: Address, provider: Address, payment: Digest) -> Promise | None:
        """The charged voucher of this digest, between these two; None if there is none."""
        with reading(self._engine) as connection:
            charged = _Charged(connection, provider)
            charged.read({payer})
        return charged.find(payer, payment.hex)


class SqlPayerIndex:
    """The `PayerIndex` port on the ledger's events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def payments(self, payer: Address, period: Period) -> list[PaymentSeen]:
        """See `PayerIndex.payments`."""
        query = (
            select(events.c.arguments, events.c.transaction_hash, blocks.c.timestamp)
            .join(blocks, blocks.c.number == events.c.block_number)
            .where(
                events.c.contract == "AssayToken",
                events.c.name == "AuthorizationUsed",
                events.c.subject == _word(payer),
                blocks.c.timestamp >= period.start_s,
                blocks.c.timestamp < period.end_s,
            )
            .order_by(events.c.block_number, events.c.log_index)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [
            PaymentSeen(
                Digest(decode_arguments(row.arguments)["nonce"]),
                row.transaction_hash,
                row.timestamp,
            )
            for row in rows
        ]

    def channels(self, payer: Address, receiver: Address) -> list[Digest]:
        """See `PayerIndex.channels`."""
        query = select(events.c.subject).where(
            events.c.contract == _SETTLEMENT,
            events.c.name == "ChannelOpened",
            events.c.second_topic == _word(payer),
            events.c.third_topic == _word(receiver),
        )
        with reading(self._engine) as connection:
            return sorted({Digest.parse(subject) for subject in connection.scalars(query)})

    def claims(self, channel: Digest) -> list[str]:
        """The transactions that claimed from a channel, oldest first."""
        return self._transactions("Claimed", channel)

    def deposits(self, channel: Digest) -> list[str]:
        """The transactions that brought something into a channel, oldest first."""
        return self._transactions("Deposited", channel)

    def _transactions(self, name: str, channel: Digest) -> list[str]:
        query = (
            select(events.c.transaction_hash)
            .where(
                events.c.contract == _SETTLEMENT,
                events.c.name == name,
                events.c.subject == channel.hex,
            )
            .order_by(events.c.block_number, events.c.log_index)
        )
        with reading(self._engine) as connection:
            return list(dict.fromkeys(connection.scalars(query)))


class SqlOwnCharges:
    """The `OwnCharges` port on the payer's purse."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def charged(self, channels: Sequence[Digest]) -> dict[Digest, int]:
        """See `OwnCharges.charged`."""
        names = {name.hex for name in channels}
        query = select(purse.c.channel_id, purse.c.charged)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return {
            Digest.parse(row.channel_id): int(row.charged)
            for row in rows
            if row.channel_id in names
        }


class _Charged:
    """The charged vouchers of one provider, by payer and digest."""

    def __init__(self, connection: Connection, provider: Address) -> None:
        self._connection = connection
        self._provider = provider
        self._known: dict[str, dict[str, Promise | VoucherDamaged]] = {}

    def read(self, payers: Iterable[str]) -> None:
        """Read the vouchers of these payers, while the connection is open."""
        self._known |= {payer: self._read(payer) for payer in payers}

    def promise(self, row: Row[Any]) -> Promise | None:
        return self.find(row.payer, row.payment) if row.scheme == BATCH_SETTLEMENT else None

    def find(self, payer: str, digest: str) -> Promise | None:
        """One of them; VoucherDamaged if its row cannot be read."""
        found = self._known[payer].get(digest)
        if isinstance(found, VoucherDamaged):
            raise found
        return found

    def _read(self, payer: str) -> dict[str, Promise | VoucherDamaged]:
        found = self._connection.execute(
            select(vouchers, *(channels.c[name] for name in _CONFIG))
            .join(channels)
            .where(
                channels.c.payer == payer,
                channels.c.receiver == self._provider,
                vouchers.c.state == VoucherState.CHARGED.value,
            )
        ).all()
        promises: dict[str, Promise | VoucherDamaged] = {}
        position: dict[str, int] = defaultdict(int)
        for row in sorted(found, key=lambda row: (len(row.max_claimable), row.max_claimable)):
            try:
                promise = _promise(row, position[row.channel_id] + int(row.amount))
            except (ValueError, InputError) as error:
                promises[row.digest] = VoucherDamaged(row.digest, str(error))
                continue
            position[row.channel_id] = promise.position
            promises[row.digest] = promise
        return promises


_CONFIG = (
    "payer",
    "payer_authorizer",
    "receiver",
    "receiver_authorizer",
    "token",
    "withdraw_delay_s",
    "salt",
)


def _promise(row: Row[Any], position: int) -> Promise:
    config = ChannelConfig(
        payer=parse_address(row.payer),
        payer_authorizer=parse_address(row.payer_authorizer),
        receiver=parse_address(row.receiver),
        receiver_authorizer=parse_address(row.receiver_authorizer),
        token=parse_address(row.token),
        withdraw_delay_s=row.withdraw_delay_s,
        salt=Digest.parse(row.salt),
    )
    return Promise(
        config=config,
        channel=Digest.parse(row.channel_id),
        max_claimable=int(row.max_claimable),
        signature=bytes.fromhex(row.signature.removeprefix("0x")),
        amount=int(row.amount),
        position=position,
    )


def _calls(provider: Address, payer: Address | None, period: Period) -> Select[Any]:
    """Settled calls with their records."""
    query = (
        select(
            calls.c.finished_at.label("time"),
            calls.c.nonce.label("payment"),
            calls.c.payer,
            calls.c.record,
            calls.c.batch,
            calls.c.position,
            payments.c.scheme,
            payments.c.transaction_hash,
        )
        .join(payments)
        .where(
            calls.c.provider == provider,
            payments.c.state == CallState.SETTLED.value,
            calls.c.finished_at >= period.start_s,
            calls.c.finished_at < period.end_s,
        )
    )
    return query.where(calls.c.payer == payer) if payer else query


def _metered(provider: Address, payer: Address | None, period: Period) -> Select[Any]:
    """Charged vouchers of requests that have no record."""
    recorded = exists().where(
        payments.c.payer == channels.c.payer, payments.c.nonce == vouchers.c.digest
    )
    query = (
        select(
            vouchers.c.charged_at.label("time"),
            vouchers.c.digest.label("payment"),
            channels.c.payer,
            null().label("record"),
            null().label("batch"),
            null().label("position"),
            literal(BATCH_SETTLEMENT).label("scheme"),
            null().label("transaction_hash"),
        )
        .join(channels)
        .where(
            channels.c.receiver == provider,
            vouchers.c.state == VoucherState.CHARGED.value,
            vouchers.c.charged_at >= period.start_s,
            vouchers.c.charged_at < period.end_s,
            ~recorded,
        )
    )
    return query.where(channels.c.payer == payer) if payer else query


def _booked(row: Row[Any], promise: Promise | None) -> BookedLine | None:
    """The line of a row; None for a voucher whose charge may still fall."""
    payment = Digest.parse(row.payment)
    if row.scheme == BATCH_SETTLEMENT and promise is None:
        return None
    if row.record is None:
        assert promise
        parties = promise.config
        line = StatementLine(
            time_s=row.time,
            amount=promise.amount,
            scheme=BATCH_SETTLEMENT,
            payment=payment,
            payer=parties.payer,
            provider=parties.receiver,
            token=parties.token,
            signed=None,
            transaction=None,
            promise=promise,
        )
        return BookedLine(line, None, None)
    signed = _signed(row.record)
    line = StatementLine(
        time_s=row.time,
        amount=signed.record.amount,
        scheme=row.scheme,
        payment=payment,
        payer=signed.record.payer,
        provider=signed.record.provider,
        token=signed.record.token,
        signed=signed,
        transaction=row.transaction_hash if row.scheme == EXACT else None,
        promise=promise,
    )
    return BookedLine(line, row.batch, row.position)


def _signed(text: str) -> SignedCallRecord:
    return SignedCallRecord.decode(text.encode())


def _word(address: Address) -> str:
    return "0x" + address[2:].lower().rjust(64, "0")
