"""The book and the index that statements are made from, on both databases."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from assay.core.digest import Digest
from assay.ledger.arguments import encode_arguments
from assay.ledger.database import open_database
from assay.ledger.stored import blocks, events
from assay.market.channels.promise import SCHEME
from assay.market.channels.tables import channels, purse, vouchers
from assay.market.statements.errors import VoucherDamaged
from assay.market.statements.model import StatementLine
from assay.market.statements.period import Period
from assay.market.statements.stored import SqlOwnCharges, SqlPayerIndex, SqlStatementBook
from assay.market.statements.use_cases.make import StatementMaker
from assay.market.tables import batches, calls, payments
from tests.fakes.statements import (
    ALWAYS,
    CHANNEL,
    CONFIG,
    DOMAIN,
    PAYER,
    PROVIDER,
    STRANGER,
    History,
    digest_of,
)


@pytest.fixture
def engine(database_url: str) -> Any:
    engine = open_database(database_url)
    yield engine
    engine.dispose()


def config_columns() -> dict[str, Any]:
    return {
        "payer": CONFIG.payer,
        "payer_authorizer": CONFIG.payer_authorizer,
        "receiver": CONFIG.receiver,
        "receiver_authorizer": CONFIG.receiver_authorizer,
        "token": CONFIG.token,
        "withdraw_delay_s": CONFIG.withdraw_delay_s,
        "salt": CONFIG.salt.hex,
    }


def payment_row(line: StatementLine, state: str = "settled") -> dict[str, Any]:
    return {
        "payer": line.payer,
        "nonce": line.payment.hex,
        "scheme": line.scheme,
        "state": state,
        "recipient": line.provider,
        "amount": str(line.amount),
        "valid_before": 0,
        "signature": "",
        "header": "",
        "request": "{}",
        "request_digest": line.payment.hex,
        "service": line.payment.hex,
        "model": line.payment.hex,
        "model_name": "tiny",
        "price": str(line.amount),
        "provider": line.provider,
        "verified_at": line.time_s,
        "from_block": 0,
        "transaction_hash": line.transaction,
    }


def call_row(line: StatementLine, batch: int | None, position: int | None) -> dict[str, Any]:
    assert line.signed
    record = line.signed.record
    return {
        "record_cid": str(line.record),
        "payer": line.payer,
        "nonce": line.payment.hex,
        "provider": line.provider,
        "service": record.service.hex,
        "prompt_digest": record.prompt_digest.hex,
        "output_digest": record.output_digest.hex,
        "record": line.signed.encode().decode(),
        "text": "answer",
        "finish_reason": "stop",
        "prompt_tokens": 1,
        "completion_tokens": 1,
        "finished_at": record.finished_at,
        "batch": batch,
        "position": position,
    }


def voucher_row(line: StatementLine, state: str = "charged") -> dict[str, Any]:
    assert line.promise
    return {
        "channel_id": CHANNEL.hex,
        "max_claimable": str(line.promise.max_claimable),
        "digest": line.payment.hex,
        "signature": line.promise.signature.hex(),
        "request_digest": line.payment.hex,
        "state": state,
        "amount": str(line.amount),
        "owner": "worker",
        "expires_at": 0,
        "charged_at": line.time_s,
    }


def write(engine: Engine, history: History) -> None:
    """Put a history into the tables as a provider has it."""
    sums = ("balance", "claimed", "withdrawal", "charged", "reserved", "open", "refunding")
    channel = {
        "channel_id": CHANNEL.hex,
        **config_columns(),
        **dict.fromkeys((*sums, "signed"), "0"),
        **dict.fromkeys(("withdrawal_at", "refund_nonce", "block", "updated_at"), 0),
        "signature": "",
    }
    places = {
        signed.cid: (batch.number, position)
        for batch, records in history.batches
        for position, signed in enumerate(records)
    }
    recorded = [line for line in history.lines if line.signed]
    promised = [line for line in history.lines if line.promise]
    with engine.begin() as connection:
        connection.execute(insert(channels).values(channel))
        if promised:
            connection.execute(insert(vouchers), [voucher_row(line) for line in promised])
        for batch, _records in history.batches:
            row = {
                "provider": batch.provider,
                "number": batch.number,
                "root": Digest(batch.root).hex,
                "calls": batch.calls,
                "transaction_hash": batch.transaction,
            }
            connection.execute(insert(batches).values(row))
        if recorded:
            connection.execute(insert(payments), [payment_row(line) for line in recorded])
            rows = [
                call_row(line, *places.get(line.signed.cid, (None, None)))
                for line in recorded
                if line.signed
            ]
            connection.execute(insert(calls), rows)


def usual_history() -> History:
    history = History()
    history.pay_exactly(10_000, 100)
    history.pay_by_voucher(2_000, 200)
    history.pay_by_voucher(500, 300, price=2_000)
    history.anchor_all()
    history.pay_by_voucher(7, 400, record=False)
    history.pay_exactly(20_000, 500)
    history.pay_by_voucher(3_000, 600)
    return history


def made(engine: Engine, period: Period = ALWAYS, *, payer: Any = PAYER.address) -> Any:
    maker = StatementMaker(
        PROVIDER.address,
        payer,
        period,
        book=SqlStatementBook(engine),
        domain=DOMAIN,
        digest=digest_of,
    )
    statement = maker.statement()
    assert maker.count() == len(statement.lines)
    return statement


def test_the_tables_give_the_statement_of_what_happened(engine: Engine) -> None:
    history = usual_history()
    write(engine, history)

    assert made(engine) == history.statement()
    assert made(engine, payer=None) == history.statement()
    assert history.check(made(engine)).faults == ()


def test_a_period_takes_its_part_with_the_same_positions(engine: Engine) -> None:
    history = usual_history()
    write(engine, history)
    period = Period(300, 600)

    statement = made(engine, period)

    assert statement == history.statement(period)
    assert [line.time_s for line in statement.lines] == [300, 400, 500]


def test_another_payer_or_provider_has_no_part_in_it(engine: Engine) -> None:
    write(engine, usual_history())

    assert made(engine, payer=STRANGER.address).lines == ()


def test_what_is_not_charged_for_good_is_not_billed(engine: Engine) -> None:
    history = usual_history()
    write(engine, history)
    last, exact = history.lines[-1], history.lines[0]
    with engine.begin() as connection:
        is_last = vouchers.c.digest == last.payment.hex
        connection.execute(update(vouchers).where(is_last).values(state="open"))
        is_exact = payments.c.nonce == exact.payment.hex
        connection.execute(update(payments).where(is_exact).values(state="generated"))

    maker_lines = list(SqlStatementBook(engine).lines(PROVIDER.address, None, ALWAYS))

    shown = {booked.line.payment for booked in maker_lines}
    assert last.payment not in shown
    assert exact.payment not in shown
    assert len(shown) == len(history.lines) - 2


def test_a_batch_that_is_not_on_chain_proves_nothing_yet(engine: Engine) -> None:
    write(engine, usual_history())
    with engine.begin() as connection:
        connection.execute(update(batches).values(transaction_hash=None))

    statement = made(engine)

    assert all(line.batch is None and line.proof == () for line in statement.lines)
    assert statement.anchor.batches == ()


def test_a_damaged_voucher_is_named_and_hides_no_other(engine: Engine) -> None:
    history = usual_history()
    write(engine, history)
    second, third = history.lines[1], history.lines[2]
    with engine.begin() as connection:
        is_second = vouchers.c.digest == second.payment.hex
        connection.execute(update(vouchers).where(is_second).values(signature="zz"))
    book = SqlStatementBook(engine)

    with pytest.raises(VoucherDamaged):
        book.promise(PAYER.address, PROVIDER.address, second.payment)

    promise = book.promise(PAYER.address, PROVIDER.address, third.payment)
    assert promise
    assert third.promise
    assert promise.max_claimable == third.promise.max_claimable == 4_000


def test_the_index_tells_of_a_payers_transfers_and_channels(engine: Engine) -> None:
    def word(address: str) -> str:
        return "0x" + address[2:].lower().rjust(64, "0")

    nonce = Digest.of(b"nonce")
    rows = [
        ("AssayToken", "AuthorizationUsed", word(PAYER.address), nonce.hex, None, 10),
        ("AssayToken", "AuthorizationUsed", word(STRANGER.address), nonce.hex, None, 10),
        ("AssayToken", "AuthorizationUsed", word(PAYER.address), nonce.hex, None, 11),
        (
            "BatchSettlement",
            "ChannelOpened",
            CHANNEL.hex,
            word(PAYER.address),
            word(PROVIDER.address),
            10,
        ),
        ("BatchSettlement", "Claimed", CHANNEL.hex, None, None, 11),
        ("BatchSettlement", "Claimed", nonce.hex, None, None, 11),
    ]
    with engine.begin() as connection:
        for number in (10, 11):
            connection.execute(
                insert(blocks).values(
                    number=number, hash="0x1", parent_hash="0x0", timestamp=1_000 * number
                )
            )
        for index, (contract, name, subject, second, third, block) in enumerate(rows):
            connection.execute(
                insert(events).values(
                    block_number=block,
                    log_index=index,
                    address="0x1",
                    contract=contract,
                    name=name,
                    subject=subject,
                    second_topic=second,
                    third_topic=third,
                    transaction_hash=f"0x{index}",
                    arguments=encode_arguments({"nonce": nonce.raw}),
                )
            )
    index = SqlPayerIndex(engine)

    seen = index.payments(PAYER.address, Period(10_000, 11_000))

    assert [(one.nonce, one.transaction, one.time_s) for one in seen] == [(nonce, "0x0", 10_000)]
    assert index.channels(PAYER.address, PROVIDER.address) == [CHANNEL]
    assert index.channels(PROVIDER.address, PAYER.address) == []
    assert index.claims(CHANNEL) == ["0x4"]


def test_the_purse_says_what_its_owner_saw_charged(engine: Engine) -> None:
    row = {
        "channel_id": CHANNEL.hex,
        "chain_id": 31337,
        "url": "http://127.0.0.1:8000",
        **config_columns(),
        "deposited": "100",
        "charged": "42",
        "signed": "50",
        "signature": "",
        "state": "open",
        "opened_at": 0,
    }
    with engine.begin() as connection:
        connection.execute(insert(purse).values(row))
    other = Digest.of(b"other")

    assert SqlOwnCharges(engine).charged([CHANNEL, other]) == {CHANNEL: 42}
    assert SqlOwnCharges(engine).charged([other]) == {}


def test_a_long_statement_is_made_in_seconds(engine: Engine) -> None:
    lines = 600
    history = History()
    for number in range(lines):
        history.pay_by_voucher(100, 1_000 + number)
    history.anchor_all()
    write(engine, history)

    started_s = time.process_time()
    statement = made(engine)
    document = json.dumps(statement.as_json())
    spent_s = time.process_time() - started_s

    assert statement.total == 100 * lines
    assert {line.scheme for line in statement.lines} == {SCHEME}
    assert len(document) < lines * 4_000
    assert spent_s < lines * 0.002  # 20 s for ten thousand; usually a quarter of it
