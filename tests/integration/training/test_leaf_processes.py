"""An edge, its SuperLink, and leaves as processes of their own: one is killed, the edge goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from flwr.serverapp import Grid
from sklearn.datasets import load_digits
from structlog.testing import capture_logs

from assay.training.edge_errors import TooFewLeaves
from assay.training.engine.deployment import server_grid
from assay.training.engine.leaves import LeafRounds, reply_limit_bytes
from assay.training.engine.superlink import superlink_process
from assay.training.learning.files import read_labelled
from assay.training.learning.perceptron import Perceptron
from assay.training.plan import Plan
from assay.training.rounds import RoundPlace

PLAN = Plan((64, 16, 10), leaves=2)
COMMAND = [sys.executable, "-m", "assay.cli.main", "train", "leaf"]
_COME_WITHIN_S = 60


@contextmanager
def leaf_process(address: str, data: Path) -> Iterator[subprocess.Popen[bytes]]:
    with data.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen([*COMMAND, address, "--data", data], stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def records(folder: Path, part: int) -> Path:
    features, labels = load_digits(return_X_y=True)
    rows = np.arange(100 * part, 100 * part + 100)
    path = folder / f"leaf-{part}.npz"
    np.savez(path, features=(features[rows] / 16).astype(np.float32), labels=labels[rows])
    return path


def await_leaves(grid: Grid, count: int) -> None:
    until = time.monotonic() + _COME_WITHIN_S
    while len(list(grid.get_node_ids())) < count:
        assert time.monotonic() < until, "the leaves did not come"
        time.sleep(0.1)


def test_leaves_train_for_their_edge_and_one_that_is_killed_stops_nothing(tmp_path: Path) -> None:
    start = Perceptron(PLAN.widths).initial(seed=1)
    first, second = (records(tmp_path, part) for part in (0, 1))

    with (
        superlink_process(tmp_path / "edge") as link,
        leaf_process(link.address.address, first),
        leaf_process(link.address.address, second) as victim,
        server_grid(link, reply_limit_bytes(start.size)) as grid,
    ):
        await_leaves(grid, 2)
        training = LeafRounds(grid, PLAN, least=1, wait_s=30)
        trained = training.train(start, RoundPlace(1, 1))
        both = training.source()
        victim.kill()
        training.wait_s = 2
        with capture_logs() as logs:
            training.train(trained, RoundPlace(1, 2))
        training.least = 2
        with pytest.raises(TooFewLeaves, match="1 leaves gave an update within 2 s"):
            training.train(trained, RoundPlace(1, 3))

    data = [read_labelled(path) for path in (first, second)]
    assert (both.leaves, both.profile.records) == (2, 200)
    before, after = (Perceptron(PLAN.widths).evaluate(one, data[0]) for one in (start, trained))
    assert after.loss < before.loss
    assert [line["reason"] for line in logs] == ["it did not answer within 2 s"]
