"""A whole task with masked updates: a real chain, a committee over HTTP, nodes through Flower."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from typer.testing import CliRunner

import assay
from assay.bootstrap.consortium import Members, Watch, gather, run_consortium
from assay.bootstrap.participants import Consortium, Participant
from assay.bootstrap.training_masking import ValidatorsUnknown
from assay.chain.local_node import LocalNode
from assay.cli.main import app
from assay.cli.train.shown import task_lines
from assay.client.training import Durations, TaskOffer
from assay.core.address import Address
from assay.training.compression.encoding import EXACT, Encodings
from assay.training.model import Phase, Task
from assay.training.parameters import Parameters, Vector
from assay.training.plan import LocalSchedule
from assay.training.ports import LocalTraining, Measured
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.records import MODEL_FILE, ROUND_FILE, RoundRecord
from assay.training.rounds import RoundPlace

SPONSOR = "local-0"
VALIDATORS = tuple(f"local-{number}" for number in range(1, 5))
NODES = tuple(f"local-{number}" for number in range(5, 10))
FUNDS = 1_000_000_000
OFFER = TaskOffer(
    widths=(30, 8, 2),
    rounds=2,
    budget="7",
    schedule=LocalSchedule(epochs=8),
    encodings=Encodings(start=EXACT, up=EXACT, down=EXACT),
    secure_aggregation=MaskingTerms(threshold=3),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[assay.Client]:
    folder = tmp_path_factory.mktemp("masked")
    with (
        LocalNode.start(folder / "chain") as node,
        assay.connect(home=folder / "home", rpc_url=node.url, account=SPONSOR) as client,
    ):
        workspace = client.workspace
        sender = workspace.sender(SPONSOR)
        for name in (*VALIDATORS, *NODES):
            sender.transact(workspace.deployment.token, "transfer", workspace.address(name), FUNDS)
        yield client


@pytest.fixture(scope="module")
def consortium(tmp_path_factory: pytest.TempPathFactory) -> Consortium:
    folder = tmp_path_factory.mktemp("records")
    features, labels = load_breast_cancer(return_X_y=True)
    features = ((features - features.mean(axis=0)) / features.std(axis=0)).astype(np.float32)
    order = np.random.default_rng(5).permutation(len(labels))
    members = []
    for name, rows in zip((*VALIDATORS, *NODES), np.array_split(order, 9), strict=True):
        np.savez(folder / f"{name}.npz", features=features[rows], labels=labels[rows])
        members.append(Participant(name, folder / f"{name}.npz"))
    return Consortium(tuple(members[4:]), tuple(members[:4]))


@dataclass
class Trained:
    """A node's training that remembers what came of it, and is switched off in some rounds."""

    training: LocalTraining
    off: Sequence[int] = ()
    changes: dict[int, Vector] = field(default_factory=dict)

    @property
    def samples(self) -> int:
        return self.training.samples

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        if place.round in self.off:
            raise RuntimeError("switched off")
        trained = self.training.train(start, place)
        self.changes[place.round] = trained.vector() - start.vector()
        return trained

    def evaluate(self, parameters: Parameters) -> Measured:
        return self.training.evaluate(parameters)


@dataclass
class Told:
    """An observer that remembers why somebody was left out."""

    reasons: list[str] = field(default_factory=list)

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None: ...

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        self.reasons.append(f"{place.round}: {reason}")

    def finished(self, place: RoundPlace, model: object, measured: object) -> None: ...


@dataclass
class Run:
    """A task that was opened, run to its end, and what each node trained."""

    client: assay.Client
    task: Task
    trained: dict[Address, Trained]
    told: Told

    @classmethod
    def of(
        cls,
        client: assay.Client,
        consortium: Consortium,
        offer: TaskOffer,
        off: Mapping[int, Sequence[int]],
    ) -> Run:
        """Run it; `off` says in which rounds the nodes of some numbers are switched off."""
        workspace, number = client.workspace, client.training.open(offer).task.id
        trained: dict[Address, Trained] = {}

        def around(name: str, training: LocalTraining) -> LocalTraining:
            made = Trained(training, off.get(NODES.index(name), ()))
            return trained.setdefault(workspace.address(name), made)

        told = Told()
        gather(workspace, number, consortium, SPONSOR)
        ended = run_consortium(
            workspace, number, consortium, Watch(told), members=Members(around), account=SPONSOR
        )
        return cls(client, ended, trained, told)

    def record(self, round_: int) -> tuple[RoundRecord, Parameters]:
        """What was certified of a round, and its model."""
        parts = self.client.workspace.training
        result = parts.reader.result(RoundPlace(self.task.id, round_))
        assert result is not None
        data = parts.folders.read(result.record, ROUND_FILE, 1 << 20)
        model = parts.folders.read(result.record, MODEL_FILE, 1 << 20)
        return RoundRecord.decode(data, round_), Parameters.from_bytes(model)

    def step(self, round_: int) -> Vector:
        """How far a round moved the model."""
        after = self.record(round_)[1].vector()
        if round_ > 1:
            return after - self.record(round_ - 1)[1].vector()
        return after - self.client.workspace.training.initial(self.task).vector()

    def assert_averaged(self, round_: int, nodes: Collection[Address]) -> None:
        """The step is federated averaging of these nodes' updates, as near as float32 shows."""
        records = {node: self.trained[node].samples for node in nodes}
        rows = np.array([self.trained[node].changes[round_] for node in nodes])
        expected = np.average(rows, axis=0, weights=[records[node] for node in nodes])
        assert np.abs(self.step(round_) - expected).max() < 1e-6
        assert np.abs(expected).max() > 1e-3


