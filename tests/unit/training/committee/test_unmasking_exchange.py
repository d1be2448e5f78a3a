"""What unmasks a sum is taken if it fits, and refused with the reason and whose doing it is."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assay.core.address import parse_address
from assay.training.committee.unmasking_exchange import Refusal, bring_unmasking, unmasking_route
from assay.training.privacy.masking.cohort import read_json
from assay.training.privacy.masking.errors import NotUnmaskable
from assay.training.privacy.masking.unmasking import Unmasking

NODE, VALIDATOR = (parse_address("0x" + digit * 40) for digit in "12")
PATH = "/tasks/7/unmaskings/3"


@pytest.fixture
def taken() -> dict[int, bytes]:
    return {}


@pytest.fixture
def http(taken: dict[int, bytes]) -> TestClient:
    def take(round_: int, data: bytes) -> None:
        if data == b"spoilt":
            raise NotUnmaskable(round_, f"{NODE} masked with another cohort", spoiler=NODE)
        if data != b"fits":
            Unmasking.from_json(read_json(data, "unmasking"))
        taken[round_] = data

    return TestClient(Starlette(routes=[unmasking_route(7, take)]))


def test_what_fits_is_taken(http: TestClient, taken: dict[int, bytes]) -> None:
    assert http.post(PATH, content=b"fits").status_code == 204

    assert taken == {3: b"fits"}


def test_a_refusal_names_the_reason_and_the_spoiler(http: TestClient) -> None:
    answer = http.post(PATH, content=b"spoilt")

    assert answer.status_code == 409
    assert "masked with another cohort" in answer.json()["reason"]
    assert answer.json()["spoiler"] == NODE


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"[" * 50_000, b"\xff\xfe", b'{"cohort": 1}', b'{"cohort": {}}']
)
def test_anything_else_is_refused_as_it_comes(
    http: TestClient, taken: dict[int, bytes], data: bytes
) -> None:
    answer = http.post(PATH, content=data)

    assert answer.status_code == 409
    assert "of secure aggregation can't be used" in answer.json()["reason"]
    assert answer.json()["spoiler"] is None
    assert not taken


def test_more_than_an_unmasking_can_be_is_not_read(
    http: TestClient, taken: dict[int, bytes]
) -> None:
    assert http.post(PATH, content=bytes((1 << 20) + 1)).status_code == 413

    assert not taken


def test_a_validator_that_is_away_is_named_and_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assay.training.committee.unmasking_exchange._PAUSE_S", 0.01)

    refusals = bring_unmasking({VALIDATOR: "http://127.0.0.1:9"}, 7, 3, b"fits")

    assert refusals == {VALIDATOR: Refusal("ConnectError")}
