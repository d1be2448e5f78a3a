"""Plain federated averaging in Flower, which says where the time of a round goes.

The same app runs in Flower's own processes and in nodes that stay ready (`flower_processes`).
Nodes train what `workload` says, and measure the new model in every second round, so that rounds
with and without measuring are seen side by side. The server writes a JSON file to the path in
`BENCH_RESULT`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

from flwr.app import (
    ArrayRecord,
    ConfigRecord,
    Context,
    Message,
    MetricRecord,
    RecordDict,
)
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import FedAvg

from assay.training.engine.records import to_arrays
from assay.training.engine.strategy import quiet_flower
from assay.training.learning.data import LabelledData
from assay.training.learning.local import schedule_of
from assay.training.parameters import Parameters
from federated.workload import LEARNER, node_records, schedule

EPOCHS = "BENCH_EPOCHS"
NODES = "BENCH_NODES"
ROUNDS = "BENCH_ROUNDS"
RESULT = "BENCH_RESULT"
Times = dict[str, float]

client = ClientApp()
server = ServerApp()


@cache
def _share(number: int) -> LabelledData:
    return node_records(number, int(os.environ[NODES]))


def _parameters(message: Message) -> Parameters:
    arrays = message.content.array_records["arrays"]
    return Parameters({name: array.numpy() for name, array in arrays.items()})


def _reply(message: Message, metrics: dict[str, float], trained: Parameters | None) -> Message:
    content = RecordDict({"metrics": MetricRecord({**metrics, "done": time.time()})})
    if trained is not None:
        content["arrays"] = to_arrays(trained)
    return Message(content, reply_to=message)


def _process_began() -> float:
    """Seconds since 1970."""
    ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
    up = float(Path("/proc/uptime").read_text().split()[0])
    return time.time() - up + ticks / os.sysconf("SC_CLK_TCK")


@client.train()
def train(message: Message, context: Context) -> Message:
    called = time.time()
    data = _share(int(context.node_config["partition-id"]))
    planned = schedule_of(schedule(int(os.environ[EPOCHS])))
    trained = LEARNER.train(_parameters(message), data, planned, seed=1)
    metrics = {"num-examples": len(data), "began": _process_began(), "called": called}
    return _reply(message, metrics, trained)


@client.evaluate()
def evaluate(message: Message, context: Context) -> Message:
    data = _share(int(context.node_config["partition-id"]))
    found = LEARNER.evaluate(_parameters(message), data)
    return _reply(message, {"num-examples": len(data), "accuracy": found.accuracy}, None)


def processor_s() -> float:
    """Of all processes of this measurement, also those that have ended."""
    mark, total = os.environ[RESULT].encode(), 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            ours = int(folder.name) == os.getpid() or mark in (folder / "environ").read_bytes()
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) if ours else 0
    return total / os.sysconf("SC_CLK_TCK")


class TimedAveraging(FedAvg):
    """Federated averaging that notes when it sent and what the replies say."""

    def __init__(self, nodes: int) -> None:
        super().__init__(min_available_nodes=nodes, min_train_nodes=nodes, min_evaluate_nodes=nodes)
        self.sent: list[float] = []
        self.processor_s: list[float] = []
        self.parts: list[Times] = []

    def configure_train(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        messages = list(super().configure_train(server_round, arrays, config, grid))
        self.processor_s.append(processor_s())
        self.sent.append(time.time())
        return messages

    def configure_evaluate(
        self, server_round: int, arrays: ArrayRecord, config: ConfigRecord, grid: Grid
    ) -> Iterable[Message]:
        if not _evaluates(server_round):
            return []
        return super().configure_evaluate(server_round, arrays, config, grid)

    def aggregate_train(
        self, server_round: int, replies: Iterable[Message]
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        replies, got, sent = list(replies), time.time(), self.sent[-1]
        found = [one.content.metric_records["metrics"] for one in replies if one.has_content()]
        assert len(found) == len(replies), [one.error for one in replies if one.has_error()]
        self.parts.append(
            {
                "wait_for_process": median(max(0.0, one["began"] - sent) for one in found),
                "delivery": median(one["called"] - max(sent, one["began"]) for one in found),
                "training": median(one["done"] - one["called"] for one in found),
                "reply": median(got - one["done"] for one in found),
                "all": got - sent,
            }
        )
        return super().aggregate_train(server_round, replies)


def _evaluates(server_round: int) -> bool:
    return server_round % 2 == 0


def run(grid: Grid) -> None:
    """So many rounds of both kinds; the first is left out, since everything is read in then."""
    rounds = 2 * int(os.environ[ROUNDS]) + 1
    strategy = TimedAveraging(int(os.environ[NODES]))
    with quiet_flower():
        strategy.start(grid, to_arrays(LEARNER.initial(1)), num_rounds=rounds)
    ended, used_s = time.time(), processor_s()
    times = [b - a for a, b in pairwise([*strategy.sent, ended])]
    parts = {name: median(one[name] for one in strategy.parts[1:]) for name in strategy.parts[0]}
    used = [b - a for a, b in pairwise([*strategy.processor_s, used_s])]
    result = {"rounds_s": times[1::2], "cpu_s": used[1::2], "parts_s": parts}
    result |= {"trained_only_s": times[2::2], "trained_only_cpu_s": used[2::2]}
    Path(os.environ[RESULT]).write_text(json.dumps(result))


@server.main()
def main(grid: Grid, _context: Context) -> None:
    run(grid)
