"""The voucher engine on both databases, with payers' real signatures and a contract in memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any

import pytest

from assay.core.address import Address
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from assay.errors import AssayError
from assay.ledger.database import open_database
from assay.market.channels.account import Charge, Judged, Worker
from assay.market.channels.engine import Paid, Patience, VoucherEngine
from assay.market.channels.errors import CallUnderWay, VoucherRefused
from assay.market.channels.funds import ChannelFunds
from assay.market.channels.model import (
    NOBODY,
    Channel,
    ChannelConfig,
    SettlementDomain,
    VoucherState,
)
from assay.market.channels.payload import ChannelPayment, PaymentKind
from assay.market.channels.ports import Deposit
from assay.market.channels.reasons import Refusal
from assay.market.channels.steps import Act, Step
from assay.market.channels.stored import SqlChannelBook
from assay.market.errors import IdentifierReused, ServiceFailed
from tests.fakes.payers import DOMAIN, ORDER, TERMS, PaidInContract, Payer

PRICE = 10
REQUEST, OTHER_REQUEST = Digest.of(b"one"), Digest.of(b"other")
QUICK = Patience(wait_s=0.5, fresh_s=60.0, lease_s=2)


class House:
    """One worker of a provider."""

    def __init__(self, url: str, chain: PaidInContract, patience: Patience = QUICK) -> None:
        self.chain = chain
        self.database = open_database(url)
        self.book = SqlChannelBook(self.database)
        self.engine = VoucherEngine(
            terms=TERMS, book=self.book, chain=chain, clock=SystemClock(), patience=patience
        )
        self.funds = ChannelFunds(self.engine, self.book, chain, wait_s=patience.wait_s)

    async def reserve(
        self, payment: ChannelPayment, request: Digest = REQUEST, name: str | None = None
    ) -> Judged:
        order = await self.engine.order(payment, request, PRICE, name)
        return await self.engine.reserve(order)

    async def serve(
        self, payment: ChannelPayment, request: Digest = REQUEST, name: str | None = None
    ) -> Judged:
        order = await self.engine.order(payment, request, PRICE, name)
        judged = await self.engine.reserve(order)
        if judged.entry and judged.entry.state is VoucherState.CHARGED:
            return judged
        return await self.engine.charge(order, Charge(PRICE, response=request.raw))

    def channel(self, payment: ChannelPayment) -> Channel:
        found = self.book.find(payment.channel)
        assert found is not None
        return found

    def close(self) -> None:
        self.engine.close()
        self.book.close()
        self.database.dispose()


@pytest.fixture
def chain() -> PaidInContract:
    return PaidInContract()


@pytest.fixture
def house(database_url: str, chain: PaidInContract) -> Iterator[House]:
    house = House(database_url, chain)
    yield house
    house.close()


@asynccontextmanager
async def refused(refusal: Refusal) -> AsyncIterator[None]:
    with pytest.raises(VoucherRefused) as caught:
        yield
    assert caught.value.refusal is refusal


def resigned(payment: ChannelPayment, signature: bytes) -> ChannelPayment:
    return replace(payment, voucher=replace(payment.voucher, signature=signature))


async def test_a_voucher_pays_once_and_then_answers_for_its_request_alone(house: House) -> None:
    payment = Payer(1).pay(PRICE)

    first, again = await house.serve(payment), await house.serve(payment)
    async with refused(Refusal.SUM):
        await house.serve(payment, OTHER_REQUEST)

    assert first.entry is not None
    assert again.entry is not None
    assert again.entry.response == first.entry.response == REQUEST.raw
    assert again.entry.charged_total == PRICE
    assert house.channel(payment).charged == PRICE


@pytest.mark.parametrize("known", [False, True])
async def test_a_voucher_that_its_payer_did_not_sign_is_refused(house: House, known: bool) -> None:
    payer = Payer(1)
    if known:
        await house.serve(payer.pay(PRICE))
    good = payer.pay(2 * PRICE)
    s = int.from_bytes(good.voucher.signature[32:64], "big")
    forged = {
        "another payer's": Payer(2).sign(good.voucher.digest(DOMAIN).raw),
        "for another sum": payer.pay(3 * PRICE).voucher.signature,
        "for another channel": payer.pay(2 * PRICE, salt=9).voucher.signature,
        "for another chain": payer.voucher(
            good.channel, 2 * PRICE, replace(DOMAIN, chain_id=1)
        ).signature,
        "for another contract": payer.voucher(
            good.channel, 2 * PRICE, SettlementDomain(31337, Address("0x" + "11" * 20))
        ).signature,
        "with the other v": good.voucher.signature[:64] + bytes([55 - good.voucher.signature[64]]),
        "mirrored": good.voucher.signature[:32]
        + (ORDER - s).to_bytes(32, "big")
        + bytes([55 - good.voucher.signature[64]]),
        "of zeros": bytes(64) + b"\x1b",
        "of ones": b"\xff" * 64 + b"\x1b",
    }

    for name, signature in forged.items():
        with pytest.raises(VoucherRefused) as caught:
            await house.serve(resigned(good, signature))
        assert caught.value.refusal is Refusal.SIGNATURE, name
    assert (await house.serve(good)).lacks is None


async def test_a_payer_without_a_key_is_asked_on_the_chain(
    house: House, chain: PaidInContract
) -> None:
    config = Payer(1).config(payer_authorizer=NOBODY)
    voucher = Payer(1).voucher(config.channel_id(DOMAIN), PRICE)
    payment = ChannelPayment(PaymentKind.VOUCHER, config, replace(voucher, signature=b"wallet"))
    asked: list[tuple[ChannelConfig, Digest, bytes]] = []

    def approve(*given: Any) -> bool:
        asked.append(given)
        return bool(given[2] == b"wallet")

    chain.approves = approve
    judged = await house.serve(payment)
    async with refused(Refusal.SIGNATURE):
        await house.serve(resigned(payment, b"stranger"))

    assert judged.lacks is None
    assert asked[0] == (config, voucher.digest(DOMAIN), b"wallet")


async def test_more_than_the_channel_holds_is_refused_after_another_look(
    house: House, chain: PaidInContract
) -> None:
    payer = Payer(1)
    chain.change(payer.pay(1).channel, balance=25)
    await house.serve(payer.pay(PRICE))

    async with refused(Refusal.ABOVE_BALANCE):
        await house.serve(payer.pay(3 * PRICE), OTHER_REQUEST)
    chain.change(payer.pay(1).channel, balance=30)
    judged = await house.serve(payer.pay(3 * PRICE), OTHER_REQUEST)

    assert judged.lacks is None


async def test_a_channel_that_the_chain_does_not_know_is_refused_and_not_kept(
    house: House, chain: PaidInContract
) -> None:
    chain.default = None

    async with refused(Refusal.UNKNOWN_CHANNEL):
        await house.serve(Payer(1).pay(PRICE))

    assert house.book.find(Payer(1).pay(1).channel) is None


async def test_an_announced_withdrawal_is_noticed_when_the_state_is_old(
    database_url: str, chain: PaidInContract
) -> None:
    house = House(database_url, chain, replace(QUICK, fresh_s=0.05))
    payment = Payer(1).pay(PRICE)
    await house.serve(payment)
    chain.change(payment.channel, balance=100, withdrawal=80)
    await asyncio.sleep(0.3)

    async with refused(Refusal.ABOVE_BALANCE):
        await house.serve(Payer(1).pay(3 * PRICE), OTHER_REQUEST)
    judged = await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    assert judged.lacks is None
    house.close()


async def test_while_the_chain_is_away_known_channels_are_served_for_a_while(
    database_url: str, chain: PaidInContract
) -> None:
    house = House(database_url, chain, replace(QUICK, fresh_s=0.2))
    await house.serve(Payer(1).pay(PRICE))
    chain.outage = ServiceFailed("node", "away")
    await asyncio.sleep(0.25)

    judged = await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)
    await asyncio.sleep(0.5)
    with pytest.raises(ServiceFailed):
        await house.serve(Payer(1).pay(3 * PRICE), REQUEST)
    with pytest.raises(ServiceFailed):
        await house.serve(Payer(2).pay(PRICE))

    assert judged.lacks is None
    house.close()


async def test_many_new_channels_are_read_together(house: House, chain: PaidInContract) -> None:
    payments = [Payer(number).pay(PRICE) for number in range(100)]

    await asyncio.gather(*(house.serve(payment) for payment in payments))

    assert sum(chain.reads) == 100
    assert len(chain.reads) < 10


async def test_a_thousand_channels_at_once_are_each_charged_once(house: House) -> None:
    payments = [Payer(number).pay(PRICE) for number in range(1000)]

    judged = await asyncio.gather(*(house.serve(payment) for payment in payments))

    assert all(each.lacks is None for each in judged)
    assert {house.channel(payment).charged for payment in payments} == {PRICE}


async def test_one_voucher_at_two_workers_is_served_by_one_and_answered_by_both(
    database_url: str, chain: PaidInContract, house: House
) -> None:
    other = House(database_url, chain)
    payment = Payer(1).pay(PRICE)

    judged = await asyncio.gather(
        *(each.serve(payment) for each in (house, other) for _ in range(5))
    )

    assert {each.entry.response for each in judged if each.entry} == {REQUEST.raw}
    assert house.channel(payment).charged == PRICE
    other.close()


async def test_a_call_waits_for_those_under_way_and_is_served_after_them(house: House) -> None:
    first = await house.engine.order(Payer(1).pay(PRICE), REQUEST, PRICE)
    await house.engine.reserve(first)

    waiting = asyncio.create_task(house.serve(Payer(1).pay(2 * PRICE - 1), OTHER_REQUEST))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await house.engine.release(first)

    assert (await waiting).lacks is None


async def test_waiting_has_an_end_that_tells_the_sum_to_sign(house: House) -> None:
    first = Payer(1).pay(PRICE)
    await house.reserve(first)
    began = time.monotonic()

    with pytest.raises(VoucherRefused) as caught:
        await house.serve(first, OTHER_REQUEST)

    assert 0.4 < time.monotonic() - began < 3
    assert caught.value.refusal is Refusal.SUM
    assert caught.value.channel is not None
    assert (caught.value.channel.charged, caught.value.channel.reserved) == (0, PRICE)


async def test_a_repeated_request_is_not_told_to_sign_anew_while_it_is_served(
    house: House,
) -> None:
    payment = Payer(1).pay(PRICE)
    await house.reserve(payment)

    with pytest.raises(CallUnderWay):
        await house.serve(payment)


async def test_a_lease_is_renewed_while_its_worker_lives_and_ends_when_it_does_not(
    database_url: str, chain: PaidInContract, house: House
) -> None:
    patience = replace(QUICK, lease_s=2, wait_s=1.0)
    dying, heir = House(database_url, chain, patience), House(database_url, chain, patience)
    payment = Payer(1).pay(PRICE)
    await dying.reserve(payment)
    await asyncio.sleep(3.0)

    with pytest.raises(CallUnderWay):
        await heir.serve(payment)
    dying.engine.close()  # its thread is gone, as if the process were
    await asyncio.sleep(3.0)
    judged = await heir.serve(payment)

    assert judged.lacks is None
    assert heir.channel(payment).charged == PRICE
    assert heir.channel(payment).reserved == 0
    for each in (dying, heir):
        each.close()


async def test_a_repeated_identifier_is_answered_and_never_passed_to_another_request(
    house: House,
) -> None:
    name = "pay_0123456789abcdef"
    first = await house.serve(Payer(1).pay(PRICE), REQUEST, name)

    again = await house.serve(Payer(1).pay(2 * PRICE), REQUEST, name)
    with pytest.raises(IdentifierReused):
        await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST, name)

    assert first.entry is not None
    assert again.entry is not None
    assert again.entry.digest == first.entry.digest
    assert house.channel(Payer(1).pay(1)).charged == PRICE


async def test_a_batch_in_process_is_charged_in_one_go_and_says_who_was_not(
    house: House,
) -> None:
    good = [Paid(Payer(1).pay(n * PRICE), Digest.of(b"%d" % n), PRICE) for n in range(1, 4)]
    forged = Paid(resigned(Payer(2).pay(PRICE), Payer(3).sign(bytes(32))), REQUEST, PRICE)
    short = Paid(Payer(4).pay(PRICE - 1), REQUEST, PRICE)
    used = Paid(Payer(1).pay(PRICE), OTHER_REQUEST, PRICE)

    pay = house.engine.pay([*good, forged, short, used])
    outcomes = await asyncio.to_thread(pay.result)

    charged = [isinstance(each, Judged) and each.lacks is None for each in outcomes]
    assert charged == [True, True, True, False, False, False]
    assert isinstance(outcomes[3], VoucherRefused)
    assert house.channel(Payer(1).pay(1)).charged == 3 * PRICE


async def test_of_a_batch_the_voucher_to_claim_with_is_checked_to_its_last_byte(
    house: House,
) -> None:
    await house.serve(Payer(1).pay(PRICE))
    top = Payer(1).pay(3 * PRICE)
    odd = resigned(top, top.voucher.signature[:64] + bytes([55 - top.voucher.signature[64]]))
    batch = [Paid(Payer(1).pay(2 * PRICE), OTHER_REQUEST, PRICE), Paid(odd, REQUEST, PRICE)]

    outcomes = await asyncio.to_thread(house.engine.pay(batch).result)

    assert isinstance(outcomes[0], Judged)
    assert isinstance(outcomes[1], VoucherRefused)
    signature = house.channel(top).signature
    assert signature == Payer(1).pay(2 * PRICE).voucher.signature


async def test_a_batch_whose_largest_voucher_is_not_covered_keeps_none_that_cannot_be_claimed(
    house: House,
) -> None:
    await house.serve(Payer(1).pay(PRICE))
    small = Payer(1).pay(2 * PRICE)
    odd = resigned(small, small.voucher.signature[:64] + bytes([55 - small.voucher.signature[64]]))
    above = Payer(1).pay(house.channel(small).chain.balance + 1)
    batch = [Paid(odd, OTHER_REQUEST, PRICE), Paid(above, REQUEST, PRICE)]

    outcomes = await asyncio.to_thread(house.engine.pay(batch).result)

    assert [isinstance(each, Judged) and each.lacks is None for each in outcomes] == [False, False]
    channel = house.channel(small)
    assert (channel.charged, channel.signed) == (PRICE, PRICE)
    assert channel.signature == Payer(1).pay(PRICE).voucher.signature


def depositing(payer: Payer, max_claimable: int, amount: int) -> ChannelPayment:
    payment = payer.pay(max_claimable)
    nonce = Digest.of(b"%d" % amount)
    deposit = Deposit(payment.config, amount, TERMS.erc3009_collector, b"", nonce)
    return replace(payment, kind=PaymentKind.DEPOSIT, deposit=deposit)


async def test_a_deposit_is_made_before_the_call_and_once(
    house: House, chain: PaidInContract
) -> None:
    chain.default = None
    payment = depositing(Payer(1), PRICE, 100)

    transaction = await house.funds.bring(payment, PRICE)
    repeated = await house.funds.bring(payment, PRICE)
    judged = await house.serve(payment)
    after = await house.funds.bring(payment, PRICE)

    assert transaction == repeated
    assert judged.lacks is None
    assert after is None, "its voucher has paid"
    assert house.channel(payment).chain.balance == 100


@pytest.mark.parametrize(
    ("max_claimable", "amount", "refusal"),
    [
        (PRICE, 100, Refusal.SUM),
        (200, 100, Refusal.ABOVE_BALANCE),
    ],
)
async def test_a_deposit_that_cannot_pay_for_the_call_costs_no_gas(
    house: House, chain: PaidInContract, max_claimable: int, amount: int, refusal: Refusal
) -> None:
    chain.change(Payer(1).pay(1).channel, balance=PRICE)
    await house.serve(Payer(1).pay(PRICE), OTHER_REQUEST)
    payment = depositing(Payer(1), max_claimable, amount)
    if refusal is Refusal.SUM:
        payment = replace(payment, voucher=Payer(1).pay(PRICE + 1).voucher)

    async with refused(refusal):
        await house.funds.bring(payment, PRICE)

    assert chain.deposits == {}


async def test_a_deposit_below_the_least_is_refused(
    database_url: str, chain: PaidInContract, house: House
) -> None:
    funds = ChannelFunds(house.engine, house.book, chain, least_deposit=500)

    async with refused(Refusal.DEPOSIT_TOO_SMALL):
        await funds.bring(depositing(Payer(1), PRICE, 499), PRICE)


async def test_a_refund_gives_back_what_was_not_charged_and_claims_the_rest(
    house: House, chain: PaidInContract
) -> None:
    payment = Payer(1).pay(PRICE)
    chain.change(payment.channel, balance=100)
    await house.serve(payment)

    refund = await house.funds.give_back(payment)

    assert refund.amount == 90
    assert chain.state(payment.channel).claimed == PRICE
    assert (refund.channel.refunding, refund.channel.chain.balance) == (0, PRICE)
    async with refused(Refusal.NOTHING_TO_REFUND):
        await house.funds.give_back(payment)
    async with refused(Refusal.ABOVE_BALANCE):
        await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)


async def test_a_part_is_refunded_and_the_channel_goes_on(
    house: House, chain: PaidInContract
) -> None:
    payment = Payer(1).pay(PRICE)
    chain.change(payment.channel, balance=100)
    await house.serve(payment)

    refund = await house.funds.give_back(replace(payment, refund_amount=60))
    judged = await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    assert refund.amount == 60
    assert judged.lacks is None


async def test_a_refund_by_an_old_voucher_is_corrected(house: House) -> None:
    await house.serve(Payer(1).pay(PRICE))
    await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    async with refused(Refusal.SUM):
        await house.funds.give_back(Payer(1).pay(PRICE))


async def test_no_refund_takes_money_from_a_call_under_way(house: House) -> None:
    await house.serve(Payer(1).pay(PRICE))
    await house.reserve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    async with refused(Refusal.BUSY):
        await house.funds.give_back(Payer(1).pay(PRICE))


async def test_what_the_chain_does_not_refund_can_be_spent_again(
    house: House, chain: PaidInContract
) -> None:
    await house.serve(Payer(1).pay(PRICE))
    chain.refuse_refunds = True

    async with refused(Refusal.REFUND_FAILED):
        await house.funds.give_back(Payer(1).pay(PRICE))
    judged = await house.serve(Payer(1).pay(2 * PRICE), OTHER_REQUEST)

    assert judged.lacks is None


async def test_a_refund_that_failed_does_not_free_what_is_held_for_a_later_one(
    house: House,
) -> None:
    payment = Payer(1).pay(PRICE)
    await house.serve(payment)
    held = house.book.hold_refund(payment.channel, None)
    later = replace(held.chain, refund_nonce=held.chain.refund_nonce + 1)
    house.book.note_chain(payment.config, payment.channel, later)
    again = house.book.hold_refund(payment.channel, None)

    kept = house.book.drop_refund(payment.channel, held.chain.refund_nonce)
    freed = house.book.drop_refund(payment.channel, later.refund_nonce)

    assert kept.refunding == again.refunding > 0
    assert freed.refunding == 0


async def test_a_broken_step_leaves_the_others_of_its_transaction_alone(house: House) -> None:
    await house.serve(Payer(1).pay(PRICE))
    good = [await house.engine.order(Payer(1).pay(n * PRICE), REQUEST, PRICE) for n in (2, 3)]

    def broken(*_: object) -> None:
        raise IdentifierReused("name")

    outcomes = await asyncio.gather(
        house.engine.charge(good[0], Charge(PRICE), broken),
        house.engine.charge(good[1], Charge(PRICE)),
        return_exceptions=True,
    )

    assert isinstance(outcomes[0], AssayError)
    assert isinstance(outcomes[1], Judged)
    assert house.channel(Payer(1).pay(1)).charged == 2 * PRICE


@contextmanager
def as_worker(name: str) -> Iterator[Worker]:
    now_s = SystemClock().now_s()
    yield Worker(name, now_s, now_s + 10)


async def test_a_reservation_of_a_dead_worker_does_not_stand_in_anyones_way(
    house: House,
) -> None:
    payment = Payer(1).pay(PRICE)
    order = await house.engine.order(payment, REQUEST, PRICE)
    with as_worker("dead") as worker:
        house.book.apply([Step(Act.RESERVE, order)], replace(worker, until_s=worker.now_s - 1))

    judged = await house.serve(Payer(1).pay(PRICE + 1), OTHER_REQUEST)

    assert judged.lacks is None
    assert house.channel(payment).reserved == 0
