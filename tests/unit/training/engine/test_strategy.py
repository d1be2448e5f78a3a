"""Rounds through Flower's messages: what is used, what is left out, what never leaves a node."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flwr.app import ArrayRecord, Context, Message, RecordDict
from flwr.clientapp import ClientApp
from sklearn.datasets import load_digits

from assay.errors import UnavailableError
from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.errors import ModelDiffers, TooFewNodes
from assay.training.engine.exchange import Waiting
from assay.training.engine.grids import LocalGrid
from assay.training.engine.records import (
    read_opening,
    read_place,
    read_receipt,
    write_opening,
    write_receipt,
)
from assay.training.engine.strategy import CertifiedRounds
from assay.training.errors import NothingCommitted
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.rounds import LocalUpdate, Opening, RoundPlace
from tests.fakes.local_training import PerceptronTraining
from tests.fakes.rounds import (
    FolderAuthority,
    FolderHooks,
    Watch,
    address_of,
)

LEARNER = Perceptron((64, 16, 10))
START = LEARNER.initial(seed=1)
SOON = Waiting(nodes_s=0.2, train_s=20, reveal_s=20, pause_s=0.005)


class Scene:
    """Some nodes with a share of the digits each, and a server."""

    def __init__(self, folder: Path, nodes: int = 4) -> None:
        features, labels = load_digits(return_X_y=True)
        self.data = LabelledData((features / 16).astype(np.float32), labels.astype(np.int64))
        rows = np.array_split(np.arange(800), nodes)
        self.addresses = [address_of(number) for number in range(nodes)]
        self.nodes = [
            TrainingNode(PerceptronTraining(LEARNER, self.data.take(part)), FolderHooks(folder, at))
            for part, at in zip(rows, self.addresses, strict=True)
        ]
        self.authority = FolderAuthority(folder, self.addresses)
        self.watch = Watch()

    def node_of(self, context: Context) -> TrainingNode:
        return self.nodes[int(context.node_config["partition-id"])]

    def strategy(self, **changes: object) -> CertifiedRounds:
        plain = CertifiedRounds(1, self.authority, START, waiting=SOON, observer=self.watch)
        return replace(plain, **changes)

    def run(
        self,
        strategy: CertifiedRounds,
        rounds: int = 1,
        app: ClientApp | None = None,
        workers: int = 2,
    ) -> LocalGrid:
        configs = [{"partition-id": number} for number in range(len(self.nodes))]
        grid = Spy(app or client_app(self.node_of), configs, workers)
        with grid:
            strategy.run(grid, rounds)
        return grid


class Spy(LocalGrid):
    """Remembers what nodes replied."""

    replies: list[Message]

    def pull_messages(self, message_ids: Iterable[str]) -> Iterable[Message]:
        found = list(super().pull_messages(message_ids))
        self.replies = [*getattr(self, "replies", []), *found]
        return found


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_the_certified_model_of_a_round_is_the_next_one_and_it_learns(scene: Scene) -> None:
    strategy = scene.strategy()

    scene.run(strategy, rounds=6)

    digests = [order.model for order in scene.authority.orders]
    assert len(set(digests)) == 6
    assert digests[0] == START.digest
    before, after = (LEARNER.evaluate(one, scene.data) for one in (START, strategy.parameters))
    assert after.accuracy > before.accuracy + 0.4
    assert strategy.model is not None
    assert strategy.model.accepted == tuple(scene.addresses)
    assert not scene.watch.reasons


def test_one_round_is_federated_averaging_to_the_bit(scene: Scene) -> None:
    strategy = scene.strategy()

    scene.run(strategy)

    total = np.zeros(START.size)
    for node in scene.nodes:
        trained = LEARNER.train(START, node.training.data, Schedule(), seed=1)
        total += node.training.samples * (trained.vector() - START.vector())
    expected = START.from_vector(START.vector() + total / 800)
    assert strategy.parameters.digest == expected.digest


def test_no_reply_carries_an_update(scene: Scene) -> None:
    grid = scene.run(scene.strategy(evaluate_every=1))

    assert len(grid.replies) == 12
    for message in grid.replies:
        assert not message.content.array_records
        assert set(message.content) in ({"receipt"}, {"opening"}, {"metrics"})


def test_nodes_measure_the_new_model_where_that_is_wanted(scene: Scene) -> None:
    strategy = scene.strategy(evaluate_every=2)

    scene.run(strategy, rounds=2)

    shares = [node.training.evaluate(strategy.parameters).accuracy for node in scene.nodes]
    assert scene.watch.accuracies == [None, pytest.approx(np.mean(shares))]


def test_a_run_is_taken_up_again_where_it_stopped(scene: Scene) -> None:
    first = scene.strategy()
    scene.run(first, rounds=2)
    again = scene.strategy(start_from=first.parameters, first_round=3)

    scene.run(again)

    assert [order.place.round for order in scene.authority.orders] == [1, 2, 3]
    assert scene.authority.orders[2].model == first.parameters.digest


def test_a_repeated_order_is_not_trained_again(scene: Scene) -> None:
    place = RoundPlace(1, 1)
    hooks = scene.nodes[0].hooks
    kept = hooks.commit(LocalUpdate(place, np.zeros(START.size), 5))

    scene.run(scene.strategy())

    assert [node.training.trained for node in scene.nodes] == [0, 1, 1, 1]
    assert hooks.committed(place) == kept


def app_with(scene: Scene, number: int, **functions: Callable[..., Message]) -> ClientApp:
    """The usual app, but one node answers some kinds of message in its own way."""
    usual, own = client_app(scene.node_of), ClientApp()

    def route(kind: str) -> Callable[[Message, Context], Message]:
        def call(message: Message, context: Context) -> Message:
            if context.node_config["partition-id"] == number and kind in functions:
                return functions[kind](message, context, usual)
            return usual(message, context)

        return call

    own.train()(route("train"))
    own.query("reveal")(route("reveal"))
    return own


def test_who_copies_a_commitment_can_not_open_it(scene: Scene) -> None:
    place, thief, victim = RoundPlace(1, 1), scene.addresses[0], scene.addresses[1]

    def copy_commitment(message: Message, context: Context, usual: ClientApp) -> Message:
        until = time.monotonic() + 10
        while (receipt := scene.nodes[1].hooks.committed(place)) is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        folder = scene.authority.folder / "1"
        (folder / f"{thief}.commitment").write_bytes(receipt.commitment.raw)
        return Message(write_receipt(replace(receipt, node=thief)), reply_to=message)

    def copy_opening(message: Message, context: Context, usual: ClientApp) -> Message:
        opened = scene.nodes[1].hooks.reveal(read_place(message.content))
        return Message(write_opening(replace(opened, node=thief)), reply_to=message)

    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 0, train=copy_commitment, reveal=copy_opening))

    assert strategy.model is not None
    assert thief not in strategy.model.accepted
    assert victim in strategy.model.accepted
    assert thief in scene.watch.reasons


def test_a_node_that_dies_between_its_steps_stops_nobody(scene: Scene) -> None:
    def die(message: Message, context: Context, usual: ClientApp) -> Message:
        raise MemoryError("gone")

    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 2, reveal=die))

    assert strategy.model is not None
    assert strategy.model.accepted == (*scene.addresses[:2], scene.addresses[3])
    assert scene.watch.reasons[scene.addresses[2]].endswith("it committed and did not reveal")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError("no such file: /data/patients/jane.csv"), "OSError: see the node's log"),
        (NothingCommitted(1, 1), "NothingCommitted: There is no commitment of this node"),
    ],
)
def test_errors_of_assay_are_told_to_the_server_and_of_others_the_kind_alone(
    scene: Scene, error: Exception, told: str
) -> None:
    def fail(message: Message, context: Context, usual: ClientApp) -> Message:
        raise error

    scene.run(scene.strategy(), app=app_with(scene, 0, train=fail))

    reasons = " ".join(scene.watch.reasons.values())
    assert told in reasons
    assert "patients" not in reasons


def test_a_node_that_is_late_is_left_out(scene: Scene) -> None:
    def dawdle(message: Message, context: Context, usual: ClientApp) -> Message:
        time.sleep(1.5)
        return usual(message, context)

    strategy = scene.strategy(waiting=replace(SOON, train_s=0.8, reveal_s=1))
    began = time.monotonic()
    scene.run(strategy, app=app_with(scene, 1, train=dawdle))

    assert strategy.model is not None
    assert scene.addresses[1] not in strategy.model.accepted
    assert time.monotonic() - began < 4


def test_a_receipt_of_a_stranger_is_not_asked_about(scene: Scene) -> None:
    stranger = address_of(99)

    def pretend(message: Message, context: Context, usual: ClientApp) -> Message:
        receipt = replace(read_receipt(usual(message, context).content), node=stranger)
        return Message(write_receipt(receipt), reply_to=message)

    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 3, train=pretend))

    assert scene.watch.reasons[stranger] == "its commitment is not on the chain"
    assert strategy.model is not None
    assert len(strategy.model.accepted) == 3


def test_two_nodes_of_one_address_count_once(scene: Scene) -> None:
    scene.nodes[1] = TrainingNode(scene.nodes[1].training, scene.nodes[0].hooks)

    strategy = scene.strategy()
    scene.run(strategy, workers=1)

    assert strategy.model is not None
    assert strategy.model.accepted == (scene.addresses[0], *scene.addresses[2:])


def nonsense(message: Message, context: Context, usual: ClientApp) -> Message:
    usual(message, context)
    return Message(RecordDict({"arrays": ArrayRecord([np.ones(3)])}), reply_to=message)


def test_an_opening_of_another_shape_is_dropped(scene: Scene) -> None:
    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 0, reveal=nonsense))

    assert strategy.model is not None
    assert strategy.model.accepted == tuple(scene.addresses[1:])
    assert "holds no proper opening" in scene.watch.reasons[scene.addresses[0]]


def test_who_committed_is_asked_to_reveal_though_its_receipt_was_lost(scene: Scene) -> None:
    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 0, train=nonsense))

    assert strategy.model is not None
    assert strategy.model.accepted == tuple(scene.addresses)
    assert "it holds no proper receipt ('receipt')" in scene.watch.reasons.values()


def test_an_opening_of_another_round_is_dropped(scene: Scene) -> None:
    def stale(message: Message, context: Context, usual: ClientApp) -> Message:
        opening = read_opening(usual(message, context).content)
        return Message(write_opening(replace(opening, place=RoundPlace(1, 7))), reply_to=message)

    strategy = scene.strategy()
    scene.run(strategy, app=app_with(scene, 0, reveal=stale))

    assert strategy.model is not None
    assert strategy.model.accepted == tuple(scene.addresses[1:])


def test_without_a_quorum_the_model_stays_and_the_next_round_begins(scene: Scene) -> None:
    scene.authority.quorum = 5
    strategy = scene.strategy()

    scene.run(strategy, rounds=2)

    assert strategy.model is None
    assert [order.model for order in scene.authority.orders] == [START.digest, START.digest]


def test_a_certificate_of_other_parameters_stops_the_run(scene: Scene) -> None:
    scene.authority.wrong_aggregate = True

    with pytest.raises(ModelDiffers):
        scene.run(scene.strategy())


def test_too_few_nodes_are_said(scene: Scene) -> None:
    with pytest.raises(TooFewNodes, match="4 of 5"):
        scene.run(scene.strategy(minimum_nodes=5))


def test_a_chain_that_is_down_stops_the_run_with_its_own_error(scene: Scene) -> None:
    def down(place: RoundPlace) -> dict[str, Opening]:
        raise UnavailableError("The chain does not answer.")

    scene.authority.commitments = down

    with pytest.raises(UnavailableError, match="chain"):
        scene.run(scene.strategy())


def test_replies_that_nobody_takes_are_forgotten(scene: Scene) -> None:
    app = client_app(scene.node_of)
    with LocalGrid(app, [{"partition-id": 0}]) as grid:
        for _ in range(20):
            grid.push_messages([Message(RecordDict(), 2, "train", ttl=0.01)])
            time.sleep(0.02)

        assert len(grid._work) == 1
