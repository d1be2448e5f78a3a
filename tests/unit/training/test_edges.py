"""Leaves behind an edge come to federated averaging, and none of them can spoil it unseen."""

from __future__ import annotations

import numpy as np
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.updates import Updates
from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import encode
from assay.training.edges import leaf_name, merge, rounding_bound
from assay.training.payload import Payload, Source
from assay.training.rewards.quality import DataProfile

SIZE = 30


def answer(number: int, vector: np.ndarray, records: int = 10) -> Payload:
    profile = DataProfile(records, 4 * records, 1, (records - 1, 1))
    source = Source(profile, Digest.of(f"leaf {number}".encode()))
    return Payload(source, encode(vector, EXACT))


def leaf(number: int) -> Address:
    return leaf_name(Digest.of(f"leaf {number}".encode()))


@given(st.integers(1, 40), st.integers(1, 8), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_edges_come_to_the_flat_average_of_all_leaves_within_the_stated_bound(
    count: int, edges: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    scale = 10.0 ** random.integers(-6, 6)
    rows = random.normal(0, scale, (count, SIZE)).astype(np.float32).astype(np.float64)
    records = random.integers(1, 10_000, count).tolist()
    answers = [answer(n, rows[n], records[n]) for n in range(count)]
    owners = random.integers(0, edges, count)

    groups = [
        merge([answers[n] for n in np.flatnonzero(owners == edge)], SIZE, classes=2)
        for edge in np.unique(owners)
    ]

    roots = Updates.of(
        {leaf(at): (one.update, one.source.profile.records) for at, one in enumerate(groups)}
    )
    flat = Updates.of({leaf(n): (rows[n], records[n]) for n in range(count)})
    apart = np.abs(
        federated_average(roots.rows, roots.weights) - federated_average(flat.rows, flat.weights)
    )
    assert not any(one.refused for one in groups)
    assert (apart <= rounding_bound(flat, len(groups))).all()


def test_the_golden_figures_come_out_of_two_leaves() -> None:
    first = answer(1, np.array([1.2, 0.8, -0.5, 1.5]), 100)
    second = answer(2, np.array([1.0, 0.9, -0.3, 1.6]), 150)

    update = merge([second, first], 4, classes=2).update

    assert update == pytest.approx([1.08, 0.86, -0.38, 1.56], abs=1e-7)


@given(st.permutations(range(5)))
def test_the_order_in_which_leaves_answer_changes_no_bit(order: list[int]) -> None:
    rows = np.random.default_rng(1).normal(size=(5, SIZE))
    answers = [answer(n, rows[n], 10 + n) for n in range(5)]

    first, second = (merge(some, SIZE, 2) for some in (answers, [answers[n] for n in order]))

    assert first.update.tobytes() == second.update.tobytes()
    assert first.source == second.source


def test_a_group_says_how_many_leaves_and_records_stand_behind_it() -> None:
    group = merge([answer(n, np.ones(SIZE), 10 * n) for n in (1, 2, 3)], SIZE, classes=2)

    assert group.source.profile == DataProfile(60, 240, 3, (57, 3))
    assert group.source.leaves == 3


def test_the_same_records_behind_two_leaves_count_once() -> None:
    group = merge([answer(1, np.ones(SIZE)), answer(1, np.ones(SIZE))], SIZE, classes=2)

    assert group.source.leaves == 1
    assert group.source.profile.records == 10


def damaged(payload: Payload, **changes: object) -> Payload:
    fields = {"source": payload.source, "message": payload.message} | changes
    return Payload(**fields)


def with_nan(payload: Payload) -> Payload:
    """The wire format with a NaN in it, which `encode` refuses to write."""
    planes = np.full(SIZE, np.nan, "<f4").view(np.uint8).reshape(-1, 4).T.tobytes()
    frame = zstandard.compress(planes)
    header = bytearray(payload.message[:32])
    header[24:28] = len(frame).to_bytes(4, "little")
    return damaged(payload, message=bytes(header) + frame)


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (answer(9, np.ones(SIZE + 1)), "31"),
        (with_nan(answer(9, np.ones(SIZE))), "finite"),
        (answer(9, np.full(SIZE, 1e30)), "norm"),
        (damaged(answer(9, np.ones(SIZE)), message=b"pickle"), "ends after"),
        (
            damaged(answer(9, np.ones(SIZE)), source=Source(DataProfile(3, 9, 0, (1, 1, 1)))),
            "3 labels",
        ),
        (damaged(answer(9, np.ones(SIZE)), source=Source(DataProfile(0, 0, 0, (0, 0)))), "0 samp"),
    ],
    ids=["shape", "nan", "huge", "garbage", "labels", "empty"],
)
def test_what_is_no_update_is_left_out_with_its_reason_and_the_others_go_on(
    hostile: Payload, reason: str
) -> None:
    honest = [answer(n, np.full(SIZE, float(n))) for n in (1, 2)]

    group = merge([*honest, hostile], SIZE, classes=2)

    assert list(group.refused) == [leaf_name(hostile.source.data)]
    assert reason in next(iter(group.refused.values()))
    assert group.update == pytest.approx(np.full(SIZE, 1.5))
    assert group.source.leaves == 2


def test_no_leaf_is_no_update() -> None:
    group = merge([], SIZE, classes=2)

    assert group.update is None
    assert (group.source.leaves, group.source.profile) == (0, DataProfile(0, 0, 0, (0, 0)))


def test_a_leaf_that_counts_more_than_can_be_does_not_spoil_its_edges_update() -> None:
    honest, boasting = np.ones(SIZE), np.full(SIZE, 2.0)

    group = merge([answer(1, honest), answer(2, boasting, records=2**50)], SIZE, classes=2)

    assert group.update is not None
    assert group.update.tolist() == honest.tolist()
    assert set(group.refused) == {leaf(2)}
    sent = Payload(group.source, encode(group.update, EXACT))
    assert Payload.from_bytes(sent.to_bytes()) == sent
