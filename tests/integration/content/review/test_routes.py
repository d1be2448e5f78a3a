"""What anybody may read of reviews over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import assay
from assay.service.app import answer_error
from assay.service.routes.reviews import router
from tests.integration.content.review.scene import OPENER, REVIEWERS, Scene


@pytest.fixture(scope="module")
def web(scene: Scene) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.client = scene.client
    app.include_router(router)
    app.add_exception_handler(assay.AssayError, answer_error)
    with TestClient(app) as http:
        yield http


def test_cases_and_outcomes_are_read_over_http(scene: Scene, web: TestClient) -> None:
    case = scene.opened()
    content_id = case.content_id.hex
    assert web.get(f"/reviews/outcomes/{content_id}").json() == []
    scene.voted(case, dict.fromkeys(REVIEWERS, "uphold"))

    [listed] = web.get("/reviews", params={"content": content_id}).json()
    [outcome] = web.get(f"/reviews/outcomes/{content_id}").json()

    assert listed == web.get(f"/reviews/{case.id}").json()
    assert listed["due"]["step"] == "appeal"
    assert outcome["decision"] == "upheld"
    assert outcome["attestation"]["valid"] is True
    opener = scene.client.workspace.address(OPENER)
    assert [one["case"] for one in web.get("/reviews", params={"address": opener}).json()] == [
        case.id
    ]


def test_bad_questions_are_answered_as_such(web: TestClient) -> None:
    assert web.get("/reviews/4000").status_code == 404
    assert web.get("/reviews/0").status_code == 422
    assert web.get("/reviews/outcomes/nothing").status_code == 400
    assert web.get("/reviews", params={"address": "0x12"}).status_code == 400
