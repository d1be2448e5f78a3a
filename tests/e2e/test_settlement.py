"""`assay up` and `assay settle` claim what channels owe, answer withdrawals, and pay out."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assay.chain.node import Node
from tests.e2e.site import ASSAY, Site
from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import load_scene

HURRIED = {"ASSAY_CLAIM_EVERY_S": "0.5", "ASSAY_CLAIM_MINIMUM": "1000"}
PATIENT = {"ASSAY_CLAIM_EVERY_S": "100000", "ASSAY_CLAIM_MINIMUM": "1000000000"}


@contextmanager
def provider(home: Path, rpc_url: str) -> Iterator[House]:
    """The provider's book and chain, as the engine of calls would use them beside the service."""
    with Node(rpc_url) as node:
        house = House(load_scene(home, node), f"sqlite:///{home / 'ledger.db'}")
        house.scene.fund("local-2", 10_000_000)
        yield house
        house.close()


def until(holds: Callable[[], bool], limit_s: float = 30.0) -> bool:
    deadline = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def site(tmp_path: Path) -> Site:
    home = tmp_path / "home"
    home.mkdir()
    return Site(home)


def test_the_service_claims_and_counts(site: Site) -> None:
    with site.service(**HURRIED) as service, provider(site.home, service.rpc) as house:
        large, small = house.channel(1), house.channel(2)
        house.serve(small.id, 10)
        house.serve(large.id, 5_000)

        assert until(lambda: house.scene.tokens("local-1") == 5_000)

        assert house.claimed(large.id, small.id) == [5_000, 0]
        token = house.scene.deployment.token.address
        wanted = f'assay_claimed_units_total{{token="{token}"}} 5000.0'
        metrics = service.url + "/metrics"
        assert until(lambda: wanted in httpx.get(metrics).text)
        assert until(lambda: "assay_claimable_units 10.0" in httpx.get(metrics).text)


def test_the_service_answers_a_withdrawal_at_once(site: Site) -> None:
    with site.service(**PATIENT) as service, provider(site.home, service.rpc) as house:
        channel = house.channel(1)
        house.serve(channel.id, 777)
        time.sleep(3)
        assert house.claimed(channel.id) == [0]

        house.scene.chain("local-2").initiate_withdraw(channel.config, 1_000_000)

        assert until(lambda: house.scene.tokens("local-1") == 777)
        assert until(lambda: house.channel_now(channel.id).spendable == 777)


def test_a_service_that_was_killed_claims_what_it_had_served(site: Site) -> None:
    with site.service(**PATIENT) as service, provider(site.home, service.rpc) as house:
        channel = house.channel(1)
        house.serve(channel.id, 5_000)
        service.kill()
    with site.service(**HURRIED) as service, provider(site.home, service.rpc) as house:
        assert until(lambda: house.scene.tokens("local-1") == 5_000)


def test_the_command_shows_claims_and_finds_nothing_left(site: Site) -> None:
    with site.service(**PATIENT) as service, provider(site.home, service.rpc) as house:
        channel = house.channel(1)
        house.serve(channel.id, 1_234)

        planned = site.run("settle", "--dry-run", "--json")
        due = site.run("settle", "--due", "--json")
        before = house.claimed(channel.id)
        made = site.run("settle", "--json")
        table = site.run("settle", "--dry-run")

        assert planned.code == 0, planned.err
        (line,) = planned.json["channels"]
        assert (line["reason"], line["claimable"], line["transaction"]) == ("asked", 1_234, None)
        assert [line["reason"] for line in due.json["channels"]] == ["small"]
        assert before == [0]
        (line,) = made.json["channels"]
        assert line["claimed"] == 1_234
        assert [payout["amount"] for payout in made.json["payouts"]] == [1_234]
        assert house.scene.node.receipt(line["transaction"]) is not None
        assert "nothing was sent" in table.out


def test_the_watching_command_claims_until_it_is_interrupted(site: Site) -> None:
    with site.service(**PATIENT) as service, provider(site.home, service.rpc) as house:
        channel = house.channel(1)
        watching = subprocess.Popen(
            [*ASSAY, "settle", "--watch"],
            env=site.environment(**HURRIED),
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            house.serve(channel.id, 5_000)

            assert until(lambda: house.scene.tokens("local-1") == 5_000)
            time.sleep(1)
            watching.send_signal(signal.SIGINT)
            out, _ = watching.communicate(timeout=30)
        finally:
            watching.kill()

        assert watching.returncode == 0
        assert "claimed 0.005 ASSAY" in out
