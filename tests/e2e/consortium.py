"""A chain, a home folder and whole consortia on them, for tests of what goes wrong in a task."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer

import assay
from assay.bootstrap.consortium import NODE_ROLES, ValidatorThread
from assay.bootstrap.training_members import (
    Heard,
    Listening,
    serve_rounds,
    task_authority,
    training_node,
    validator,
)
from assay.bootstrap.workspace import Workspace
from assay.chain.local_node import LocalNode
from assay.client.training import Durations, TaskOffer
from assay.core.address import Address
from assay.training.committee.core import Timing
from assay.training.compression.encoding import EXACT, Encodings
from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.grids import LocalGrid
from assay.training.learning.data import LabelledData
from assay.training.learning.files import read_fitting
from assay.training.model import Task
from assay.training.plan import LocalSchedule
from assay.training.ports import RoundObserver
from assay.training.records import RECORD_LIMIT_BYTES, ROUND_FILE, RoundRecord
from assay.training.rounds import RoundPlace
from tests.fakes.rounds import Watch
from tests.integration.training.committee.scene import free_ports

SPONSOR = "local-0"
VALIDATORS = ("local-1", "local-2", "local-3", "local-4")
NODES = ("local-5", "local-6", "local-7")
BUDGET, STAKE = 7_000_001, 10_000_003
WIDTHS = (30, 4, 2)
PASSWORD = "throw-away"
OFFER = TaskOffer(
    widths=WIDTHS,
    rounds=2,
    budget="7.000001",
    stake="10.000003",
    schedule=LocalSchedule(epochs=2),
    encodings=Encodings(start=EXACT, up=EXACT, down=EXACT),
    durations=Durations(commit_s=60, reveal_s=60, certify_s=60, unbonding_s=1),
)
QUICK = Timing(view_timeout_s=5.0, resend_s=0.5)
_FUNDS = 10**12


@dataclass
class Consortium:
    """Everybody on one chain, in one home folder, with records of tumours."""

    folder: Path
    chain: LocalNode
    client: assay.Client
    rows: list[LabelledData] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        return self.client.workspace

    def address(self, name: str) -> Address:
        return self.workspace.address(name)

    def records(self, name: str) -> LabelledData:
        """A member's own records, the same every time."""
        place = sum(name.encode()) % len(self.rows)
        return self.rows[place]

    def records_file(self, name: str) -> Path:
        """The same as a file."""
        path, data = self.folder / f"{name}.npz", self.records(name)
        np.savez(path, features=data.features, labels=data.labels)
        assert read_fitting(path, WIDTHS).digest == data.digest
        return path

    def environment(self, account: str) -> dict[str, str]:
        """Of a command in this home, by an account."""
        return {
            **os.environ,
            "ASSAY_HOME": str(self.workspace.settings.home),
            "ASSAY_RPC_URL": self.chain.url,
            "ASSAY_ACCOUNT": account,
            "ASSAY_ACCOUNT_PASSWORD": PASSWORD,
        }

    def fund(self, *names: str) -> None:
        """Make accounts that do not exist, and give all of them money."""
        workspace = self.workspace
        token, sender = workspace.deployment.token, workspace.sender(SPONSOR)
        for name in names:
            if not name.startswith("local-"):
                self.client.accounts.create(name, PASSWORD)
                sender.wait(sender.send(self.address(name), value=10**18))
            sender.transact(token, "transfer", self.address(name), _FUNDS)

    def started(self, nodes: Sequence[str] = NODES, offer: TaskOffer = OFFER, **lasts: int) -> int:
        """A task that everybody has joined, in its first round."""
        training = self.client.training
        asked = replace(offer, durations=replace(offer.durations, **lasts))
        number = training.open(asked, account=SPONSOR).task.id
        for name in VALIDATORS:
            training.join(number, "verifier", account=name)
        for name in nodes:
            key = self.workspace.training.sealing_key(name, number).public
            self.workspace.training.account(name).join(number, NODE_ROLES, STAKE, key)
        training.start(number, account=SPONSOR)
        return number

    def held(self) -> int:
        """What the contract of tasks holds, of all tasks."""
        deployment = self.workspace.deployment
        return int(deployment.token.read("balanceOf", deployment.training.address))

    def record(self, task: int, round_: int) -> RoundRecord:
        """Of a certified round."""
        parts = self.workspace.training
        result = parts.reader.result(RoundPlace(task, round_))
        assert result is not None
        return RoundRecord.decode(
            parts.folders.read(result.record, ROUND_FILE, RECORD_LIMIT_BYTES), round_
        )

    def settled(self, task: int, nodes: Sequence[str] = NODES) -> dict[str, int]:
        """Have everybody paid out by a stranger's or its own hand: what each got, in units."""
        training, before = self.client.training, self._balances(nodes)
        training.claim(task, account="local-9")
        for name in (*VALIDATORS, *nodes):
            if training.member(task, account=name).active:
                training.leave(task, account=name)
        threading.Event().wait(1.2)
        for name in (*VALIDATORS, *nodes):
            if training.member(task, account=name).stake:
                training.withdraw(task, account=name)
        parts, found = self.workspace.training, training.show(task)
        money = found.money
        if found.terms.budget - money.released + money.forfeited - money.reclaimed:
            parts.account("local-9").reclaim(task)
        after = self._balances(nodes)
        return {name: after[name] - before[name] for name in after}

    def _balances(self, nodes: Sequence[str]) -> dict[str, int]:
        token = self.workspace.deployment.token
        names = (SPONSOR, *VALIDATORS, *nodes)
        return {name: int(token.read("balanceOf", self.address(name))) for name in names}

    # Who takes part

    def node(self, task: int, name: str) -> TrainingNode:
        return training_node(self.workspace, task, name, self.records(name))

    def seats(self) -> dict[str, str]:
        """Where each validator is to listen."""
        ports = free_ports(len(VALIDATORS))
        return {
            name: f"http://127.0.0.1:{port}" for name, port in zip(VALIDATORS, ports, strict=True)
        }

    @contextmanager
    def validating(
        self,
        task: int,
        names: Sequence[str] = VALIDATORS,
        urls: Mapping[str, str] | None = None,
        heard: Callable[[str], Heard] = lambda _name: Heard(),
    ) -> Iterator[list[ValidatorThread]]:
        """Validators in threads, until the block ends; none of them may have failed."""
        urls, failures = urls or self.seats(), []
        peers = {self.address(name): url for name, url in urls.items()}
        threads = []
        for name in names:
            port = int(urls[name].rpartition(":")[2])
            listening = Listening("127.0.0.1", port, peers)
            duty, seat = validator(
                self.workspace, task, name, self.records(name), listening,
                heard=heard(name), pause_s=0.1,
            )  # fmt: skip
            threads.append(ValidatorThread(duty, replace(seat, timing=QUICK), failures.append))
        for thread in threads:
            thread.start()
        try:
            yield threads
        finally:
            for thread in threads:
                thread.stop()
            for thread in threads:
                thread.join(20)
        assert failures == []
        assert not any(thread.is_alive() for thread in threads)

    def serve(
        self,
        task: int,
        nodes: Mapping[str, TrainingNode],
        observer: RoundObserver | None = None,
        account: str = "local-9",
    ) -> Task:
        """Serve the rounds that a task has left to these nodes."""
        app = client_app(lambda context: nodes[str(context.node_config["account"])])
        authority = task_authority(self.workspace, task, account, pause_s=0.05)
        configs = [{"account": name} for name in nodes]
        with LocalGrid(app, configs, workers=len(nodes)) as grid:
            return serve_rounds(authority, task, grid, observer or Watch(), len(nodes))


@contextmanager
def running_consortium(folder: Path) -> Iterator[Consortium]:
    """A chain of its own, with everybody's money on it."""
    features, labels = load_breast_cancer(return_X_y=True)
    features = ((features - features.mean(axis=0)) / features.std(axis=0)).astype(np.float32)
    order = np.random.default_rng(5).permutation(len(labels))
    rows = [
        LabelledData(features[part], labels[part].astype(np.int64))
        for part in np.array_split(order, 13)
    ]
    home = folder / "home"
    with (
        LocalNode.start(folder / "chain") as chain,
        assay.connect(
            home=home, rpc_url=chain.url, account=SPONSOR, account_password=PASSWORD
        ) as client,
    ):
        found = Consortium(folder, chain, client, rows)
        found.fund(*VALIDATORS, *NODES, "local-8", "local-9")
        yield found
