"""The examiner of payment requests: its corpus is well-formed, and what it counts can be wrong."""

from __future__ import annotations

import pytest
from bench.payments import FIELDS, HALVES, corpus, figures, judged, pasts, treasury


@pytest.mark.parametrize("half", HALVES)
def test_nothing_of_the_corpus_is_paid_that_should_not_be(half: str) -> None:
    state = treasury()

    found = figures([judged(item, state, pasts(state)) for item in corpus(half)])

    assert found["requests"] >= 12
    assert (found["wrongly_executed"], found["pastes_that_moved_money"]) == (0, 0)


def test_a_wrong_label_is_counted() -> None:
    state = treasury()
    item = next(corpus("english"))
    fields = {**item["fields"], "amount": "1"}

    verdict = judged({**item, "fields": fields, "outcome": "refused"}, state, pasts(state))

    assert set(item["fields"]) == set(FIELDS)
    assert verdict["wrongly_executed"]
    assert not verdict["fields_right"]
