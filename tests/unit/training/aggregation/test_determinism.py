"""The same bits whatever the order of rows, the number of threads, or the signs of zeros."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from threadpoolctl import threadpool_limits

from assay.core.address import Address, parse_address
from assay.training.aggregation.arithmetic import (
    Vector,
    canonical,
    norms,
    ordered_sum,
    squared_distances,
)
from assay.training.aggregation.errors import UpdatesUnfit
from assay.training.aggregation.rules import RULES, Rule
from assay.training.aggregation.screening import Limits, screen
from assay.training.aggregation.updates import Updates

SIZE = 4_097
NODES = tuple(parse_address(f"0x{place * 7919 % 251:02x}" + "ab" * 19) for place in range(15))
BITS = {
    "mean": "6eaa9b33cf326b8a",
    "median": "8bc434763fdc9085",
    "trimmed-mean": "04325bb9eff3279b",
    "krum": "1877d2cdedc157d4",
    "multi-krum": "c0e92276f4c0fd22",
    "bulyan": "b16a2fc2d7f3ae86",
    "geometric-median": "504dca119c6fdd2b",
    "centred-clipping": "77b23fba60b7fa7e",
    "mixed-trimmed-mean": "bcea395297f480f7",
    "mixed-geometric-median": "90219ae8a9016cd2",
}
"""What every machine has to find, by rule: the first 16 characters of a SHA-256."""
EVERY_RULE = [Rule(name, hostile=2) for name in RULES]


def submitted() -> dict[Address, tuple[Vector, int]]:
    """Numbers of many sizes that every machine draws alike: whole ones times powers of two."""
    random = np.random.default_rng(11)
    return {
        node: (
            random.integers(-(2**24), 2**24, SIZE) * 2.0 ** -int(random.integers(20, 40)),
            int(random.integers(1, 500)),
        )
        for node in NODES
    }


def digest_of(vector: Vector) -> str:
    return hashlib.sha256(vector.astype("<f8").tobytes()).hexdigest()[:16]


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.name)
def test_neither_the_order_of_rows_nor_the_threads_of_a_library_change_a_bit(rule: Rule) -> None:
    given = submitted()
    shuffled = np.random.default_rng(3).permutation(len(NODES))
    orders = [NODES, NODES[::-1], tuple(NODES[place] for place in shuffled)]

    digests = set()
    for threads, order in zip((1, 2, 2), orders, strict=True):
        with threadpool_limits(threads):
            updates = Updates.of({node: given[node] for node in order})
            digests.add(digest_of(rule.aggregate(updates)))

    assert digests == {BITS[rule.name]}


def test_screening_and_the_mean_of_the_accepted_do_not_depend_on_who_came_first() -> None:
    given = submitted()
    accepted = NODES[3:11]

    digests = set()
    for order in (NODES, NODES[::-1]):
        screened = screen({node: given[node] for node in order}, SIZE, Limits(1e9, 2.0))
        digests.add(digest_of(Rule("adaptive").aggregate(screened.updates, accepted)))

    assert digests == {"c44b7a0efeff0963"}


def test_a_processor_without_vector_instructions_gives_the_same_bits() -> None:
    plain = os.environ | {
        "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
        "OPENBLAS_CORETYPE": "Prescott",
        "PYTHONPATH": str(Path(__file__).parents[4]),
    }
    program = "from tests.unit.training.aggregation import test_determinism as t; t.print_bits()"

    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=plain,
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert json.loads(printed) == BITS


def print_bits() -> None:
    updates = Updates.of(submitted())
    print(json.dumps({rule.name: digest_of(rule.aggregate(updates)) for rule in EVERY_RULE}))


def test_a_sum_goes_by_halves() -> None:
    numbers = np.array([1e16, 1.0, -1e16, 1.0, 3.0])

    # Of five the third waits: the fourth comes onto the first, the fifth onto the second.
    assert ordered_sum(numbers) == ((1e16 + 1.0) + -1e16) + (1.0 + 3.0)


@settings(max_examples=40, deadline=None)
@given(arrays(np.float64, st.integers(0, 300), elements=st.floats(-1e6, 1e6)))
def test_a_sum_is_right_to_some_units_in_the_last_place(numbers: Vector) -> None:
    exact, size = math.fsum(numbers), math.fsum(np.abs(numbers))

    assert abs(float(ordered_sum(numbers)) - exact) <= 10 * 2.0**-53 * size


def test_norms_and_distances_are_those_of_numpy() -> None:
    rows = np.random.default_rng(1).normal(size=(6, 1_001))

    apart = np.linalg.norm(rows[:, None] - rows[None], axis=2)

    np.testing.assert_allclose(norms(rows), np.linalg.norm(rows, axis=1), rtol=1e-13)
    np.testing.assert_allclose(squared_distances(rows), apart**2, rtol=1e-13)


def test_there_is_one_zero() -> None:
    values = canonical(np.array([-0.0, 5e-324, -1e-46, 1e-44, 0.5]))

    assert np.signbit(values).tolist() == [False] * 5
    assert values.tolist() == [0.0, 0.0, 0.0, 1e-44, 0.5]


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.name)
def test_the_sign_of_a_zero_changes_no_bit(rule: Rule) -> None:
    random = np.random.default_rng(2)
    rows = random.integers(-1, 2, (15, 64)).astype(np.float64)
    signed = np.where((rows == 0) & (random.random(rows.shape) < 0.5), -0.0, rows)
    ones = np.ones(15)
    nodes = tuple(sorted(NODES, key=str.lower))

    results = {digest_of(rule.aggregate(Updates(nodes, one, ones))) for one in (rows, signed)}

    assert len(results) == 1


def use(make: Callable[[], Updates]) -> str:
    with pytest.raises(UpdatesUnfit) as caught:
        make()
    return caught.value.reason


def test_updates_that_are_out_of_order_or_unfit_are_refused() -> None:
    low, high = sorted(NODES[:2], key=str.lower)
    rows, ones = np.ones((2, 3)), np.ones(2)

    reasons = [
        use(lambda: Updates((), rows, ones)),
        use(lambda: Updates((low,), rows, ones)),
        use(lambda: Updates((low, high), rows, np.ones(3))),
        use(lambda: Updates((high, low), rows, ones)),
        use(lambda: Updates((low, low), rows, ones)),
        use(lambda: Updates((low, high), rows * np.nan, ones)),
        use(lambda: Updates((low, high), rows, np.array([1.0, 0.0]))),
        use(lambda: Updates.of({low: (np.ones(2), 1), high: (np.ones(3), 1)})),
    ]

    assert len(set(reasons)) == 7
