"""Members as processes of their own, forked once what all need is loaded, so that many start soon.

with members("averaging", {"superlink": "127.0.0.1:9092", "nodes": 10}, log):
    ...                                     # they end with the block
"""

from __future__ import annotations

import json
import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import assay
from assay.bootstrap import training_processes  # noqa: F401 - loaded before forking
from assay.bootstrap.training_members import Heard
from assay.training.engine.supernode import SuperLinkAddress, serve_node
from federated import flower_app

_STOP_S = 20
Setting = dict[str, Any]


@contextmanager
def members(kind: str, setting: Setting, log: Path) -> Generator[None]:
    """Run `averaging` nodes, or a task's `certified` nodes and validators."""
    command = [sys.executable, "-m", "federated.forked", kind, json.dumps(setting)]
    with log.open("ab") as output:
        parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output)
    assert parent.stdin is not None
    try:
        yield
    finally:
        parent.stdin.close()
        parent.wait(2 * _STOP_S)


def _averaging(setting: Setting) -> list[Callable[[], None]]:
    return [partial(_average, setting["superlink"], number) for number in range(setting["nodes"])]


def _average(superlink: str, number: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    config = {"partition-id": number}
    serve_node(flower_app.client, SuperLinkAddress(superlink), stop, config=config)


def _certified(setting: Setting) -> list[Callable[[], None]]:
    nodes = [partial(_node, setting, name, file) for name, file in setting["nodes"].items()]
    return nodes + [partial(_validator, setting, name) for name in setting["validators"]]


def _node(setting: Setting, name: str, file: str) -> None:
    with assay.connect(**setting["connect"]) as client:
        client.training.serve_node(setting["task"], file, setting["superlink"], account=name)


def _validator(setting: Setting, name: str) -> None:
    one = setting["validators"][name]
    with assay.connect(**setting["connect"]) as client:
        client.training.validate(
            setting["task"], one["file"], one["listen"], setting["peers"], Heard(), account=name
        )


def main(kind: str, setting: str) -> None:
    work = {"averaging": _averaging, "certified": _certified}[kind](json.loads(setting))
    forking = multiprocessing.get_context("fork")
    started = [forking.Process(target=one) for one in work]
    for process in started:
        process.start()
    sys.stdin.read()
    for process in started:
        process.terminate()
    until = time.monotonic() + _STOP_S
    for process in started:
        process.join(max(0.0, until - time.monotonic()))
        process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
