"""Nodes with shares of scikit-learn's digits, as worker processes build them.

Run as a program it forks a process for each node, after what all need is loaded, and for one more
that floods the server; prints their numbers, and ends them when its input ends.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from functools import cache, partial
from pathlib import Path

import numpy as np
from flwr.app import ArrayRecord, Context, Message, RecordDict
from flwr.clientapp import ClientApp
from sklearn.datasets import load_digits

from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.supernode import SuperLinkAddress, serve_node
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron
from tests.fakes.local_training import PerceptronTraining
from tests.fakes.rounds import FolderHooks, address_of

LEARNER = Perceptron((64, 16, 10))


def node_in(folder: Path, nodes: int, context: Context) -> TrainingNode:
    number = int(context.node_config["partition-id"])
    rows = np.array_split(np.arange(800), nodes)[number]
    training = PerceptronTraining(LEARNER, digits().take(rows))
    return TrainingNode(training, FolderHooks(folder, address_of(number)))


@cache
def digits() -> LabelledData:
    features, labels = load_digits(return_X_y=True)
    return LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))


def flooding_app() -> ClientApp:
    """Answers every order with more than a receipt can be."""
    app = ClientApp()

    @app.train()
    def train(message: Message, context: Context) -> Message:
        arrays = ArrayRecord([np.random.default_rng(1).random(1 << 18)])
        return Message(RecordDict({"arrays": arrays}), reply_to=message)

    return app


def serve(address: str, folder: Path, nodes: int, number: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    honest = number < nodes
    app = client_app(partial(node_in, folder, nodes)) if honest else flooding_app()
    serve_node(app, SuperLinkAddress(address), stop, config={"partition-id": number})


def main(address: str, folder: str, nodes: str) -> None:
    digits()
    forking = multiprocessing.get_context("fork")
    started = [
        forking.Process(target=serve, args=(address, Path(folder), int(nodes), number))
        for number in range(int(nodes) + 1)
    ]
    for process in started:
        process.start()
    print(*(process.pid for process in started), flush=True)
    sys.stdin.read()
    for process in started:
        process.terminate()
    until = time.monotonic() + 10
    for process in started:
        process.join(max(0.0, until - time.monotonic()))
        process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
