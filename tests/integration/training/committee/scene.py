"""Four real validators on loopback, and what a test does to them."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from assay.training.committee.gate import Gate
from assay.training.committee.model import Certificate
from tests.integration.training.committee.validator_process import DOMAIN, account, committee

ROOT = Path(__file__).parents[4]
SCRIPT = "tests.integration.training.committee.validator_process"
PATIENCE_S = 60.0


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Scene:
    """Validators as processes, whose rounds the test begins."""

    def __init__(self, folder: Path, size: int = 4, **settings: Any) -> None:
        self.folder = folder
        self.size = size
        self.urls = [f"http://127.0.0.1:{port}" for port in free_ports(size)]
        self.gate = Gate(committee(size), DOMAIN)
        self._settings = settings
        self._processes: dict[int, subprocess.Popen[str]] = {}
        (folder / "inputs").mkdir(parents=True)
        (folder / "chain").write_text("")

    def start(self, index: int, **settings: Any) -> None:
        """Start a validator, also one that was killed."""
        given = {
            "index": index,
            "size": self.size,
            "urls": self.urls,
            "journal": str(self.journal(index)),
            "inputs": str(self.folder / "inputs"),
            "chain": str(self.folder / "chain"),
            **self._settings,
            **settings,
        }
        with (self.folder / f"log-{index}").open("a") as log:
            self._processes[index] = subprocess.Popen(
                [sys.executable, "-m", SCRIPT, json.dumps(given)],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                text=True,
            )

    def journal(self, index: int) -> Path:
        """The file of a validator's votes."""
        return self.folder / f"journal-{index}.sqlite"

    def begin(self, round_: int) -> None:
        """Let every validator begin a round."""
        (self.folder / "inputs" / str(round_)).write_bytes(b"updates of round %d" % round_)
        following = self.folder / "chain.next"
        following.write_text(str(round_))
        following.replace(self.folder / "chain")

    def behave(self, behaviour: str) -> None:
        """From now on, the faulty validator does this (see `byzantine`)."""
        (self.folder / "behaviour").write_text(behaviour)

    def certificate(self, index: int, round_: int, within_s: float = PATIENCE_S) -> Certificate:
        """The round's certificate from one validator, with every signature checked."""
        url = f"{self.urls[index]}/tasks/{DOMAIN.task}/certificates/{round_}"
        deadline = time.monotonic() + within_s
        with httpx.Client(timeout=2.0, trust_env=False) as http:
            while time.monotonic() < deadline:
                try:
                    answer = http.get(url)
                except httpx.HTTPError:
                    answer = None
                if answer is not None and answer.status_code == httpx.codes.OK:
                    found = self.gate.admit(answer.content)
                    assert isinstance(found, Certificate)
                    return found
                time.sleep(0.05)
        raise AssertionError(f"Validator {index} has no certificate of round {round_}: {self}")

    def decided(self, index: int) -> int:
        """The latest round that a validator knows the decision of."""
        answer = httpx.get(f"{self.urls[index]}/tasks/{DOMAIN.task}/status", trust_env=False)
        return int(answer.json()["decided"])

    def wait_for_death(self, index: int) -> int:
        """The exit code of a validator that is about to end."""
        return self._processes[index].wait(PATIENCE_S)

    def processor_s(self) -> float:
        """Processor time that the validators have taken so far, together."""
        ticks = 0
        for process in self._processes.values():
            fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # user and system time, see proc(5)
        return ticks / os.sysconf("SC_CLK_TCK")

    def signal(self, index: int, number: signal.Signals) -> None:
        """Send a validator a signal."""
        os.kill(self._processes[index].pid, number)

    def kill(self, index: int) -> None:
        """kill -9."""
        self.signal(index, signal.SIGKILL)
        self.wait_for_death(index)

    def votes(self, index: int) -> list[tuple[int, int, str]]:
        """What a validator that is not running has voted, by round and view."""
        connection = sqlite3.connect(self.journal(index))
        try:
            return connection.execute("SELECT round, view, result FROM votes").fetchall()
        finally:
            connection.close()

    def log(self, index: int) -> str:
        """What a validator has printed."""
        return (self.folder / f"log-{index}").read_text()

    def close(self) -> None:
        """End all that still runs, stopped or not."""
        for process in self._processes.values():
            process.kill()
            process.wait()

    def __str__(self) -> str:
        return "\n".join(f"-- {at}\n{self.log(at)[-2000:]}" for at in self._processes)


@contextmanager
def running_scene(folder: Path, **by_index: dict[str, Any]) -> Iterator[Scene]:
    """Four validators; `v1={"die_at_vote": 1}` gives one of them settings of its own."""
    scene = Scene(folder)
    try:
        for index in range(scene.size):
            scene.start(index, **by_index.get(f"v{index}", {}))
        yield scene
    finally:
        scene.close()


def signers(certificate: Certificate) -> set[str]:
    """Who voted."""
    return {vote.sender for vote in certificate.votes}


def address(index: int) -> str:
    """A validator's address."""
    return account(index).address
