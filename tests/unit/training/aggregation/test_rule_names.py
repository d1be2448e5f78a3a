"""A task names its rule; a wrong name or number is refused with the right ones."""

from __future__ import annotations

import numpy as np
import pytest

from assay.core.address import parse_address
from assay.errors import InputError
from assay.training.aggregation.errors import RuleUnknown, UpdatesUnfit
from assay.training.aggregation.rules import RULES, Rule, admitted
from assay.training.aggregation.updates import Updates

NODES = tuple(parse_address(f"0x{place + 1:040x}") for place in range(10))
UPDATES = Updates(NODES, np.arange(20.0).reshape(10, 2), np.ones(10))


def test_without_a_number_a_rule_withstands_as_many_as_it_admits() -> None:
    found = {name: admitted(name, 10) for name in RULES}

    assert found.pop("bulyan") == 1
    assert set(found.values()) == {3}
    assert admitted("krum", 4) == 0
    assert all(Rule(name).aggregate(UPDATES).shape == (2,) for name in RULES)


def test_a_rule_survives_its_json() -> None:
    for rule in (Rule("krum", 3), Rule("adaptive")):
        assert Rule.from_json(rule.as_json()) == rule


def test_unknown_names_and_numbers_are_refused() -> None:
    with pytest.raises(RuleUnknown, match="average"):
        Rule("average")
    with pytest.raises(RuleUnknown, match="extra"):
        Rule.from_json({"name": "mean", "extra": 1})
    with pytest.raises(InputError, match="-1"):
        Rule("mean", hostile=-1)
    with pytest.raises(InputError, match="number"):
        Rule.from_json({"name": "mean", "hostile": "3"})


def test_the_adaptive_rule_never_works_without_a_verdict() -> None:
    with pytest.raises(UpdatesUnfit, match="verdict"):
        Rule("adaptive").aggregate(UPDATES)

    assert Rule("adaptive").aggregate(UPDATES, NODES[:2]).tolist() == [1.0, 2.0]
