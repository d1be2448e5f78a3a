"""Statements as documents: what both sides print, and what is refused as one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.digest import Digest
from assay.market.statements.errors import StatementMalformed
from assay.market.statements.model import CSV_FIELDS, Statement, csv_rows
from assay.market.statements.period import Period
from tests.fakes.statements import History

charges = st.lists(
    st.tuples(
        st.sampled_from(["exact", "voucher", "metered", "partial"]),
        st.integers(1, 10**15),
        st.integers(0, 5_000),
    ),
    max_size=12,
)


def history_of(drawn: list[tuple[str, int, int]]) -> History:
    history = History()
    for kind, amount, time_s in drawn:
        match kind:
            case "exact":
                history.pay_exactly(amount, time_s)
            case "voucher":
                history.pay_by_voucher(amount, time_s)
            case "metered":
                history.pay_by_voucher(amount, time_s, record=False)
            case "partial":
                history.pay_by_voucher(amount // 2, time_s, price=amount)
        if amount % 3 == 0:
            history.anchor_all()
    return history


def small_history() -> History:
    history = History()
    history.pay_exactly(10_000, 100)
    history.pay_by_voucher(2_000, 200)
    history.pay_by_voucher(500, 300, price=2_000)
    history.pay_by_voucher(7, 400, record=False)
    history.anchor_all()
    history.pay_exactly(10_000, 500)
    return history


@given(charges)
def test_the_total_is_the_sum_of_all_charges(drawn: list[tuple[str, int, int]]) -> None:
    statement = history_of(drawn).statement()

    charged = [amount // 2 if kind == "partial" else amount for kind, amount, _time in drawn]
    assert statement.total == sum(charged)
    assert len(statement.lines) == len(drawn)


@given(charges, st.integers(0, 5_000))
def test_the_statements_of_two_neighbouring_periods_are_the_statement_of_both(
    drawn: list[tuple[str, int, int]], middle: int
) -> None:
    history = history_of(drawn)

    whole = history.statement(Period(0, 5_001))
    first, second = history.statement(Period(0, middle)), history.statement(Period(middle, 5_001))

    assert first.lines + second.lines == whole.lines
    assert first.total + second.total == whole.total


@given(charges)
def test_a_statement_is_read_as_it_was_written(drawn: list[tuple[str, int, int]]) -> None:
    statement = history_of(drawn).statement()

    document = json.loads(json.dumps(statement.as_json()))

    assert list(document) == ["lines", "total", "anchor"]
    assert Statement.from_json(document) == statement


def test_lines_are_in_the_order_of_time_and_show_how_they_were_paid() -> None:
    lines = small_history().statement().as_json()["lines"]

    shown = [(one["time"][11:19], one["amount"], one["scheme"], one["batch"]) for one in lines]
    assert shown == [
        ("00:01:40", "10000", "exact", 0),
        ("00:03:20", "2000", "batch-settlement", 0),
        ("00:05:00", "500", "batch-settlement", 0),
        ("00:06:40", "7", "batch-settlement", None),
        ("00:08:20", "10000", "exact", None),
    ]
    assert [line["record"] is None for line in lines] == [False, False, False, True, False]
    assert lines[0]["transaction"]
    assert lines[1]["voucher"]["position"] == "2000"
    assert lines[2]["voucher"]["maxClaimableAmount"] == "4000"


def test_the_lines_of_one_service_come_with_the_batches_that_they_are_in() -> None:
    statement = small_history().statement()

    ours = statement.only(service=Digest.of(b"service"))
    others = statement.only(service=Digest.of(b"another"))

    assert len(ours.lines) == 4
    assert [batch.number for batch in ours.anchor.batches] == [0]
    assert (others.lines, others.anchor.batches, others.total) == ((), (), 0)


def test_a_spreadsheet_has_a_row_for_each_line() -> None:
    rows = list(csv_rows(small_history().statement().lines))

    assert len(rows) == 5
    assert all(tuple(row) == CSV_FIELDS for row in rows)
    assert [row["amount"] for row in rows] == ["10000", "2000", "500", "7", "10000"]
    assert rows[3]["record"] == rows[3]["service"] == ""


def changed(path: tuple[str | int, ...], value: Any) -> Any:
    """A statement's document with one member replaced, or added."""
    document = json.loads(json.dumps(small_history().statement().as_json()))
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("total",), "1"),
        (("total",), 22_507),
        (("more",), 1),
        (("lines",), 5),
        (("lines", 0, "amount"), "9999"),
        (("lines", 0, "amount"), 10_000),
        (("lines", 0, "time"), "1970-01-01T00:01:40"),
        (("lines", 0, "record"), None),
        (("lines", 0, "service"), None),
        (("lines", 0, "payer"), "nobody"),
        (("lines", 0, "proof"), "0x"),
        (("lines", 0, "proof"), None),
        (("lines", 0, "batch"), "0"),
        (("lines", 0, "call"), {"assay": "call/1"}),
        (("lines", 1, "voucher"), {"channelId": 3}),
        (("lines", 1, "voucher", "maxClaimableAmount"), str(2**128)),
        (("lines", 1, "voucher", "channelConfig", "withdrawDelay"), 2**40),
        (("lines", 1, "voucher", "signature"), "0xzz"),
        (("lines", 1, "note"), "more"),
        (("anchor",), None),
        (("anchor", "chain_id"), "31337"),
        (("anchor", "batches", 0, "transaction"), None),
        (("anchor", "batches", 0, "calls"), "4"),
    ],
)
def test_a_document_that_is_not_in_its_one_form_is_refused(
    path: tuple[str | int, ...], value: Any
) -> None:
    with pytest.raises(StatementMalformed):
        Statement.from_json(changed(path, value))


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
def test_anything_that_is_no_statement_is_refused(value: Any) -> None:
    for document in (value, {"lines": value, "total": value, "anchor": value}):
        with pytest.raises(StatementMalformed):
            Statement.from_json(document)
