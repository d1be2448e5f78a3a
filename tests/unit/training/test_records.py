"""What a task and its rounds leave behind has one spelling, and nothing else is read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.address import Address, parse_address
from assay.core.digest import Digest
from assay.training.payload import Payload, Source
from assay.training.plan import LocalSchedule, Plan
from assay.training.record_errors import PayloadMalformed, PlanMalformed, RecordMalformed
from assay.training.records import Earning, RecordedUpdate, RoundRecord
from assay.training.rewards.quality import DataProfile

NODE: Address = parse_address("0x" + "11" * 20)
SOME = Digest.of(b"some")
DATA = SOME.hex.encode()
RECORD = RoundRecord(
    task=3,
    round=2,
    plan=SOME,
    base=SOME,
    previous=SOME,
    updates=(RecordedUpdate(NODE, SOME, "ab" * 32, 4096, {"gpu_seconds": 3}, ""),),
    reports=({"validator": NODE, "gains": [1, -2]},),
    reputation={NODE: -5},
    earnings=(Earning(NODE, -5, 10**24, 2 * 10**24),),
    base_loss_micro=210_000,
    base_accuracy_ppm=942_000,
    bytes_up=4096,
    bytes_down=900,
)


@given(
    st.lists(st.integers(0, 2**40), min_size=2, max_size=9),
    st.none() | st.integers(0, 2**53 - 1),
    st.integers(0, 1000),
    st.binary(max_size=600),
)
def test_a_payload_survives_its_bytes(
    labels: list[int], epsilon: int | None, leaves: int, message: bytes
) -> None:
    profile = DataProfile(sum(labels), sum(labels), 0, tuple(labels))
    payload = Payload(Source(profile, SOME, leaves), message, 7, epsilon)

    assert Payload.from_bytes(payload.to_bytes()) == payload


@given(st.binary(max_size=300))
def test_anything_else_is_no_payload(data: bytes) -> None:
    with pytest.raises(PayloadMalformed):
        Payload.from_bytes(b"\x00" + data)


@pytest.mark.parametrize(
    "header",
    [
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":-1,"gpu_seconds":0,"labels":[1,1],"leaves":0,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":0,"labels":[1,1],"leaves":0,"missing":3}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":1e3,"labels":[1,1],"leaves":0,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":0,"labels":[1, 1],"leaves":0,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"extra":1,"gpu_seconds":0,"labels":[1,1],"leaves":0,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":0,"labels":[1],"leaves":0,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":0,"labels":[1,1],"leaves":-1,"missing":0}',
        b'{"cells":2,'
        b'"data":"' + DATA + b'",'
        b'"epsilon_micro":null,"gpu_seconds":0,"labels":[1,1],"missing":0}',
    ],
)
def test_a_payload_has_one_spelling(header: bytes) -> None:
    with pytest.raises(PayloadMalformed):
        Payload.from_bytes(header + b"\nmessage")


def test_a_record_survives_its_bytes() -> None:
    assert RoundRecord.decode(RECORD.encode(), 2) == RECORD
    assert RECORD.accepted == (NODE,)
    assert replace(RECORD, previous=None).as_json()["previous"] is None


def test_a_changed_spelling_of_a_record_is_refused() -> None:
    spaced = json.dumps(RECORD.as_json(), sort_keys=True).encode()

    with pytest.raises(RecordMalformed):
        RoundRecord.decode(spaced, 2)
    with pytest.raises(RecordMalformed):
        RoundRecord.decode(RECORD.encode().replace(b"training-round/1", b"training-round/9"), 2)
    with pytest.raises(RecordMalformed):
        RoundRecord.decode(b"[" * 5000, 2)


def test_a_plan_survives_its_bytes_and_names_itself_by_them() -> None:
    plan = Plan((30, 16, 2), schedule=LocalSchedule(epochs=2, proximal_micro=10_000), data="scans")

    read = Plan.decode(plan.encode())

    assert read == plan
    assert read.digest == Digest.of(plan.encode())


def test_a_plan_with_what_nobody_knows_is_refused() -> None:
    value = Plan((30, 16, 2)).as_json()

    for changed in ({**value, "extra": 1}, {**value, "rule": 5}, {**value, "encodings": {"up": 3}}):
        with pytest.raises(PlanMalformed):
            Plan.decode(json.dumps(changed, sort_keys=True, separators=(",", ":")).encode())
