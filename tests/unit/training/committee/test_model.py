"""What follows from who sits in a committee."""

from __future__ import annotations

import pytest

from assay.core.address import Address
from assay.training.committee.model import Committee

MEMBERS = tuple(Address(f"0x{number:040x}") for number in range(1, 8))


@pytest.mark.parametrize(("round_", "view"), [(1, 0), (6, 0), (7, 3), (20, 5)])
def test_turns_begin_with_the_primary_and_come_to_everybody_once(round_: int, view: int) -> None:
    committee = Committee(MEMBERS, (10,) * 7)

    turns = {member: committee.turn(member, round_, view) for member in MEMBERS}

    assert turns[committee.primary(round_, view)] == 0
    assert sorted(turns.values()) == list(range(7))
