"""An edge's leaves train as one; those that fail are left out, and too few make it sit out."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from flwr.app import ArrayRecord, Context, Message, RecordDict
from flwr.clientapp import ClientApp
from sklearn.datasets import load_digits
from structlog.testing import capture_logs

from assay.training.aggregation.mean import federated_average
from assay.training.aggregation.updates import Updates
from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import decode
from assay.training.edge_errors import TooFewLeaves
from assay.training.edges import leaf_name, rounding_bound
from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.exchange import Waiting
from assay.training.engine.grids import LocalGrid
from assay.training.engine.leaves import LeafRounds, leaf_app
from assay.training.engine.records import write_leaf_order
from assay.training.engine.strategy import CertifiedRounds
from assay.training.learning.data import LabelledData
from assay.training.learning.leaf import PerceptronLeaf
from assay.training.learning.perceptron import Perceptron
from assay.training.plan import Plan
from assay.training.rounds import Order, RoundPlace
from tests.fakes.rounds import FolderAuthority, FolderHooks, Watch, address_of

PLAN = Plan((64, 16, 10), leaves=4)
START = Perceptron(PLAN.widths).initial(seed=1)
PLACE = RoundPlace(task=1, round=1)
Misbehaviour = Callable[[Message], Message]


def leaves(count: int = 3) -> list[PerceptronLeaf]:
    features, labels = load_digits(return_X_y=True)
    data = LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))
    cuts = np.array_split(np.arange(50 * count), count)
    return [PerceptronLeaf(Path(f"leaf-{n}.npz"), data.take(rows)) for n, rows in enumerate(cuts)]


def edge(
    members: list[PerceptronLeaf],
    bad: Misbehaviour | None = None,
    least: int = 1,
    plan: Plan = PLAN,
    wait_s: float = 10,
) -> LeafRounds:
    """An edge, whose last leaf does as it likes if `bad` is given."""
    usual, app = leaf_app(lambda context: members[int(context.node_config["leaf"])]), ClientApp()

    @app.train()
    def train(message: Message, context: Context) -> Message:
        if bad is not None and context.node_config["leaf"] == len(members) - 1:
            return bad(message)
        return usual(message, context)

    @app.evaluate()
    def evaluate(message: Message, context: Context) -> Message:
        return usual(message, context)

    grid = LocalGrid(app, [{"leaf": at} for at in range(len(members))], workers=4)
    return LeafRounds(grid, plan, least, wait_s, pause_s=0.005)


def flat(members: list[PerceptronLeaf]) -> Updates:
    """What the leaves would send if each were a member."""
    found = {}
    for leaf in members:
        payload = leaf.train(PLAN, Order(PLACE, START.digest, START.to_bytes()))
        vector = decode(payload.message, START.size, EXACT)
        found[leaf_name(leaf.data.digest)] = (vector, payload.source.profile.records)
    return Updates.of(found)


def test_an_edge_trains_what_its_leaves_would_have_averaged_to() -> None:
    members = leaves()
    training = edge(members)

    trained = training.train(START, PLACE)

    expected = flat(members)
    update = trained.vector() - START.vector()
    spacing = np.spacing(np.abs(trained.vector()).astype(np.float32)).astype(np.float64)
    apart = np.abs(update - federated_average(expected.rows, expected.weights))
    assert (apart <= rounding_bound(expected, edges=1) + spacing).all()
    assert (training.samples, training.source().leaves) == (150, 3)
    assert training.evaluate(trained).records == 150


def sleeping(message: Message) -> Message:
    time.sleep(1.5)
    raise TimeoutError


def dying(message: Message) -> Message:
    raise MemoryError("gone")


def answering_arrays(message: Message) -> Message:
    arrays = ArrayRecord([np.full(START.size, np.nan)])
    return Message(RecordDict({"update": arrays}), reply_to=message)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (sleeping, "did not answer within 1 s"),
        (dying, "MemoryError"),
        (answering_arrays, "holds no proper payload"),
    ],
)
def test_a_leaf_that_fails_is_left_out_with_a_clear_line(bad: Misbehaviour, reason: str) -> None:
    training = edge(leaves(), bad, least=2, wait_s=1)

    with capture_logs() as logs:
        training.train(START, PLACE)

    assert training.source().leaves == 2
    (line,) = [one for one in logs if one["event"] == "a leaf is left out"]
    assert reason in line["reason"]
    assert line["round"] == 1


def test_records_of_another_task_are_left_out_and_named() -> None:
    members = leaves()
    foreign = members[2].data
    members[2] = PerceptronLeaf(
        Path("foreign.npz"), LabelledData(foreign.features[:, :30], foreign.labels)
    )
    training = edge(members)

    with capture_logs() as logs:
        training.train(START, PLACE)

    assert training.source().leaves == 2
    assert "foreign.npz" in logs[0]["reason"]


def test_a_leaf_trains_on_no_other_model_than_the_order_names() -> None:
    forged = START.from_vector(np.full(START.size, 9.0))
    order = write_leaf_order(PLAN, Order(PLACE, START.digest, forged.to_bytes()))

    with LocalGrid(leaf_app(lambda _context: leaves(1)[0]), [{}]) as grid:
        (node,) = grid.get_node_ids()
        (reply,) = grid.send_and_receive([Message(order, node, "train")])

    assert reply.error.reason.startswith("ModelDiffers")


def test_with_too_few_leaves_an_edge_sits_the_round_out_and_commits_to_nothing(
    tmp_path: Path,
) -> None:
    training = edge(leaves(), dying, least=3)
    single = edge(leaves(2))
    names = [address_of(number) for number in range(2)]
    nodes = [
        TrainingNode(each, FolderHooks(tmp_path, name))
        for each, name in zip((training, single), names, strict=True)
    ]
    watch = Watch()
    strategy = CertifiedRounds(
        1,
        FolderAuthority(tmp_path, names),
        START,
        waiting=Waiting(1, 20, 20, 0.005),
        observer=watch,
    )
    app = client_app(lambda context: nodes[int(context.node_config["at"])])

    with LocalGrid(app, [{"at": 0}, {"at": 1}], workers=2) as grid:
        strategy.run(grid, 1)

    assert strategy.model is not None
    assert strategy.model.accepted == (names[1],)
    assert nodes[0].hooks.committed(PLACE) is None
    assert any("2 leaves gave an update" in reason for reason in watch.reasons.values())


def test_no_more_leaves_are_asked_than_the_task_admits() -> None:
    training = edge(leaves(3), plan=Plan(PLAN.widths, leaves=2))

    with capture_logs() as logs:
        training.train(START, PLACE)

    assert training.source().leaves == 2
    assert logs[0]["reason"] == "the task admits 2 leaves"


def test_an_edge_without_leaves_waits_no_longer_than_it_should() -> None:
    with LocalGrid(ClientApp(), []) as grid, pytest.raises(TooFewLeaves):
        LeafRounds(grid, PLAN, least=1, wait_s=0.05).train(START, PLACE)
