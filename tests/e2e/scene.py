"""A service that sells a scripted model, and an indexer beside it, to be stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import assay
from tests.e2e import indexing_process
from tests.e2e.scripted_server import ScriptedServer, scripted_server
from tests.e2e.site import ASSAY, Site, wait_until_healthy

MODEL = "scripted"
PRICE = 10_000
BUYER_TOKENS = 10**9
CARD = "---\nlicense: apache-2.0\nbase_model: none/none\n---\nSays the same to the same.\n"


@dataclass
class Scene:
    """One home folder and the processes on it."""

    site: Site
    port: int
    server: ScriptedServer
    service: subprocess.Popen[str] = field(init=False)
    indexer: subprocess.Popen[str] = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the service has logged."""
        return (self.site.home / "service.log").read_text()

    def start_service(self) -> None:
        with (self.site.home / "service.log").open("a") as log:
            self.service = subprocess.Popen(
                [*ASSAY, "up", "--port", str(self.port), "--json"],
                env=self.site.environment(
                    ASSAY_MODEL_URL=self.server.url,
                    ASSAY_ANCHOR_AFTER_CALLS="5",
                    ASSAY_RATE_LIMIT_PER_MINUTE="1000000",
                ),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start_indexer(self) -> None:
        with (self.site.home / "indexer.log").open("a") as log:
            self.indexer = subprocess.Popen(
                [sys.executable, str(indexing_process.__file__), str(self.site.home)],
                env=self.site.environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def kill(self, victims: str) -> None:
        """Kill what is named, and start again what nobody else starts."""
        for victim in victims.split(" and "):
            match victim:
                case "service":
                    kill(self.service)
                case "indexer":
                    kill(self.indexer)
                case "node":
                    kill_process(self.node_info("pid"))
                case "keeper":
                    kill_process(self.node_info("keeper"))
        if self.service.poll() is not None:
            self.start_service()
        if self.indexer.poll() is not None:
            self.start_indexer()

    def node_info(self, name: str) -> int:
        """From the file that the running node's keeper wrote, which may be being renewed."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                return int(json.loads((self.site.home / "chain" / "node.json").read_bytes())[name])
            except (FileNotFoundError, ValueError):
                time.sleep(0.01)
        raise AssertionError("no node was started again")


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    assert process.wait() == -signal.SIGKILL


def kill_process(pid: int) -> None:
    with suppress(ProcessLookupError):  # it went with the last victim
        os.kill(pid, signal.SIGKILL)


@contextmanager
def running_scene(folder: Path, pause_s: float) -> Iterator[Scene]:
    """Everything running and healthy; what still runs in the end is killed."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with scripted_server(pause_s) as server:
        scene = Scene(Site(folder / ".assay"), port, server)
        publish(scene, folder)
        scene.start_service()
        scene.start_indexer()
        try:
            wait_until_healthy(scene.url)
            yield scene
        finally:
            for process in (scene.service, scene.indexer):
                process.kill()
                process.wait()


def publish(scene: Scene, folder: Path, **settings: str) -> None:
    """A model, the service that sells it, and a buyer with tokens."""
    (folder / "model").mkdir()
    (folder / "model" / "README.md").write_text(CARD)
    (folder / "service.json").write_text('{"name": "scripted"}')
    with assay.connect(home=scene.site.home, **settings) as client:
        model = client.market.publish(folder / "model", kind="model", name=MODEL)
        client.market.publish(
            folder / "service.json",
            kind="service",
            name=MODEL,
            licence="CC0-1.0",
            parent=model.asset.asset_id.hex,
            price="0.01",
        )
        token, buyer = client.workspace.deployment.token, client.workspace.account("local-2")
        client.workspace.sender("local-0").transact(token, "transfer", buyer.address, BUYER_TOKENS)
