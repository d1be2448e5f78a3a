"""The demo's other processes: the service that sells, and the client that pays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from assay.errors import UnavailableError

_START_WITHIN_S = 60.0
_STOP_WITHIN_S = 40.0
_POLL_S = 0.05


class ProcessFailed(UnavailableError):
    """A process of the demo ended before its work was done."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"The {name} of the demo failed: {detail}.", hint="See `assay doctor`.")
        self.name = name


@dataclass(frozen=True)
class Service:
    """A running `assay up`."""

    url: str
    log: Path

    def wait_until_healthy(self) -> None:
        """Return when every part answers.

        Raises:
            ProcessFailed: not within a minute.
        """
        deadline = time.monotonic() + _START_WITHIN_S
        while time.monotonic() < deadline:
            try:
                with urlopen(self.url + "/health", timeout=_START_WITHIN_S):  # noqa: S310
                    return
            except URLError:
                time.sleep(_POLL_S)
        raise ProcessFailed("service", f"not healthy after {_START_WITHIN_S:g} s, see {self.log}")


@contextmanager
def running_service(
    home: Path, account: str, rpc_url: str | None
) -> Iterator[subprocess.Popen[str]]:
    """`assay up` on a free port, stopped gracefully at the end."""
    log = home / "logs" / "demo-service.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "ASSAY_HOME": str(home), "ASSAY_ACCOUNT": account}
    if rpc_url:
        environment["ASSAY_RPC_URL"] = rpc_url
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "assay.cli.main", "up", "--port", "0", "--json"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()


def announced(process: subprocess.Popen[str], home: Path) -> Service:
    """The service behind the process, as its first line of output names it."""
    assert process.stdout is not None, "it was opened with a pipe"
    line = process.stdout.readline()
    log = home / "logs" / "demo-service.log"
    if not line:
        raise ProcessFailed("service", f"it ended, see {log}")
    return Service(json.loads(line)["url"], log)


def pay_calls(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Run the paying client; one answer after the other, as they come."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assay.cli.demo.payer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        for line in process.stdout:
            yield json.loads(line)
        problem = process.stderr.read().strip().splitlines()
    if process.returncode != 0:
        raise ProcessFailed("client", problem[-1] if problem else "no reason given")
