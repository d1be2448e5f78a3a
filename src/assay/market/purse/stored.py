"""The purse in SQL: channels that were opened from here, and the calls that they pay for.

    book = SqlPurse(engine, clock)
    book.add(channel)
    book.change(channel.id, lambda now: now.confirmed(balance))

A channel is read and written under one lock, so that of several processes no two sign the same sum.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from assay.core.address import Address
from assay.core.clock import Clock
from assay.core.digest import Digest
from assay.ledger.database import reading
from assay.market.channels.model import ChannelConfig
from assay.market.channels.tables import purse, purse_calls
from assay.market.pending import PendingCall
from assay.market.purse.deposits import SignedDeposit
from assay.market.purse.errors import ChannelUnknown
from assay.market.purse.model import OwnChannel, PurseState
from assay.market.purse.ports import Sign


class SqlPurse:
    """The `PurseBook` port on a SQL database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, channel: OwnChannel) -> None:
        """See `PurseBook.add`."""
        with self._engine.begin() as connection:
            connection.execute(insert(purse).values(_fixed(channel) | _changing(channel)))

    def find(self, channel: Digest) -> OwnChannel | None:
        """See `PurseBook.find`."""
        with reading(self._engine) as connection:
            return _find(connection, channel, lock=False)

    def channels(self, payer: Address | None = None) -> list[OwnChannel]:
        """See `PurseBook.channels`."""
        query = select(purse).order_by(purse.c.opened_at, purse.c.channel_id)
        if payer is not None:
            query = query.where(purse.c.payer == payer)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
            prices = connection.execute(select(purse_calls.c.channel_id, purse_calls.c.price)).all()
        under_way: dict[str, int] = {}
        for channel_id, price in prices:
            under_way[channel_id] = under_way.get(channel_id, 0) + int(price)
        return [_channel(row, under_way.get(row.channel_id, 0)) for row in rows]

    def change(self, channel: Digest, change: Callable[[OwnChannel], OwnChannel]) -> OwnChannel:
        """See `PurseBook.change`.

        Raises:
            ChannelUnknown: it was not opened from here.
        """
        with self._engine.begin() as connection:
            after = change(_locked(connection, channel))
            _write(connection, after)
            return after

    def begin_call(
        self, channel: Digest, sign: Sign, *, instead_of: PendingCall | None = None
    ) -> PendingCall:
        """See `PurseBook.begin_call`."""
        with self._engine.begin() as connection:
            after, call = sign(_locked(connection, channel))
            assert call.voucher is not None, "the purse pays by voucher"
            begun_at = self._clock.now_s()
            if instead_of is not None:
                begun_at = _forget(connection, instead_of) or begun_at
            _write(connection, after)
            connection.execute(
                insert(purse_calls).values(
                    nonce=call.nonce.hex,
                    channel_id=channel.hex,
                    price=str(call.voucher.price),
                    call=json.dumps(call.as_json()),
                    begun_at=begun_at,
                )
            )
            return call

    def end_call(self, call: PendingCall, charged: int) -> None:
        """See `PurseBook.end_call`."""
        assert call.voucher is not None, "the purse pays by voucher"
        with self._engine.begin() as connection:
            channel = _locked(connection, call.voucher.channel)
            if _forget(connection, call) is not None:
                total = str(channel.charged + charged)
                connection.execute(update(purse).where(_is(channel.id)).values(charged=total))

    def pending_calls(self, payer: Address) -> list[PendingCall]:
        """See `PurseBook.pending_calls`."""
        query = (
            select(purse_calls.c.call)
            .join(purse, purse.c.channel_id == purse_calls.c.channel_id)
            .where(purse.c.payer == payer)
            .order_by(purse_calls.c.begun_at, purse_calls.c.nonce)
        )
        with reading(self._engine) as connection:
            texts: Sequence[str] = connection.scalars(query).all()
        return [PendingCall.from_json(json.loads(text)) for text in texts]


def _is(channel: Digest) -> Any:
    return purse.c.channel_id == channel.hex


def _find(connection: Connection, channel: Digest, *, lock: bool) -> OwnChannel | None:
    query = select(purse).where(_is(channel))
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        return None
    prices = connection.scalars(
        select(purse_calls.c.price).where(purse_calls.c.channel_id == channel.hex)
    )
    return _channel(row, sum(map(int, prices)))


def _locked(connection: Connection, channel: Digest) -> OwnChannel:
    found = _find(connection, channel, lock=True)
    if found is None:
        raise ChannelUnknown(channel.hex)
    return found


def _write(connection: Connection, channel: OwnChannel) -> None:
    connection.execute(update(purse).where(_is(channel.id)).values(_changing(channel)))


def _forget(connection: Connection, call: PendingCall) -> int | None:
    """Delete a call; when it was begun, or None where it was not there."""
    which = purse_calls.c.nonce == call.nonce.hex
    begun_at = connection.scalar(select(purse_calls.c.begun_at).where(which))
    connection.execute(delete(purse_calls).where(which))
    return begun_at


def _fixed(channel: OwnChannel) -> dict[str, Any]:
    config = channel.config
    return {
        "channel_id": channel.id.hex,
        "chain_id": channel.chain_id,
        "payer": config.payer,
        "payer_authorizer": config.payer_authorizer,
        "receiver": config.receiver,
        "receiver_authorizer": config.receiver_authorizer,
        "token": config.token,
        "withdraw_delay_s": config.withdraw_delay_s,
        "salt": config.salt.hex,
        "opened_at": channel.opened_at,
    }


def _changing(channel: OwnChannel) -> dict[str, Any]:
    return {
        "url": channel.url,
        "deposited": str(channel.deposited),
        "charged": str(channel.charged),
        "signed": str(channel.signed),
        "signature": channel.signature.hex(),
        "state": channel.state.value,
        "deposit": json.dumps(channel.deposit.as_x402()) if channel.deposit else None,
    }


def _channel(row: Row[Any], under_way: int) -> OwnChannel:
    return OwnChannel(
        id=Digest.parse(row.channel_id),
        chain_id=row.chain_id,
        config=ChannelConfig(
            payer=Address(row.payer),
            payer_authorizer=Address(row.payer_authorizer),
            receiver=Address(row.receiver),
            receiver_authorizer=Address(row.receiver_authorizer),
            token=Address(row.token),
            withdraw_delay_s=row.withdraw_delay_s,
            salt=Digest.parse(row.salt),
        ),
        url=row.url,
        opened_at=row.opened_at,
        deposited=int(row.deposited),
        charged=int(row.charged),
        under_way=under_way,
        signed=int(row.signed),
        signature=bytes.fromhex(row.signature),
        state=PurseState(row.state),
        deposit=SignedDeposit.from_x402(json.loads(row.deposit)) if row.deposit else None,
    )
