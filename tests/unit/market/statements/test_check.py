"""What a payer finds in a statement: nothing in an honest one, and every way of cheating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.digest import Digest
from assay.market.statements.model import Statement, StatementLine
from assay.market.statements.period import Period
from tests.fakes.statements import (
    STRANGER,
    History,
    signed_record,
)

charges = st.lists(
    st.tuples(
        st.sampled_from(["exact", "voucher", "metered", "partial"]),
        st.integers(2, 10**9),
        st.integers(0, 100_000),
    ),
    min_size=1,
    max_size=10,
)


def history_of(drawn: Sequence[tuple[str, int, int]]) -> History:
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
    history.anchor_all()
    history.claimed_sum = history.charged_sum // 2
    return history


def usual_history() -> History:
    return history_of(
        [
            ("exact", 10_000, 100),
            ("voucher", 2_000, 200),
            ("voucher", 3_000, 300),
            ("exact", 20_000, 400),
            ("partial", 4_000, 500),
            ("metered", 70, 600),
            ("voucher", 5_000, 700),
        ]
    )


def with_line(statement: Statement, place: int, line: StatementLine) -> Statement:
    lines = list(statement.lines)
    lines[place] = line
    return replace(statement, lines=tuple(lines))


@given(charges, st.integers(0, 100_000), st.integers(0, 100_000))
@settings(max_examples=40)
def test_an_honest_provider_is_never_accused(
    drawn: list[tuple[str, int, int]], one: int, two: int
) -> None:
    history = history_of(sorted(drawn, key=lambda charge: charge[2]))
    period = Period(min(one, two), max(one, two) + 1)

    checked = history.check(history.statement(period), period)

    assert checked.faults == ()


@given(charges)
@settings(max_examples=40)
def test_vouchers_whose_answers_were_complete_in_another_order_are_no_fault(
    drawn: list[tuple[str, int, int]],
) -> None:
    history = history_of(drawn)  # times in any order: a long answer ends after later ones
    period = Period(20_000, 60_000)

    assert history.check(history.statement(period), period).faults == ()


@given(charges, st.data())
@settings(max_examples=60)
def test_a_line_that_is_left_out_is_found(
    drawn: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    history = history_of(drawn)
    cheating = deepcopy(history)
    del cheating.lines[data.draw(st.integers(0, len(drawn) - 1))]

    checked = cheating.check(cheating.statement(), truth=history)

    assert checked.faults


@given(charges, st.data())
@settings(max_examples=60)
def test_a_line_that_is_left_out_with_the_sums_made_to_fit_is_found(
    drawn: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    history = history_of(drawn)
    place = data.draw(st.integers(0, len(drawn) - 1))
    cheating = deepcopy(history)
    gone = cheating.lines.pop(place)
    if gone.promise:
        for later, line in enumerate(cheating.lines[place:], start=place):
            if line.promise:
                moved = replace(line.promise, position=line.promise.position - gone.amount)
                cheating.lines[later] = replace(line, promise=moved)

    assert cheating.check(cheating.statement(), truth=history).faults


@given(charges, st.data())
@settings(max_examples=60)
def test_a_line_that_is_there_twice_is_found(
    drawn: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    history = history_of(drawn)
    cheating = deepcopy(history)
    cheating.lines.append(data.draw(st.sampled_from(history.lines)))

    checked = cheating.check(cheating.statement(), truth=history)

    assert any("billed 2 times" in fault for fault in checked.faults)


@given(charges, st.data(), st.integers(1, 10**6))
@settings(max_examples=60)
def test_an_inflated_line_is_found_also_if_the_provider_signs_and_anchors_it_anew(
    drawn: list[tuple[str, int, int]], data: st.DataObject, more: int
) -> None:
    kinds = [kind for kind, _amount, _time in drawn]
    place = data.draw(st.integers(0, len(drawn) - 1))
    if kinds[place] == "partial":
        more += drawn[place][1]  # up to its price the payer has agreed
    history = history_of(drawn)
    cheating = deepcopy(history)
    line = cheating.lines[place]
    amount = line.amount + more
    inflated = replace(line, amount=amount)
    if line.signed:
        inflated = replace(inflated, signed=signed_record(amount, line.payment, line.time_s))
    if line.promise:
        grown = replace(line.promise, amount=amount, position=line.promise.position + more)
        inflated = replace(inflated, promise=grown)
    cheating.lines[place] = inflated
    cheating.batches.clear()
    cheating.anchor_all()

    assert cheating.check(cheating.statement(), truth=_anchored_as(cheating, history)).faults


def _anchored_as(cheating: History, history: History) -> History:
    """What really happened, on a chain that took what the cheating provider anchored."""
    truth = deepcopy(history)
    truth.batches = cheating.batches
    return truth


Tampering = Callable[[History, Statement], Statement]


def tamper(place: int, **changes: object) -> Tampering:
    return lambda _history, made: with_line(
        made,
        place,
        replace(made.lines[place], **changes),  # type: ignore[arg-type]
    )


def tamper_promise(place: int, **changes: object) -> Tampering:
    def change(_history: History, made: Statement) -> Statement:
        line = made.lines[place]
        assert line.promise
        promise = replace(line.promise, **changes)  # type: ignore[arg-type]
        return with_line(made, place, replace(line, promise=promise))

    return change


def tamper_batch(**changes: object) -> Tampering:
    def change(_history: History, made: Statement) -> Statement:
        batch = replace(made.anchor.batches[0], **changes)  # type: ignore[arg-type]
        return replace(made, anchor=replace(made.anchor, batches=(batch,)))

    return change


def tamper_anchor(**changes: object) -> Tampering:
    return lambda _history, made: replace(
        made,
        anchor=replace(made.anchor, **changes),  # type: ignore[arg-type]
    )


def steal_record(_history: History, made: Statement) -> Statement:
    """A good record of another call beside the payment."""
    return with_line(made, 1, replace(made.lines[1], signed=made.lines[2].signed))


def forge_record(_history: History, made: Statement) -> Statement:
    signed = made.lines[1].signed
    assert signed
    forged = replace(signed, signature=signed.signature[:-2] + b"\x00\x1b")
    return with_line(made, 1, replace(made.lines[1], signed=forged))


def invent_call(_history: History, made: Statement) -> Statement:
    """A signed record of a call that nobody paid for."""
    signed = signed_record(9, Digest.of(b"invented"), 650)
    invented = replace(
        made.lines[0],
        signed=signed,
        amount=9,
        payment=signed.record.payment_nonce,
        time_s=650,
        batch=None,
        proof=(),
    )
    lines = (*made.lines, invented)
    return replace(made, lines=tuple(sorted(lines, key=lambda line: line.order)))


def swap_lines(_history: History, made: Statement) -> Statement:
    return replace(made, lines=tuple(reversed(made.lines)))


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (tamper(1, amount=1_999), "something else than its record"),
        (tamper(1, time_s=201), "something else than its record"),
        (tamper(1, payer=STRANGER.address), "another payer"),
        (tamper(1, scheme="exact"), "did not move this sum"),
        (tamper(1, scheme="upto"), "shows no payment"),
        (tamper(0, transaction="0x" + "11" * 32), "did not move this sum"),
        (tamper(0, signed=None), "shows no payment"),
        (tamper(1, proof=()), "no path leads"),
        (tamper(1, batch=5), "not on the statement"),
        (tamper(1, promise=None), "shows no payment"),
        (tamper_promise(1, max_claimable=1), "the voucher's digest"),
        (tamper_promise(1, signature=bytes(65)), "has not signed"),
        (tamper_promise(1, amount=1_999), "were charged to the voucher"),
        (tamper_promise(2, position=4_000), "charged over another"),
        (tamper_promise(1, position=2_001), "the voucher allows less"),
        (tamper_promise(1, channel=Digest.of(b"other")), "digest"),
        (tamper_batch(root=bytes(32)), "not what the chain has anchored"),
        (tamper_batch(calls=1), "not what the chain has anchored"),
        (tamper_batch(transaction="0x" + "22" * 32), "not what the chain has anchored"),
        (tamper_anchor(chain_id=1), "anchored on chain 1"),
        (tamper_anchor(contract=STRANGER.address), "it is anchored on chain"),
        (tamper_anchor(provider=STRANGER.address), "it is of the provider"),
        (steal_record, "something else than its record"),
        (forge_record, "signature does not hold"),
        (invent_call, "did not move this sum"),
        (swap_lines, "not in the order of time"),
    ],
)
def test_each_way_of_tampering_is_named(tampering: Tampering, fault: str) -> None:
    history = usual_history()

    checked = history.check(tampering(history, history.statement()))

    assert any(fault in one for one in checked.faults), checked.faults


def test_a_voucher_signed_by_somebody_else_does_not_pay() -> None:
    history = usual_history()
    made = history.statement()
    line = made.lines[1]
    assert line.promise
    signature = STRANGER.sign_digest(line.payment.raw)
    forged = with_line(made, 1, replace(line, promise=replace(line.promise, signature=signature)))

    assert any("has not signed" in fault for fault in history.check(forged).faults)


def test_a_charge_in_a_channel_that_the_payer_did_not_open_is_refused() -> None:
    history = usual_history()
    made = history.statement()
    line = made.lines[1]
    assert line.promise
    config = replace(line.promise.config, payer=STRANGER.address)
    other = with_line(made, 1, replace(line, promise=replace(line.promise, config=config)))

    assert history.check(other).faults


def test_a_line_of_the_neighbouring_period_explains_a_transfer_of_this_one() -> None:
    history = History()
    history.pay_exactly(10_000, 99_999, settled_s=100_001)
    period = Period(100_000, 200_000)

    checked = history.check(history.statement(period), period)

    assert checked.faults == ()
    assert history.windows


def test_neighbours_are_not_asked_for_while_everything_is_explained() -> None:
    history = usual_history()

    assert history.check(history.statement()).faults == ()
    assert history.windows == []


def test_a_neighbouring_line_has_to_hold_as_well() -> None:
    history = History()
    history.pay_exactly(10_000, 99_999, settled_s=100_001)
    period = Period(100_000, 200_000)
    cheating = deepcopy(history)
    signed = cheating.lines[0].signed
    assert signed
    unsigned = replace(signed, signature=bytes(65))
    cheating.lines[0] = replace(cheating.lines[0], signed=unsigned)

    checked = cheating.check(cheating.statement(period), period, truth=history)

    assert any(fault.startswith("on a neighbouring statement") for fault in checked.faults)


def test_a_line_of_this_period_cannot_hide_on_a_neighbouring_statement() -> None:
    history = History()
    history.pay_exactly(10_000, 150_000)
    period = Period(100_000, 200_000)
    empty = replace(history.statement(period), lines=())

    assert history.check(empty, period).faults


def test_a_claim_beyond_what_is_billed_is_found() -> None:
    history = usual_history()
    history.claimed_sum = history.charged_sum + 1

    checked = history.check(history.statement())

    assert any("were claimed from" in fault for fault in checked.faults)
    assert checked.channels[0].billed == history.charged_sum


def test_what_a_channel_holds_is_shown_beside_the_statement() -> None:
    history = usual_history()

    (account,) = history.check(history.statement()).channels

    assert (account.billed, account.charged) == (history.charged_sum, history.charged_sum)
    assert account.claimed == history.charged_sum // 2
    assert account.fault == ""


def test_a_stream_that_broke_off_is_billed_for_what_was_served() -> None:
    history = History()
    history.pay_by_voucher(3_000, 100, price=10_000)
    history.pay_by_voucher(0, 200, price=12_000)
    history.pay_by_voucher(10_000, 300)

    made = history.statement()

    assert [line.amount for line in made.lines] == [3_000, 0, 10_000]
    assert history.check(made).faults == ()
