"""Orders, receipts, openings and measurements survive the way through Flower's records."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from flwr.app import ArrayRecord, ConfigRecord, MetricRecord, RecordDict
from hypothesis import given
from hypothesis import strategies as st

from assay.core.digest import Digest
from assay.training.engine import records
from assay.training.engine.errors import MessageMalformed
from assay.training.rounds import LocalUpdate, Opening, Order, Receipt, RoundPlace
from tests.fakes.rounds import address_of

places = st.builds(RoundPlace, st.integers(1, 2**31), st.integers(1, 2**31))
digests = st.binary(min_size=32, max_size=32).map(Digest)
addresses = st.integers(0, 2**100).map(address_of)


@given(places, digests, st.binary(max_size=300))
def test_an_order(place: RoundPlace, model: Digest, broadcast: bytes) -> None:
    order = Order(place, model, broadcast)

    assert records.read_order(records.write_order(order)) == order


@given(st.builds(Receipt, places, addresses, digests))
def test_a_receipt(receipt: Receipt) -> None:
    assert records.read_receipt(records.write_receipt(receipt)) == receipt


@given(
    st.builds(
        Opening,
        places,
        addresses,
        digests,
        st.binary(min_size=32, max_size=32),
        st.integers(0, 2**40),
    )
)
def test_an_opening(opening: Opening) -> None:
    assert records.read_opening(records.write_opening(opening)) == opening


def test_an_update_keeps_every_bit() -> None:
    vector = np.array([0.1, -0.0, 1e-320, np.nan])

    found = records.read_update(
        records.write_update(LocalUpdate(RoundPlace(1, 2), vector, samples=7))
    )

    assert found.vector.tobytes() == vector.tobytes()
    assert (found.place, found.samples) == (RoundPlace(1, 2), 7)


def receipt_with(**fields: object) -> RecordDict:
    good = records.write_receipt(Receipt(RoundPlace(1, 1), address_of(1), Digest(bytes(32))))
    return RecordDict({"receipt": ConfigRecord({**good.config_records["receipt"], **fields})})


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (RecordDict(), records.read_order),
        (RecordDict({"receipt": ConfigRecord({})}), records.read_receipt),
        (RecordDict({"receipt": ArrayRecord([np.ones(2)])}), records.read_receipt),
        (receipt_with(commitment=b"short"), records.read_receipt),
        (receipt_with(commitment="0x00"), records.read_receipt),
        (receipt_with(node="0x1234"), records.read_receipt),
        (receipt_with(round="1"), records.read_receipt),
        (RecordDict({"metrics": MetricRecord({"loss": float("nan")})}), records.read_measured),
        (
            RecordDict(
                {"metrics": MetricRecord({"loss": 1.0, "accuracy": 2.0, "num-examples": 3})}
            ),
            records.read_measured,
        ),
    ],
)
def test_what_is_malformed_is_refused(
    content: RecordDict, read: Callable[[RecordDict], object]
) -> None:
    with pytest.raises(MessageMalformed, match="holds no proper"):
        read(content)
