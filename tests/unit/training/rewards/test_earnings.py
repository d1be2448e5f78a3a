"""Cumulative earnings, their tree, and the proofs that pay."""

from __future__ import annotations

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from assay.core.address import Address
from assay.core.merkle import verify_proof
from assay.errors import InputError
from assay.training.rewards.earnings import (
    NOTHING_EARNED,
    Earnings,
    EarningsShrank,
    claim_leaf,
    verify_claim,
)
from tests.fakes.rounds import address_of

rounds = st.lists(
    st.dictionaries(st.integers(0, 9).map(address_of), st.integers(0, 10**24), max_size=6),
    min_size=1,
    max_size=5,
)


@given(rounds)
def test_every_node_can_claim_all_it_earned_and_not_a_unit_more(
    payouts: list[dict[Address, int]],
) -> None:
    earned = Earnings.none()
    for one in payouts:
        before, earned = earned, earned.plus(one)
        earned.check_follows(before)

    assert earned.total == sum(sum(one.values()) for one in payouts)
    for node, units in earned.of:
        proof = earned.proof(node)
        assert verify_claim(earned.root, node, units, proof)
        assert not verify_claim(earned.root, node, units + 1, proof)
        assert not verify_claim(earned.root, address_of(77), units, proof)


def test_a_leaf_is_what_the_contract_encodes() -> None:
    node = address_of(41)

    assert claim_leaf(node, 12345) == encode(["address", "uint256"], [node, 12345])


def test_the_order_of_payouts_does_not_change_the_root() -> None:
    nodes = [address_of(number) for number in range(3)]
    forth = Earnings.none().plus(dict.fromkeys(nodes, 5))
    back = Earnings.none().plus(dict.fromkeys(reversed(nodes), 5))

    assert forth.root == back.root


def test_nobody_can_claim_where_nothing_was_earned() -> None:
    nothing = Earnings.none().plus({address_of(0): 0})

    assert nothing.root == NOTHING_EARNED
    assert not verify_proof(nothing.root.raw, claim_leaf(address_of(0), 0), [])
    with pytest.raises(InputError, match="nothing yet"):
        nothing.proof(address_of(0))


@given(rounds)
def test_earnings_are_read_back_as_they_were_written(payouts: list[dict[Address, int]]) -> None:
    earned = Earnings.none()
    for one in payouts:
        earned = earned.plus(one)

    assert Earnings.read(earned.written()) == earned


@pytest.mark.parametrize("text", ["", "-1", "1.5", "٣", "0x10", "0"])
def test_amounts_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        Earnings.read({str(address_of(0)): text})


def test_a_round_can_not_take_back_what_was_earned() -> None:
    before = Earnings.none().plus({address_of(0): 10, address_of(1): 5})
    after = Earnings.none().plus({address_of(0): 9, address_of(1): 9})

    with pytest.raises(EarningsShrank, match="had earned 10 units"):
        after.check_follows(before)
