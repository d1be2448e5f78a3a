"""Two services, one account, on one Postgres and one Redis, which are killed while callers pay.

Nothing that was paid for is lost or served twice, what fails meanwhile says so cleanly, and nobody
has to restart a service.
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

import assay
from assay.ledger.database import reading
from assay.market.tables import batches
from tests.database_servers import PostgresServer, RedisServer, Server, ServerMissing
from tests.databases import unavailable
from tests.e2e.scene import Scene, publish
from tests.e2e.scripted_server import scripted_server
from tests.e2e.site import ASSAY, Site, wait_until_healthy
from tests.e2e.test_kills import (
    assert_anchored_once_each,
    assert_answers_are_those_that_were_asked,
    assert_kept,
    assert_paid_once_each,
    paying,
)

ROUNDS = 4


@dataclass
class Town:
    """Two workers of one provider and the servers that they share."""

    scene: Scene
    postgres: Server
    redis: Server
    urls: list[str] = field(default_factory=list)
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.scene.site.home

    @property
    def settings(self) -> dict[str, str]:
        return {"database_url": self.postgres.url, "redis_url": self.redis.url}

    def start_worker(self) -> None:
        more = {f"ASSAY_{name.upper()}": value for name, value in self.settings.items()}
        with self.log_path(len(self.workers)).open("a") as log:
            process = subprocess.Popen(
                [*ASSAY, "up", "--port", "0", "--json"],
                env=self.scene.site.environment(
                    ASSAY_MODEL_URL=self.scene.server.url,
                    ASSAY_ANCHOR_AFTER_CALLS="5",
                    ASSAY_RATE_LIMIT_PER_MINUTE="100000",
                    **more,
                ),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, self.log(len(self.workers))[-2000:]
        self.workers.append(process)
        self.urls.append(json.loads(line)["url"])
        wait_until_healthy(self.urls[-1])

    def log_path(self, worker: int) -> Path:
        return self.home / f"worker-{worker}.log"

    def log(self, worker: int) -> str:
        return self.log_path(worker).read_text()


@pytest.fixture
def servers() -> Iterator[tuple[PostgresServer, RedisServer]]:
    with ExitStack() as opened:
        try:
            made = PostgresServer(), RedisServer()
        except ServerMissing as missing:
            unavailable(str(missing))
        for server in made:
            opened.callback(server.remove)
            server.start()
            opened.callback(server.stop)
        yield made


@contextmanager
def running_town(folder: Path, postgres: Server, redis: Server) -> Iterator[Town]:
    with scripted_server(0.005) as server, ExitStack() as workers:
        town = Town(Scene(Site(folder / ".assay"), 0, server), postgres, redis)
        publish(town.scene, folder, **town.settings)
        for _ in range(2):
            town.start_worker()
            workers.callback(town.workers[-1].wait)
            workers.callback(town.workers[-1].kill)
        yield town


def ask(url: str, path: str) -> httpx.Response:
    return httpx.get(url + path, timeout=60)


def test_the_demo_runs_on_postgres_and_redis(
    tmp_path: Path, servers: tuple[PostgresServer, RedisServer]
) -> None:
    site, (postgres, redis) = Site(tmp_path / ".assay"), servers
    urls = {"ASSAY_DATABASE_URL": postgres.url, "ASSAY_REDIS_URL": redis.url}

    demo = site.run("demo", "--json", **urls)
    traced = site.run("trace", demo.json["content_id"], "--json", **urls)

    assert demo.code == 0, demo.err
    assert traced.code == 0, traced.err
    assert traced.json["verified"] is True
    assert not (site.home / "ledger.db").exists()


def test_a_killed_postgres_costs_nobody_a_paid_answer_and_is_taken_up_again(
    tmp_path: Path, servers: tuple[PostgresServer, RedisServer]
) -> None:
    dice = random.Random(5)

    with running_town(tmp_path, *servers) as town:
        with ExitStack() as callers:
            heard = []
            for number, url in enumerate(town.urls):
                (tmp_path / f"callers-{number}").mkdir()
                town.scene.port = int(url.rsplit(":", 1)[1])
                heard.append(
                    callers.enter_context(
                        paying(town.scene, tmp_path / f"callers-{number}", **town.settings)
                    )
                )
            time.sleep(1)
            refused = []
            for _ in range(ROUNDS):
                town.postgres.kill()
                time.sleep(dice.uniform(0.1, 0.8))
                refused += [ask(url, "/assets") for url in town.urls]
                town.postgres.start()
                for url in town.urls:
                    wait_until_healthy(url)
                time.sleep(dice.uniform(0.5, 1.5))
        for worker in town.workers:
            worker.terminate()
        codes = [worker.wait(60) for worker in town.workers]
        answers = [answer for one in heard for answer in one]

        assert codes == [0, 0]
        assert [response.status_code for response in refused] == [503] * len(refused)
        assert {kind_of(response) for response in refused} == {"DatabaseUnavailableError"}
        assert len(answers) > 5 * ROUNDS
        assert all(heard)
        with assay.connect(home=town.home, **town.settings) as client:
            client.market.anchor()
            assert_answers_are_those_that_were_asked(answers)
            assert_paid_once_each(client, answers)
            assert_anchored_once_each(client, answers)
            assert_kept(client, answers)
            with reading(client.workspace.engine) as connection:
                assert connection.execute(select(batches)).first() is not None
        for worker in range(2):
            assert "Traceback" not in town.log(worker)


def kind_of(response: httpx.Response) -> Any:
    return response.json()["error"]["type"]


def test_without_redis_the_service_goes_on_and_says_so_once(
    tmp_path: Path, servers: tuple[PostgresServer, RedisServer]
) -> None:
    with running_town(tmp_path, *servers) as town:
        before = [ask(url, "/v1/models").status_code for url in town.urls]
        town.redis.kill()
        without = [ask(url, "/v1/models").status_code for url in town.urls for _ in range(5)]
        time.sleep(3)
        town.redis.start()
        time.sleep(6)
        after = [ask(url, "/v1/models").status_code for url in town.urls]

        assert before == after == [200, 200]
        assert without == [200] * 10
        for worker in range(2):
            log = town.log(worker)
            assert log.count("limits count in this process only") == 1
            assert log.count("limits count in Redis again") == 1
            assert "Traceback" not in log


def test_the_limit_of_requests_holds_for_both_workers_together(
    tmp_path: Path, servers: tuple[PostgresServer, RedisServer]
) -> None:
    site, (postgres, redis) = Site(tmp_path / ".assay"), servers
    shared = {"ASSAY_DATABASE_URL": postgres.url, "ASSAY_REDIS_URL": redis.url}
    site.home.mkdir()

    with (
        site.service(ASSAY_RATE_LIMIT_PER_MINUTE="6", **shared) as one,
        site.service(ASSAY_RATE_LIMIT_PER_MINUTE="6", **shared) as other,
    ):
        statuses = [
            ask(worker.url, "/assets").status_code for _ in range(4) for worker in (one, other)
        ]

    assert statuses == [200] * 6 + [429] * 2
