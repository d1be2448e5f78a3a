"""A node that fails as providers' nodes do: an HTTP server in front of a real one."""

from __future__ import annotations

import json
import random
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.integration.chain.servers import Answer, HttpServer

FAULTS = ("429", "503", "drop before", "drop after", "hang before", "hang after")


class FaultyRpc(HttpServer):
    """Passes calls on, or fails as `fault(method)` says: one of FAULTS, or "" for none.

    Attributes:
        seen: how often each fault was served.
        answers: values that take the place of a method's answer, the next one first.
    """

    def __init__(self, upstream: str, fault: Callable[[str], str], hang_s: float = 1.5) -> None:
        self.seen: Counter[str] = Counter()
        self.answers: dict[str, list[Any]] = {}
        self._upstream = upstream
        self._fault = fault
        self._hang_s = hang_s
        super().__init__(self._serve)

    def _serve(self, _: dict[str, str], body: Any) -> Answer:
        method = body["method"] if isinstance(body, dict) else body[0]["method"]
        fault = self._fault(method)
        if fault:
            self.seen[fault] += 1
        if fault in {"429", "503"}:
            return int(fault), {"retry-after": "0"}, b"{}"
        if fault == "drop before":
            return None
        if fault == "hang before":
            time.sleep(self._hang_s)
            return None
        data = self._upstreams(body)
        if fault == "hang after":
            time.sleep(self._hang_s)
        if fault in {"drop after", "hang after"}:
            return None
        return 200, {"content-type": "application/json"}, data

    def _upstreams(self, body: Any) -> bytes:
        if isinstance(body, dict) and self.answers.get(body["method"]):
            value = self.answers[body["method"]].pop(0)
            return json.dumps({"jsonrpc": "2.0", "id": body["id"], "result": value}).encode()
        request = urllib.request.Request(
            self._upstream, json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            found: bytes = response.read()
        return found


def sometimes(rate: float, seed: int, faults: tuple[str, ...] = FAULTS) -> Callable[[str], str]:
    """Any of the faults, at random, in so large a part of all calls."""
    chance = random.Random(seed)
    return lambda _: chance.choice(faults) if chance.random() < rate else ""
