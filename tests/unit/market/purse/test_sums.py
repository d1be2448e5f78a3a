"""The rules for what a payer signs: no provider can bring it to sign more than its calls cost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.model import ChannelConfig
from assay.market.purse.errors import ChannelContradicted, ChannelShort
from assay.market.purse.model import OwnChannel, PurseState, Refused, Told

PRICE = 100
NAMES = [Address("0x" + digit * 40) for digit in "123"]
CONFIG = ChannelConfig(NAMES[0], NAMES[0], NAMES[1], NAMES[1], NAMES[2], 900, Digest.of(b"salt"))


def channel(**fields: int) -> OwnChannel:
    fresh = OwnChannel(Digest.of(b"channel"), 31337, CONFIG, "http://service", 0)
    return replace(fresh, **{"deposited": 10_000, "state": PurseState.OPEN, **fields})


def begin(now: OwnChannel, price: int = PRICE) -> tuple[OwnChannel, Refused]:
    total = now.next_sum(price)
    after = now.vouched(total, b"signature")
    return replace(after, under_way=after.under_way + price), Refused(total, price)


def test_the_first_voucher_allows_one_price() -> None:
    assert channel().next_sum(PRICE) == PRICE


def test_a_voucher_allows_what_was_charged_what_is_under_way_and_one_price() -> None:
    assert channel(charged=500, under_way=200, signed=700).next_sum(PRICE) == 800


def test_a_voucher_is_never_one_that_was_signed_before() -> None:
    dropped = channel(charged=0, signed=PRICE)

    assert dropped.next_sum(PRICE) == PRICE + 1


def test_no_voucher_goes_beyond_the_deposit() -> None:
    with pytest.raises(ChannelShort) as caught:
        channel(charged=9_950, signed=9_950).next_sum(PRICE)

    assert (caught.value.price, caught.value.left) == (PRICE, 50)


def test_a_voucher_that_others_overtook_is_signed_again() -> None:
    now, first = begin(channel())
    now, _ = begin(now)
    now, _ = begin(now)

    total = now.corrected_sum(first, PRICE, Told(charged=PRICE, proven=300))

    assert total == 301


def test_a_provider_that_refuses_a_good_voucher_gets_no_other() -> None:
    now, only = begin(channel(charged=500, signed=500))

    for charged in (0, 500):
        with pytest.raises(ChannelContradicted, match="pays for the call"):
            now.corrected_sum(only, PRICE, Told(charged, proven=600))


def test_a_provider_that_says_to_have_charged_the_call_itself_is_contradicted() -> None:
    now, only = begin(channel(charged=500, signed=500))

    with pytest.raises(ChannelContradicted) as caught:
        now.corrected_sum(only, PRICE, Told(charged=600, proven=600))

    assert caught.value.channel == now.id


def test_an_inflated_sum_is_contradicted_with_or_without_other_calls_under_way() -> None:
    now, first = begin(channel(charged=500, signed=500))
    now, _second = begin(now)

    with pytest.raises(ChannelContradicted):
        now.corrected_sum(first, PRICE, Told(charged=601, proven=700))


def test_a_lost_purse_learns_from_a_voucher_of_its_own_that_it_does_not_remember() -> None:
    now, only = begin(channel())
    told = Told(charged=4_200, proven=4_300)

    learned = now.learned(only, told)

    assert (learned.charged, learned.signed) == (4_200, 4_300)
    assert learned.corrected_sum(only, PRICE, told) == 4_301


def test_a_sum_above_the_voucher_that_proves_it_is_not_learned() -> None:
    now, only = begin(channel())

    assert now.learned(only, Told(charged=4_300, proven=4_200)) == now


@given(old=st.integers(1, 500), new=st.integers(1, 500))
def test_a_price_that_changes_meanwhile_costs_the_new_price(old: int, new: int) -> None:
    now, refused = begin(channel(), old)

    if new <= old:
        with pytest.raises(ChannelContradicted):
            now.corrected_sum(refused, new, Told(0, 0))
    else:
        assert now.corrected_sum(refused, new, Told(0, 0)) == new


class AnyProvider(RuleBasedStateMachine):
    """Calls in any order, and a provider that says whatever it likes with what it was given."""

    @initialize()
    def start(self) -> None:
        self.now = channel(deposited=10**9)
        self.calls: dict[int, Refused] = {}
        self.vouchers = [0]
        self.owed = 0
        self.corrections = 0
        self.seen = 0

    @rule(price=st.integers(1, 1_000))
    def call(self, price: int) -> None:
        total = self.now.next_sum(price)
        assert total not in self.vouchers
        self._sign(total)
        self.now = replace(self.now, under_way=self.now.under_way + price)
        self.calls[self.seen] = Refused(total, price)
        self.seen += 1
        self.owed += price

    @precondition(lambda self: self.calls)
    @rule(data=st.data(), share=st.floats(0, 1))
    def answer(self, data: st.DataObject, share: float) -> None:
        call = self.calls.pop(data.draw(st.sampled_from(sorted(self.calls))))
        self.now = replace(
            self.now,
            under_way=self.now.under_way - call.price,
            charged=self.now.charged + int(call.price * share),
        )

    @precondition(lambda self: self.calls)
    @rule(
        data=st.data(),
        charged=st.integers(0, 10_000),
        raised=st.integers(0, 50),
    )
    def refuse(self, data: st.DataObject, charged: int, raised: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.calls)))
        refused = self.calls[name]
        told = Told(charged, data.draw(st.sampled_from(self.vouchers)))
        learned = self.now.learned(refused, told)
        assert learned == self.now, "what the purse remembers teaches it nothing"
        try:
            total = learned.corrected_sum(refused, refused.price + raised, told)
        except ChannelContradicted:
            return
        assert total not in self.vouchers
        self._sign(total)
        self.now = replace(self.now, under_way=self.now.under_way + raised)
        self.calls[name] = Refused(total, refused.price + raised)
        self.owed += raised
        self.corrections += 1

    def _sign(self, total: int) -> None:
        self.now = self.now.vouched(total, b"signature")
        self.vouchers.append(total)

    @invariant()
    def nothing_is_signed_beyond_the_prices_of_the_calls(self) -> None:
        if hasattr(self, "now"):
            assert self.now.signed <= self.owed + self.corrections
            assert self.now.charged + self.now.under_way <= self.now.signed


TestAnyProvider = AnyProvider.TestCase
TestAnyProvider.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
