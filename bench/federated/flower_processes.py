"""A SuperLink and nodes as processes: Flower's own programs, and nodes that stay ready."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from assay.training.engine.deployment import server_grid, start_run
from assay.training.engine.superlink import superlink_process
from assay.training.engine.supernode import SuperLinkAddress
from federated import flower_app
from federated.forked import members

PROJECT = b"""\
[project]
name = "plain-averaging"
version = "1.0.0"
license = { file = "LICENSE" }
dependencies = ["flwr>=1.41.0"]

[tool.flwr.app]
publisher = "assay"
fab-format-version = 1
flwr-version-target = "1.41.0"

[tool.flwr.app.components]
serverapp = "plain:server"
clientapp = "plain:client"

[tool.flwr.app.config]
"""
APP = {
    "pyproject.toml": PROJECT,
    "plain.py": b"from federated.flower_app import client, server\n",
    "LICENSE": b"Apache-2.0\n",
}
BENCH = Path(__file__).parents[1]
LONGEST_S = 1800


@contextmanager
def _process(command: Sequence[str], log: Path) -> Generator[None]:
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, nodes: int, rounds: int, epochs: int) -> Path:
    """Tell the processes of a measurement what it is; where its result will be."""
    result = folder / "result.json"
    os.environ |= {
        flower_app.NODES: str(nodes),
        flower_app.ROUNDS: str(rounds),
        flower_app.EPOCHS: str(epochs),
        flower_app.RESULT: str(result),
        "FLWR_HOME": str(folder / "flower"),
        "PYTHONPATH": str(BENCH),
        # All members share this machine: threads of one that wait for work keep others from it.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    return result


def stock(nodes: int, rounds: int, epochs: int) -> dict[str, Any]:
    """Flower as it comes: `flower-superlink`, `flower-supernode`, a process for each message."""
    programs = Path(sys.executable).parent
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as name, ExitStack() as processes:
        folder, port = Path(name), _free_port()
        result = environment(folder, nodes, rounds, epochs)
        address, log = f"127.0.0.1:{port}", folder / "log"
        plain = ["--insecure", "--host", "127.0.0.1"]
        link = [f"{programs}/flower-superlink", *plain, "--port", str(port)]
        link.append("--disable-runtime-dependency-installation")
        processes.enter_context(_process(link, log))
        node = [f"{programs}/flower-supernode", *plain, "--superlink", address]
        for number in range(nodes):
            own = ["--port", str(_free_port()), "--node-config", f"partition-id={number}"]
            processes.enter_context(_process([*node, *own], log))
        _wait(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
        start_run(SuperLinkAddress(address), APP)
        _wait(lambda: json.loads(result.read_text()))
        return json.loads(result.read_text())


def ready(nodes: int, rounds: int, epochs: int) -> dict[str, Any]:
    """Nodes that stay ready, each a process of its own; the same app, the same SuperLink."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as processes:
        folder = Path(name)
        result = environment(folder, nodes, rounds, epochs)
        link = processes.enter_context(superlink_process(folder))
        setting = {"superlink": link.address.address, "nodes": nodes}
        processes.enter_context(members("averaging", setting, folder / "log"))
        with server_grid(link) as grid:
            flower_app.run(grid)
        return json.loads(result.read_text())


def _wait(attempt: Any) -> None:
    until = time.monotonic() + LONGEST_S
    while True:
        try:
            attempt()
        except (OSError, ValueError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return
