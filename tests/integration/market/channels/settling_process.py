"""One round of settlement in a process of its own, which kills itself at a given moment.

    python -m tests.integration.market.channels.settling_process SETTINGS_JSON

`kill_at` is "<moment> <occurrence>": the moments are before and after a transaction leaves, after
it is mined, and before and after the book is told.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.chain import transaction
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.market.channels.stored import SqlChannelBook
from tests.integration.market.channels.house import House
from tests.integration.market.channels.scene import Scene, load_scene

MOMENTS = ("before send", "after send", "after mine", "before note", "after note")


def killed(at: str, function: Callable[..., Any], moment: str) -> Callable[..., Any]:
    """`function`, before or after whose n-th call the process dies without a word."""
    when, wanted = moment.split(" ", maxsplit=1)[0], at
    calls = 0

    def wrapped(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        fatal = wanted == f"{moment} {calls}"
        if fatal and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **options)
        if fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


def main(given: dict[str, str]) -> None:
    at = given["kill_at"]
    for moment in ("before send", "after send"):
        transaction.broadcast = killed(at, transaction.broadcast, moment)  # type: ignore[assignment]
    Sender.wait = killed(at, Sender.wait, "after mine")  # type: ignore[method-assign]
    for moment in ("before note", "after note"):
        SqlChannelBook.note_chains = killed(at, SqlChannelBook.note_chains, moment)  # type: ignore[method-assign]
    with Node(given["rpc_url"]) as node:
        scene: Scene = load_scene(Path(given["folder"]), node)
        report = House(scene, given["database_url"]).worker().settle(asked=True)
    print(json.dumps(report.as_json()))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
