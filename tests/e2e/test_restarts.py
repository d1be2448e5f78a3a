"""Orderly stops with a call under way, a node that dies under a service, and a damaged chain."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import assay
from tests.e2e.scene import MODEL, Scene, kill, running_scene
from tests.e2e.site import Site, wait_until_healthy


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with running_scene(tmp_path, pause_s=0.1) as scene:
        kill(scene.indexer)
        yield scene


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_a_paid_call_end_and_exits_with_zero(scene: Scene, how: signal.Signals) -> None:
    with ThreadPoolExecutor() as pool, assay.connect(home=scene.site.home) as client:
        calling = pool.submit(client.market.call, MODEL, "Wait for me", url=scene.url)
        assert scene.server.asked.wait(30)
        scene.service.send_signal(how)
        answer = calling.result(30)
        exit_code = scene.service.wait(30)

    assert exit_code == 0
    assert answer.text.startswith("To 'Wait for me'")
    assert "Traceback" not in scene.log
    assert not (scene.site.home / "chain" / "node.json").exists()


def test_a_service_revives_its_node_and_says_so_meanwhile(scene: Scene) -> None:
    httpx.get(f"{scene.url}/v1/models").raise_for_status()

    os.kill(scene.node_info("pid"), signal.SIGKILL)
    statuses, errors = set(), []
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        response = httpx.get(f"{scene.url}/v1/models")
        statuses.add(response.status_code)
        errors += [response.json()["error"]] if response.status_code != 200 else []
    wait_until_healthy(scene.url)

    assert statuses == {200, 503}
    assert {error["type"] for error in errors} <= {"ChainRestarting", "ChainUnreachable"}
    assert all(error["message"] and error["hint"] for error in errors)
    assert httpx.get(f"{scene.url}/v1/models").json()["data"][0]["id"] == MODEL
    assert "assay_node_restarts_total 1.0" in httpx.get(f"{scene.url}/metrics").text
    assert scene.service.poll() is None


def test_a_chain_brought_back_from_its_last_good_copy_is_told(tmp_path: Path) -> None:
    site = Site(tmp_path / ".assay")
    assert site.run("asset", "list").code == 0
    state = site.home / "chain" / "state.json"
    state.write_bytes(state.read_bytes()[:-100])

    ran = site.run("asset", "list")

    assert ran.code == 0
    assert "last good copy is in use" in ran.err
