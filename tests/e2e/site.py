"""A home folder with a finished demo, and commands and services on it in their own processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ASSAY = [sys.executable, "-m", "assay.cli.main"]
TIMEOUT_S = 240


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Service:
    """A running `assay up`."""

    url: str
    rpc: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass(frozen=True)
class Site:
    """One home folder."""

    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        plain = {key: value for key, value in os.environ.items() if not key.startswith("ASSAY_")}
        return {**plain, "ASSAY_HOME": str(self.home), **more}

    def run(self, *arguments: str, stdin: str | None = None, **more: str) -> Ran:
        done = subprocess.run(
            [*ASSAY, *arguments],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            input=stdin,
            timeout=TIMEOUT_S,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def copy(self, folder: Path) -> Site:
        shutil.copytree(self.home, folder, symlinks=True)
        return Site(folder)

    @contextmanager
    def service(self, port: int = 0, **more: str) -> Iterator[Service]:
        log = (self.home / "service.log").open("a")
        process = subprocess.Popen(
            [*ASSAY, "up", "--port", str(port), "--json"],
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, (self.home / "service.log").read_text()[-2000:]
            announced = json.loads(line)
            wait_until_healthy(announced["url"])
            yield Service(announced["url"], announced["rpc"], process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)
            log.close()


def wait_until_healthy(url: str) -> None:
    deadline = time.monotonic() + 60
    with httpx.Client(timeout=30) as http:
        while time.monotonic() < deadline:
            try:
                if http.get(url + "/health").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    raise AssertionError(f"{url} does not become healthy")
