"""Channels and vouchers as rows, in the SQL of either database: the hot path of every paid call.

The statements are written by hand and given to the driver itself, because having each made and
unpacked by a library costs more than running it. SQLite is asked row by row, as it lives in this
process; Postgres is sent each kind of change as one statement on arrays. Postgres locks channels in
the order of their names, so that no two transactions wait for each other.
"""

# Statements are put together from the names of columns below, never from what somebody sent.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.account import VoucherEntry
from assay.market.channels.model import ChainState, Channel, ChannelConfig, VoucherState

Cursor = Any  # the driver's own, inside a transaction
Key = tuple[str, str]  # channel and sum, as they stand in the table
Values = tuple[Any, ...]

CHANNEL = (
    "channel_id, payer, payer_authorizer, receiver, receiver_authorizer, token, withdraw_delay_s, "
    "salt, balance, claimed, withdrawal, withdrawal_at, refund_nonce, block, charged, reserved, "
    "open, refunding, signed, signature"
)
_CHANGING = (
    "state",
    "amount",
    "owner",
    "expires_at",
    "charged_at",
    "charged_total",
    "response",
)
_COLUMNS = (
    "channel_id",
    "max_claimable",
    "digest",
    "signature",
    "request_digest",
    "identifier",
    *_CHANGING,
)
VOUCHER = ", ".join(_COLUMNS)
_KEEP = ", ".join(f"{name} = excluded.{name}" for name in (*_COLUMNS[3:6], *_CHANGING))
_STATES = {state.value: state for state in VoucherState}
_UPSERT = f"ON CONFLICT (channel_id, max_claimable) DO UPDATE SET {_KEEP}"
_LIVE = "state <> 'charged' AND state = 'reserved'"  # the first half lets the index of live ones do


