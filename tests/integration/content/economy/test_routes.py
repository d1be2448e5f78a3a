"""What anybody may read of what content earns over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import assay
from assay.service.app import answer_error
from assay.service.routes.economy import router
from tests.integration.content.economy.conftest import CREATOR, PAYER, REPOSTER, UNIT, Town


@pytest.fixture(scope="module")
def web(town: Town) -> Iterator[TestClient]:
    app = FastAPI()
    app.state.client = town.payer
    app.include_router(router)
    app.add_exception_handler(assay.AssayError, answer_error)
    with TestClient(app) as http:
        yield http


def test_reposts_and_what_they_earned_are_read_over_http(town: Town, web: TestClient) -> None:
    content_id = town.minted()
    repost = town.payer.economy.repost(content_id, account=REPOSTER).repost
    town.payer.economy.tip(str(repost.id), "1", account=PAYER)

    [listed] = web.get(f"/economy/{content_id}/reposts").json()
    earned = web.get(f"/economy/{repost.id}/earnings").json()
    royalties = web.get(f"/economy/{content_id}/royalties").json()

    assert listed == {**web.get(f"/economy/reposts/{repost.id}").json(), "depth": 1}
    assert len(earned["payments"]) == 1
    assert royalties["shares"][0]["payee"] == town.scene.address(CREATOR)
    assert town.held(content_id) == UNIT // 20


def test_plans_and_subscriptions_are_read_over_http(town: Town, web: TestClient) -> None:
    creator, payer = town.scene.address(CREATOR), town.scene.address(PAYER)
    plan = town.creator.economy.make_plan("2", period_s=30 * 86_400, account=CREATOR).plan
    town.payer.economy.subscribe(creator, max_price="2", account=PAYER)

    plans = web.get(f"/economy/{creator}/plans").json()
    [subscription] = web.get(f"/economy/{payer}/subscriptions").json()

    assert plan.as_json() in plans
    assert [subscription] == web.get(f"/economy/{creator}/subscribers").json()


def test_bad_questions_are_answered_as_such(web: TestClient) -> None:
    assert web.get("/economy/reposts/4000").status_code == 404
    assert web.get("/economy/nothing/reposts").status_code == 400
    assert web.get("/economy/0x12/plans").status_code == 400
    assert web.get(f"/economy/0x{'12' * 32}/royalties").status_code == 404
