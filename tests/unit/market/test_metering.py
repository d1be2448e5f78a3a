"""The rules of a paid call, driven through every order of events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assay.core.address import Address
from assay.core.chat import Message, TextRequest
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.market.calls import SignedCallRecord
from assay.market.errors import PaymentRefused, PaymentReused
from assay.market.metering import (
    Answer,
    CallRequest,
    CallState,
    PaidCall,
    Payment,
    ServedModel,
    Step,
)

TEXT = TextRequest((Message("user", "Hi"),), seed=4)
PROVIDER, PAYER = Address("0x" + "11" * 20), Address("0x" + "22" * 20)
PAYMENT = Payment(PAYER, Digest(b"\x03" * 32), PROVIDER, 10, 99, b"\x05" * 65, "header")


def fresh_call() -> PaidCall:
    request = CallRequest("tiny", TEXT, seed_given=True)
    served = ServedModel(Digest(b"\x01" * 32), Digest(b"\x02" * 32), "tiny", 10, PROVIDER)
    return PaidCall(PAYMENT, served, TEXT, request.digest, verified_at=1, from_block=2)


def answer_to(call: PaidCall) -> Answer:
    record = call.record_of("text", 1, 2, PROVIDER)
    return Answer("text", "stop", 1, 1, SignedCallRecord(record, b"\x00" * 65))


class Life(RuleBasedStateMachine):
    """What a service, a chain and a clock may do to a call, in any order."""

    @initialize()
    def begin(self) -> None:
        self.call = fresh_call()
        self.history: list[CallState] = [self.call.state]
        self.money_moved = False

    def become(self, call: PaidCall) -> None:
        self.call = call
        self.history.append(call.state)

    def next(self) -> Step | None:
        try:
            return self.call.next_step()
        except PaymentRefused:
            return None

    @precondition(lambda self: self.next() is Step.GENERATE)
    @rule()
    def answer(self) -> None:
        self.become(self.call.answered(answer_to(self.call)))

    @precondition(lambda self: self.next() is Step.SETTLE or self.call.state is CallState.VERIFIED)
    @rule()
    def settle(self) -> None:
        self.become(self.call.settling())

    @precondition(lambda self: self.call.state is CallState.SETTLING)
    @rule(outcome=st.sampled_from(["sent", "settled", "refused"]))
    def chain_answers(self, outcome: str) -> None:
        if outcome == "sent":
            self.become(self.call.sent("0xaa"))
        elif outcome == "settled":
            self.money_moved = True
            self.become(self.call.settled("0xbb"))
        else:
            self.become(self.call.refused())

    @precondition(lambda self: self.call.state is not CallState.SETTLED)
    @rule()
    def lapse(self) -> None:
        self.become(self.call.lapsed())

    @rule()
    def ask_again(self) -> None:
        assert self.next() is self.next()

    @invariant()
    def nothing_is_served_unpaid(self) -> None:
        if self.next() is Step.DELIVER:
            assert self.money_moved
            assert self.call.transaction

    @invariant()
    def nothing_is_charged_unserved(self) -> None:
        if self.money_moved:
            assert self.call.state is CallState.SETTLED
            assert self.next() in (Step.DELIVER, Step.GENERATE)

    @invariant()
    def nothing_is_charged_twice(self) -> None:
        after = self.history[self.history.index(CallState.SETTLED) :] if self.money_moved else []
        assert CallState.SETTLING not in after

    @invariant()
    def an_answer_is_never_lost(self) -> None:
        if CallState.GENERATED in self.history and self.call.state is not CallState.LAPSED:
            assert self.call.answer


TestLife = Life.TestCase


def test_a_payment_is_good_for_the_request_that_it_was_given_for_alone() -> None:
    call = fresh_call()
    other = CallRequest("tiny", replace(TEXT, seed=5), seed_given=True)

    call.check_same(PAYMENT, CallRequest("tiny", TEXT, seed_given=True))
    with pytest.raises(PaymentReused):
        call.check_same(PAYMENT, other)


def test_a_payment_with_another_signature_does_not_fetch_the_answer() -> None:
    forged = replace(PAYMENT, signature=b"\x06" * 65)

    with pytest.raises(PaymentReused):
        fresh_call().check_same(forged, CallRequest("tiny", TEXT, seed_given=True))


def test_a_seed_that_the_caller_left_open_does_not_tell_requests_apart() -> None:
    one = CallRequest("tiny", replace(TEXT, seed=1), seed_given=False)
    other = CallRequest("tiny", replace(TEXT, seed=2), seed_given=False)
    chosen = CallRequest("tiny", replace(TEXT, seed=1), seed_given=True)

    assert one.digest == other.digest
    assert one.digest != chosen.digest


def test_a_lapsed_call_is_refused() -> None:
    with pytest.raises(AssayError):
        fresh_call().lapsed().next_step()