class Rows(Protocol):
    """The statements of one kind of database."""

    def channels(self, cursor: Cursor, names: Iterable[str]) -> Sequence[Values]:
        """The rows of channels, locked until the transaction ends."""
        ...

    def vouchers(self, cursor: Cursor, keys: Sequence[Key]) -> Sequence[Values]:
        """The rows of vouchers that are there."""
        ...

    def identified(self, cursor: Cursor, channel: str, identifier: str) -> Values | None:
        """The row of a channel's voucher that came with a payment identifier."""
        ...

    def expired(self, cursor: Cursor, channel: str, now_s: int) -> Sequence[Values]:
        """The rows of a channel's reservations whose workers have died."""
        ...

    def put(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """Insert rows of vouchers, or change those that are there."""
        ...

    def remove(self, cursor: Cursor, keys: Sequence[Key]) -> None:
        """Delete rows of vouchers."""
        ...

    def put_sums(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """Change channels: charged, reserved, open, signed, signature, updated_at, channel_id."""
        ...


class SqliteRows:
    """See `Rows`."""

    def channels(self, cursor: Cursor, names: Iterable[str]) -> Sequence[Values]:
        """See `Rows`; the one writer that SQLite allows needs no locks."""
        query = f"SELECT {CHANNEL} FROM channels WHERE channel_id = ?"
        found = [cursor.execute(query, (name,)).fetchone() for name in names]
        return [row for row in found if row]

    def vouchers(self, cursor: Cursor, keys: Sequence[Key]) -> Sequence[Values]:
        """See `Rows`."""
        query = f"SELECT {VOUCHER} FROM vouchers WHERE channel_id = ? AND max_claimable = ?"
        found = [cursor.execute(query, key).fetchone() for key in keys]
        return [row for row in found if row]

    def identified(self, cursor: Cursor, channel: str, identifier: str) -> Values | None:
        """See `Rows`."""
        query = f"SELECT {VOUCHER} FROM vouchers WHERE channel_id = ? AND identifier = ?"
        row: Values | None = cursor.execute(query, (channel, identifier)).fetchone()
        return row

    def expired(self, cursor: Cursor, channel: str, now_s: int) -> Sequence[Values]:
        """See `Rows`."""
        query = (
            f"SELECT {VOUCHER} FROM vouchers WHERE channel_id = ? AND {_LIVE} AND expires_at <= ?"
        )
        return list(cursor.execute(query, (channel, now_s)).fetchall())

    def put(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """See `Rows`."""
        marks = ", ".join("?" * len(_COLUMNS))
        cursor.executemany(
            f"INSERT INTO vouchers ({VOUCHER}) VALUES ({marks}) {_UPSERT}", list(rows)
        )

    def remove(self, cursor: Cursor, keys: Sequence[Key]) -> None:
        """See `Rows`."""
        cursor.executemany(
            "DELETE FROM vouchers WHERE channel_id = ? AND max_claimable = ?", list(keys)
        )

    def put_sums(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """See `Rows`."""
        cursor.executemany(
            "UPDATE channels SET charged = ?, reserved = ?, open = ?, signed = ?, signature = ?, "
            "updated_at = ? WHERE channel_id = ?",
            list(rows),
        )


class PostgresRows:
    """See `Rows`."""

    def channels(self, cursor: Cursor, names: Iterable[str]) -> Sequence[Values]:
        """See `Rows`."""
        query = (
            f"SELECT {CHANNEL} FROM channels WHERE channel_id = ANY(%s) "
            "ORDER BY channel_id FOR UPDATE"
        )
        return list(cursor.execute(query, (list(names),)).fetchall())

    def vouchers(self, cursor: Cursor, keys: Sequence[Key]) -> Sequence[Values]:
        """See `Rows`."""
        query = (
            f"SELECT {VOUCHER} FROM vouchers WHERE (channel_id, max_claimable) IN "
            "(SELECT * FROM unnest(%s::text[], %s::text[]))"
        )
        return list(cursor.execute(query, _columns(keys)).fetchall())

    def identified(self, cursor: Cursor, channel: str, identifier: str) -> Values | None:
        """See `Rows`."""
        query = f"SELECT {VOUCHER} FROM vouchers WHERE channel_id = %s AND identifier = %s"
        row: Values | None = cursor.execute(query, (channel, identifier)).fetchone()
        return row

    def expired(self, cursor: Cursor, channel: str, now_s: int) -> Sequence[Values]:
        """See `Rows`."""
        query = (
            f"SELECT {VOUCHER} FROM vouchers WHERE channel_id = %s AND {_LIVE} AND expires_at <= %s"
        )
        return list(cursor.execute(query, (channel, now_s)).fetchall())

    def put(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """See `Rows`."""
        kinds = dict.fromkeys(_COLUMNS, "text") | {
            "expires_at": "bigint",
            "charged_at": "bigint",
            "response": "bytea",
        }
        arrays = ", ".join(f"%s::{kind}[]" for kind in kinds.values())
        cursor.execute(
            f"INSERT INTO vouchers ({VOUCHER}) SELECT * FROM unnest({arrays}) {_UPSERT}",
            _columns(rows),
        )

    def remove(self, cursor: Cursor, keys: Sequence[Key]) -> None:
        """See `Rows`."""
        cursor.execute(
            "DELETE FROM vouchers WHERE (channel_id, max_claimable) IN "
            "(SELECT * FROM unnest(%s::text[], %s::text[]))",
            _columns(keys),
        )

    def put_sums(self, cursor: Cursor, rows: Sequence[Values]) -> None:
        """See `Rows`."""
        cursor.execute(
            "UPDATE channels SET charged = new.charged, reserved = new.reserved, open = new.open, "
            "signed = new.signed, signature = new.signature, updated_at = new.updated_at "
            "FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], "
            "%s::bigint[], %s::text[]) AS new(charged, reserved, open, signed, signature, "
            "updated_at, channel_id) WHERE channels.channel_id = new.channel_id",
            _columns(rows),
        )


def _columns(rows: Sequence[Sequence[Any]]) -> tuple[list[Any], ...]:
    return tuple([list(column) for column in zip(*rows, strict=True)])


def channel_of(row: Sequence[Any]) -> Channel:
    """Read a row of `CHANNEL`."""
    name, config = _named(*row[:8])
    balance, claimed, withdrawal, withdrawal_at, refund_nonce, block = row[8:14]
    charged, reserved, opened, refunding, signed, signature = row[14:]
    return Channel(
        name,
        config,
        ChainState(int(balance), int(claimed), int(withdrawal), withdrawal_at, refund_nonce, block),
        int(charged),
        int(reserved),
        int(opened),
        int(signed),
        bytes.fromhex(signature),
        int(refunding),
    )


@lru_cache(maxsize=4096)
def _named(  # noqa: PLR0917 - the columns, in their order
    name: str,
    payer: str,
    payer_authorizer: str,
    receiver: str,
    receiver_authorizer: str,
    token: str,
    withdraw_delay_s: int,
    salt: str,
) -> tuple[Digest, ChannelConfig]:
    """What never changes of a channel, and is read with each of its calls."""
    config = ChannelConfig(
        Address(payer),
        Address(payer_authorizer),
        Address(receiver),
        Address(receiver_authorizer),
        Address(token),
        withdraw_delay_s,
        _digest(salt),
    )
    return _digest(name), config


def entry_of(row: Sequence[Any]) -> VoucherEntry:
    """Read a row of `VOUCHER`."""
    channel, sum_signed, digest, signature, request, identifier = row[:6]
    state, amount, worker, expires_at, charged_at, charged_total, response = row[6:]
    return VoucherEntry(
        channel=_digest(channel),
        max_claimable=int(sum_signed),
        digest=_digest(digest),
        signature=bytes.fromhex(signature),
        request=_digest(request),
        state=_STATES[state],
        amount=int(amount),
        worker=worker,
        expires_at=expires_at,
        charged_at=charged_at,
        charged_total=None if charged_total is None else int(charged_total),
        identifier=identifier,
        response=None if response is None else bytes(response),
    )


def values_of(entry: VoucherEntry) -> Values:
    """The row of a voucher."""
    total = entry.charged_total
    return (
        "0x" + entry.channel.raw.hex(),
        str(entry.max_claimable),
        "0x" + entry.digest.raw.hex(),
        entry.signature.hex(),
        "0x" + entry.request.raw.hex(),
        entry.identifier,
        entry.state._value_,  # the property takes ten times as long
        str(entry.amount),
        entry.worker,
        entry.expires_at,
        entry.charged_at,
        None if total is None else str(total),
        entry.response,
    )


def sums_of(channel: Channel, now_s: int) -> Values:
    """What `put_sums` takes of a channel."""
    return (
        str(channel.charged),
        str(channel.reserved),
        str(channel.open),
        str(channel.signed),
        channel.signature.hex(),
        now_s,
        channel.id.hex,
    )


def _digest(text: str) -> Digest:
    return Digest(bytes.fromhex(text[2:]))
