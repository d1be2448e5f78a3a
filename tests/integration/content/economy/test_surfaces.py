"""The same economy by the command line, and the service that renews by itself."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assay.cli.main import app
from assay.errors import AssayError
from tests.integration.content.economy.conftest import CREATOR, PAYER, REPOSTER, UNIT, Town
from tests.integration.licences.scene import serving

PERIOD_S = 3600


@pytest.fixture
def assay(town: Town, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `assay content ...` in the creator's home; what it prints with --json."""
    settings = town.creator.settings
    monkeypatch.setenv("ASSAY_HOME", str(settings.home))
    monkeypatch.setenv("ASSAY_RPC_URL", str(settings.rpc_url))

    def run(*arguments: str) -> Any:
        result = CliRunner().invoke(app, ["content", *arguments, "--json"])
        if isinstance(result.exception, AssayError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run


def test_reposts_are_made_paid_sold_and_accounted_for(town: Town, assay: Any) -> None:
    content_id = town.minted()

    rate = assay("rate", content_id, "10")
    first = assay("repost", content_id, "--account", REPOSTER)
    second = assay("repost", str(first["repost"]), "--max-percent", "10")
    paid = assay("tip", str(second["repost"]), "1.000001", "--note", "Well said.")
    listed = assay("resell", str(second["repost"]), "--price", "2")
    bought = assay("buy-repost", str(second["repost"]), "--max-price", "2")
    below = assay("reposts", content_id)
    earned = assay("earnings", content_id)

    assert rate["rate_bps"] == 1000
    assert second["parent"] == str(first["repost"])
    assert [part["amount"] for part in paid["parts"]] == [100_001, 900_000]
    assert (listed["price"], bought["price"]) == (2 * UNIT, None)
    assert bought["owner"] == town.scene.address(PAYER)
    assert [(one["repost"], one["depth"]) for one in below] == [
        (first["repost"], 1),
        (second["repost"], 2),
    ]
    assert [one["kind"] for one in earned["payments"]] == ["repost", "resale"]
    assert list(earned["received"].values()) == [300_001]


def test_authors_are_named_by_account_and_see_what_is_due_in_whole_units(
    town: Town, assay: Any, tmp_path: Path
) -> None:
    essay = tmp_path / "essay.txt"
    essay.write_text("Two wrote this, and agreed that one of them wrote twice as much.")

    content_id = assay("mint", str(essay), "--author", f"{REPOSTER}:2", "--author", PAYER)[
        "content_id"
    ]
    assay("tip", content_id, "0.000003")
    shares = assay("royalty", content_id)["shares"]
    told = CliRunner().invoke(app, ["content", "royalty", content_id]).stdout

    assert {one["account"] for one in shares} == {
        town.scene.address(REPOSTER),
        town.scene.address(PAYER),
    }
    assert sum(int(one["due"]) for one in shares) == 3
    assert "balance  0.000003 ASSAY" in told


def test_plans_are_made_subscribed_to_and_left(town: Town, assay: Any) -> None:
    plan = assay("plan", "--price", "1.5", "--period", "1h")
    made = assay("subscribe", str(plan["plan"]), "--max-price", "1.5")
    assay("reprice-plan", str(plan["plan"]), "--price", "2")
    accepted = assay("subscribe", CREATOR, "--accept-price", "--max-price", "2")
    nothing = assay("subscribe", "--renew-due")
    mine, theirs = assay("subscriptions"), assay("subscriptions", CREATOR, "--subscribers")
    left = assay("unsubscribe", CREATOR)
    closed = assay("close-plan", str(plan["plan"]))
    open_plans = assay("plans")

    assert plan["period_s"] == PERIOD_S
    assert (made["subscribed"], made["renews"], made["price"]) == (True, True, 1_500_000)
    assert accepted["price"] == 2 * UNIT
    assert nothing == []
    assert mine == theirs
    assert (left["subscribed"], left["renews"]) == (True, False)
    assert closed["closed"]
    assert open_plans == []


def test_the_service_collects_what_is_due(town: Town) -> None:
    plan = town.creator.economy.make_plan("1", period_s=PERIOD_S).plan
    made = town.payer.economy.subscribe(str(plan.id), max_price="1", account=REPOSTER).subscription
    town.scene.later(PERIOD_S + 1)

    with serving(town.creator):
        until = time.monotonic() + 20
        while not town.payer.economy.is_subscribed(CREATOR, REPOSTER):
            assert time.monotonic() < until
            time.sleep(0.1)

    now = town.payer.economy.subscription(CREATOR, REPOSTER)
    assert now.paid_until_s > made.paid_until_s
