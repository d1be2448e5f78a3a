"""Agreements over HTTP: read, built, limited."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assay.service.app import create_app
from assay.service.routes.authoring import LONGEST_BUILT_TEXT, LONGEST_TEXT
from tests.integration.authoring.conftest import ANSWERS, TEXT, Sale


@pytest.fixture(scope="module")
def http(sale: Sale) -> Iterator[TestClient]:
    with TestClient(create_app(sale.client)) as http:
        yield http


def test_a_text_is_read_with_its_questions(http: TestClient) -> None:
    found = http.post("/authoring/read", json={"text": TEXT}).json()

    assert [one["action"] for one in found["obligations"]] == ["issue"]
    assert {one["id"] for one in found["questions"]} == set(ANSWERS)


def test_a_contract_is_built_once_nothing_is_open(http: TestClient) -> None:
    unanswered = http.post("/authoring/build", json={"text": TEXT})
    built = http.post("/authoring/build", json={"text": TEXT, "answers": ANSWERS, "name": "Sale"})

    assert (unanswered.status_code, unanswered.json()["error"]["type"]) == (409, "QuestionsOpen")
    assert built.json()["report"]["passed"]
    assert "contract Sale" in built.json()["solidity"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("read", {"text": ""}),
        ("read", {"text": "x" * (LONGEST_TEXT + 1)}),
        ("read", {"text": TEXT, "language": "tlh"}),
        ("read", {"text": TEXT, "path": "/etc/passwd"}),
        ("build", {"text": "x" * (LONGEST_BUILT_TEXT + 1)}),
        ("build", {"text": TEXT, "name": "x { }"}),
    ],
)
def test_what_cannot_be_is_refused(path: str, body: dict[str, str], http: TestClient) -> None:
    assert http.post(f"/authoring/{path}", json=body).status_code == 422


def test_an_answer_to_nothing_is_refused(http: TestClient) -> None:
    refused = http.post("/authoring/read", json={"text": TEXT, "answers": {"who": "me"}})

    assert (refused.status_code, refused.json()["error"]["type"]) == (400, "AnswerUnknown")
