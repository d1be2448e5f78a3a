"""What is worked out from a clause is kept for that very clause, and for no other that is equal."""

from __future__ import annotations

import pytest

from assay.authoring.blocks.clauses.remembering import remembered_of_each
from assay.authoring.model import Condition, Specification


def condition() -> Condition:
    return Condition(kind="event", action="deliver", text="the goods are delivered")


def test_an_answer_is_worked_out_once_for_the_very_same_pieces() -> None:
    asked: list[tuple[Specification, Condition]] = []

    @remembered_of_each
    def count(specification: Specification, one: Condition) -> int:
        asked.append((specification, one))
        return len(asked)

    specification = Specification(language="en", text="The goods are delivered.")
    first, equal = condition(), condition()

    assert [count(specification, one) for one in (first, equal, first, equal)] == [1, 2, 1, 2]


def test_a_refusal_is_told_each_time() -> None:
    refused = []

    @remembered_of_each
    def refuse(one: Condition) -> int:
        refused.append(one)
        raise ValueError(one.text)

    one = condition()
    for _ in range(2):
        with pytest.raises(ValueError, match="delivered"):
            refuse(one)

    assert len(refused) == 2