def test_nobody_sees_an_update_and_anybody_can_check_their_mean(
    client: assay.Client, consortium: Consortium
) -> None:
    run = Run.of(client, consortium, OFFER, off={})

    record, _ = run.record(1)
    nodes = list(run.trained)
    assert run.task.phase is Phase.FINISHED
    assert not run.told.reasons
    assert set(record.accepted) == set(nodes)
    run.assert_averaged(1, nodes)
    run.assert_averaged(2, nodes)
    assert [(check.round, check.ok) for check in client.training.verify(run.task.id)] == [
        (1, True),
        (2, True),
    ]
    progress = client.training.progress(run.task.id)
    assert progress.accuracy is not None
    assert progress.accuracy > 0.6
    assert progress.as_json(decimals=6)["masked"]
    assert progress.earnings.total == run.task.terms.budget
    assert all(units > 0 for _, units in progress.earnings.of)
    assert len({earning.contribution_ppb for earning in record.earnings}) == 1
    assert "masked   only sums of 3 updates or more" in task_lines(
        run.task, client.training.plan(run.task.id)
    )
    paid = client.training.claim(run.task.id)
    assert sum(claim.paid for claim in paid) == run.task.terms.budget


def test_one_drop_out_is_survived_and_three_end_the_round_without_a_slash(
    client: assay.Client, consortium: Consortium
) -> None:
    offer = replace(OFFER, durations=Durations(commit_s=5, reveal_s=60, certify_s=60))
    run = Run.of(client, consortium, offer, off={0: (1, 2), 1: (2,), 2: (2,)})

    record, _ = run.record(1)
    survivors = set(list(run.trained)[1:])
    gone = client.workspace.address(NODES[0])
    assert record.unmasking is not None
    assert set(record.unmasking["mask_secrets"]) == {gone}
    assert set(record.unmasking["seeds"]) == survivors
    assert set(record.accepted) == survivors
    run.assert_averaged(1, survivors)
    assert "2: 2 updates were revealed, and 3 have to be to unmask their sum" in run.told.reasons
    parts = client.workspace.training
    assert parts.reader.result(RoundPlace(run.task.id, 2)) is None
    assert not parts.reader.slashes(run.task.id)
    assert [check.ok for check in client.training.verify(run.task.id)] == [True]
    assert (
        sum(claim.paid for claim in client.training.claim(run.task.id)) == run.task.money.released
    )
    assert run.task.money.released == run.task.terms.budget // 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--rule", "krum"), "Secure aggregation excludes the rule 'krum'"),
        (("--rule", "adaptive"), "Secure aggregation excludes the rule 'adaptive'"),
        (("--keep-percent", "25"), "Secure aggregation excludes the compression of updates"),
        (("--leaves", "3"), "Secure aggregation excludes leaves behind a node"),
        (("--threshold", "2"), "can't have threshold = 2"),
        (("--masked-bits", "8"), "can't have bits = 8"),
    ],
)
def test_what_the_mode_excludes_is_refused_when_the_task_is_opened(
    client: assay.Client, options: tuple[str, ...], message: str
) -> None:
    settings = client.workspace.settings
    environment = {
        "ASSAY_HOME": str(settings.home),
        "ASSAY_RPC_URL": str(settings.rpc_url),
        "ASSAY_ACCOUNT": SPONSOR,
    }
    before = client.workspace.training.reader.task_count()

    done = CliRunner().invoke(
        app,
        ["train", "open", "--widths", "30,8,2", "--secure-aggregation", *options],
        env=environment,
    )

    assert message in str(done.exception)
    assert getattr(done.exception, "hint", "")
    assert client.workspace.training.reader.task_count() == before


def test_a_server_that_does_not_know_the_validators_says_so(client: assay.Client) -> None:
    task = client.training.open(OFFER).task.id

    with pytest.raises(ValidatorsUnknown, match="nobody says where its validators listen"):
        client.training.run(task, "127.0.0.1:0", Told())
