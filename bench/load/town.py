"""A provider's whole house as processes: node, two services, a settlement worker, a model.

Everything can be killed with SIGKILL at any moment; whatever nobody else starts again is started
again here, as an operator's process supervisor would.
"""

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

import httpx

import assay
from assay.core.amount import format_amount

HERE = Path(__file__).parent
ASSAY = [sys.executable, "-m", "assay.cli.main"]
MODEL = "echo"
PRICE = 100  # units of a token with 6 decimals: a hundredth of a cent
CARD = "---\nlicense: apache-2.0\nbase_model: none/none\n---\nRepeats what it is told.\n"


@dataclass
class Town:
    """One home folder and the processes on it."""

    folder: Path
    database: str | None
    ports: list[int]
    upstream_url: str
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / ".assay"

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    @property
    def victims(self) -> list[str]:
        """What can be killed."""
        return [*self.processes, "node", "keeper"]

    def settings(self) -> dict[str, str]:
        """The environment of every command."""
        plain = {key: value for key, value in os.environ.items() if not key.startswith("ASSAY_")}
        own = {
            "ASSAY_HOME": str(self.home),
            "ASSAY_MODEL_URL": self.upstream_url,
            "ASSAY_RATE_LIMIT_PER_MINUTE": "10000000",
            "ASSAY_ANCHOR_AFTER_CALLS": "500",
        }
        return {**plain, **own, **({"ASSAY_DATABASE_URL": self.database} if self.database else {})}

    def start(self, name: str) -> None:
        """Start what runs under this name."""
        arguments = {
            "settle": ["settle", "--watch", "--due"],
            **{f"service {port}": ["up", "--port", str(port)] for port in self.ports},
        }[name]
        with (self.folder / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [*ASSAY, *arguments], env=self.settings(), stdout=log, stderr=log, text=True
            )

    def kill(self, victim: str) -> None:
        """Kill one, and start again what nobody else starts."""
        if victim in self.processes:
            self.processes[victim].kill()
            self.processes[victim].wait()
        else:
            with suppress(ProcessLookupError):
                os.kill(self._node_process(victim), signal.SIGKILL)
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.start(name)

    def wait_until_healthy(self) -> None:
        """Until both services answer."""
        deadline = time.monotonic() + 60
        with httpx.Client(timeout=30) as http:
            for url in self.urls:
                while time.monotonic() < deadline:
                    with suppress(httpx.TransportError):
                        if http.get(url + "/health").status_code == 200:
                            break
                    time.sleep(0.05)
                else:
                    raise TimeoutError(f"{url} does not become healthy")

    def stop(self) -> None:
        """End every process, kindly."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(60)

    def run(self, *arguments: str) -> str:
        """Run a command to its end; returns what it printed."""
        done = subprocess.run(
            [*ASSAY, *arguments], env=self.settings(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"assay {' '.join(arguments)}: {done.stderr[-2000:]}")
        return done.stdout

    def connect(self) -> assay.Client:
        """The Python face on the same house."""
        return assay.connect(home=self.home, database_url=self.database)

    def _node_process(self, victim: str) -> int:
        name = "pid" if victim == "node" else "keeper"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(FileNotFoundError, ValueError):
                return int(json.loads((self.home / "chain" / "node.json").read_bytes())[name])
            time.sleep(0.01)
        raise TimeoutError("no node was started again")


@contextmanager
def running_town(folder: Path, database: str | None, buyers: dict[str, int]) -> Iterator[Town]:
    """Everything running and healthy, the buyers' accounts filled with tokens."""
    upstream = subprocess.Popen(
        [sys.executable, str(HERE / "upstream.py")], stdout=subprocess.PIPE, text=True
    )
    assert upstream.stdout is not None
    try:
        town = Town(folder, database, _free_ports(2), upstream.stdout.readline().strip())
        _publish(town, buyers)
        for name in (*(f"service {port}" for port in town.ports), "settle"):
            town.start(name)
        try:
            town.wait_until_healthy()
            yield town
        finally:
            for process in town.processes.values():
                process.kill()
                process.wait()
    finally:
        upstream.kill()
        upstream.wait()


def _publish(town: Town, buyers: dict[str, int]) -> None:
    model = town.folder / "model"
    model.mkdir()
    (model / "README.md").write_text(CARD)
    (town.folder / "service.json").write_text('{"name": "echo"}')
    with town.connect() as client:
        published = client.market.publish(model, kind="model", name=MODEL)
        client.market.publish(
            town.folder / "service.json",
            kind="service",
            name=MODEL,
            licence="CC0-1.0",
            parent=published.asset.asset_id.hex,
            price=format_amount(PRICE, decimals=6),
        )
        token = client.workspace.deployment.token
        for name, units in buyers.items():
            address = client.workspace.account(name).address
            client.workspace.sender("local-0").transact(token, "transfer", address, units)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
