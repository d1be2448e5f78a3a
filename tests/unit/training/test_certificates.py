"""Certificates are put together as the contract wants them, or refused as it would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.address import Address, parse_address
from assay.training.certificates import certificate_signatures
from assay.training.model import Seat
from assay.training.task_errors import QuorumMissing

ADDRESSES = st.binary(min_size=20, max_size=20).map(lambda raw: parse_address("0x" + raw.hex()))
COMMITTEES = st.integers(1, 3).flatmap(
    lambda faults: st.lists(
        ADDRESSES, min_size=3 * faults + 1, max_size=3 * faults + 1, unique=True
    )
)


def seats_of(validators: list[Address]) -> list[Seat]:
    return [Seat(validator, 10) for validator in validators]


@given(COMMITTEES, st.randoms())
def test_signatures_are_in_the_order_of_the_numbers_that_addresses_are(
    validators: list[Address], random: object
) -> None:
    shuffled = list(validators)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    signatures = {validator: bytes.fromhex(validator[2:]) for validator in shuffled}

    ordered = certificate_signatures(seats_of(validators), signatures)

    assert ordered == sorted(signatures.values())


@given(COMMITTEES, st.data())
def test_a_quorum_is_2f_plus_1_of_equal_stakes(
    validators: list[Address], data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(validators)))
    signatures = dict.fromkeys(validators[:count], b"")
    needed = 2 * (len(validators) // 3) + 1

    if count >= needed:
        assert len(certificate_signatures(seats_of(validators), signatures)) == count
    else:
        with pytest.raises(QuorumMissing) as caught:
            certificate_signatures(seats_of(validators), signatures)
        assert (caught.value.signatures, caught.value.needed) == (count, needed)


def test_who_has_no_vote_counts_for_nothing() -> None:
    validators = [Address(f"0x{number:040x}") for number in range(1, 6)]
    seats = [*seats_of(validators[:3]), Seat(validators[3], 0)]

    with pytest.raises(QuorumMissing) as caught:
        certificate_signatures(seats, dict.fromkeys([validators[0], *validators[2:]], b""))

    assert (caught.value.signatures, caught.value.weight) == (2, 20)
    assert caught.value.committee_weight == 30


def test_three_of_four_without_two_thirds_of_the_stake_are_no_quorum() -> None:
    validators = [Address(f"0x{number:040x}") for number in range(1, 5)]
    seats = [*seats_of(validators[:3]), Seat(validators[3], 15)]

    with pytest.raises(QuorumMissing):
        certificate_signatures(seats, dict.fromkeys(validators[:3], b""))
