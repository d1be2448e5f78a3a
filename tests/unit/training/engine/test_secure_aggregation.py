"""The server's steps of secure aggregation: who masks with whom, drop-outs, and a new start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flwr.app import ArrayRecord, ConfigRecord

from assay.core.address import Address
from assay.training.engine.client import TrainingNode, client_app
from assay.training.engine.exchange import Waiting
from assay.training.engine.grids import LocalGrid
from assay.training.engine.secure_aggregation import SecureRounds
from assay.training.model import Role
from assay.training.parameters import Parameters
from assay.training.privacy.masking.errors import CohortRefused
from assay.training.privacy.masking.terms import MaskingTerms
from assay.training.rounds import Order, RoundPlace
from assay.training.use_cases.masked_node import MaskedRounds
from tests.fakes.rounds import Watch
from tests.unit.training.privacy.masking.nodes import PLACE, START, MaskingScene

SOON = Waiting(nodes_s=0.2, train_s=5, reveal_s=5, pause_s=0.005)


@dataclass
class OneOrder:
    """An authority that begins rounds."""

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        return Order(place, START.digest, START.to_bytes())


@dataclass
class Gone:
    """A node that does not answer one step, at all or so many times."""

    node: MaskedRounds
    step: str
    times: int = 99

    def __getattr__(self, name: str) -> object:
        if name == self.step and self.times > 0:
            self.times -= 1
            return self._gone
        return getattr(self.node, name)

    def _gone(self, *_: object) -> bytes:
        raise CohortRefused(PLACE.round, "it is switched off")


class Server:
    """A server that starts a round with some nodes, which can be gone at one step each."""

    def __init__(self, scene: MaskingScene, gone: Mapping[Address, str]) -> None:
        self.nodes = {
            address: Gone(node, gone[address]) if address in gone else node
            for address, node in scene.nodes.items()
        }
        self.watch = Watch()
        app = client_app(
            lambda context: TrainingNode(
                None,  # type: ignore[arg-type]
                self.nodes[context.node_config["node"]],  # type: ignore[arg-type, index]
                masking=self.nodes[context.node_config["node"]],  # type: ignore[arg-type, index]
            )
        )
        self.grid = LocalGrid(app, [{"node": address} for address in self.nodes], workers=2)
        self.strategy = SecureRounds(
            PLACE.task,
            OneOrder(),  # type: ignore[arg-type]
            START,
            waiting=SOON,
            observer=self.watch,
            terms=scene.terms,
            desk=scene.desk,
        )

    def begin(self) -> int:
        """Start the round; how many nodes are to train."""
        with self.grid:
            asked = self.strategy.configure_train(1, ArrayRecord(), ConfigRecord(), self.grid)
            return len(list(asked))


Begin = Callable[[int, Mapping[int, str]], tuple[MaskingScene, Server]]


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    def make(nodes: int, gone: Mapping[int, str]) -> tuple[MaskingScene, Server]:
        scene = MaskingScene.of(tmp_path, MaskingTerms(threshold=3), (50,) * nodes)
        names = list(scene.nodes)
        return scene, Server(scene, {names[at]: step for at, step in gone.items()})

    return make


def test_nodes_that_are_gone_before_they_deal_are_not_waited_for(begin: Begin) -> None:
    scene, server = begin(5, {0: "advertise", 1: "deal"})

    trained = server.begin()

    cohort = server.strategy.cohort
    assert cohort is not None
    assert cohort.nodes == tuple(scene.nodes)[2:]
    assert cohort.roster.nodes == tuple(scene.nodes)[1:]
    assert trained == 3
    assert all("it is switched off" in reason for reason in server.watch.reasons.values())


def test_who_is_late_completes_the_roster_that_others_have_dealt_to(begin: Begin) -> None:
    scene, server = begin(5, {0: "deal", 1: "deal", 2: "deal"})
    for node in list(server.nodes.values())[:3]:
        assert isinstance(node, Gone)
        node.times = 1

    assert server.begin() == 5

    assert server.strategy.cohort is not None
    assert server.strategy.cohort.nodes == tuple(scene.nodes)


def test_with_too_few_left_nobody_trains_and_the_reason_is_told(begin: Begin) -> None:
    _, server = begin(5, {0: "advertise", 1: "deal", 2: "deal"})

    assert server.begin() == 0

    assert server.strategy.cohort is None
    assert "2 nodes dealt shares, and secure aggregation needs 3" in server.watch.reasons["all"]


def test_more_nodes_than_the_threshold_admits_wait_for_another_task(begin: Begin) -> None:
    scene, server = begin(7, {})

    assert server.begin() == 5

    assert server.strategy.cohort is not None
    assert server.strategy.cohort.nodes == tuple(scene.nodes)[:5]
    late = [server.watch.reasons[node] for node in tuple(scene.nodes)[5:]]
    assert late == ["the threshold admits 5 nodes in a round"] * 2


def test_a_server_that_is_started_anew_goes_on_with_the_cohort(begin: Begin) -> None:
    scene, first = begin(5, {4: "deal"})
    first.begin()
    names = list(scene.nodes)
    second = Server(scene, {names[0]: "advertise"})

    assert second.begin() == 3  # the first is away now, and the last was not of the cohort

    assert first.strategy.cohort is not None
    assert second.strategy.cohort is not None
    assert second.strategy.cohort.digest == first.strategy.cohort.digest


def test_whom_all_others_would_refuse_does_not_come_onto_the_roster(begin: Begin) -> None:
    scene, server = begin(5, {})
    first, second, *rest = scene.nodes
    scene.chain.roles[first] = Role.VERIFIER
    scene.desk.spoilers.add(second)

    assert server.begin() == 3

    assert server.strategy.cohort is not None
    assert server.strategy.cohort.roster.nodes == tuple(rest)
    assert server.watch.reasons[first] == "it is no trainer of the task"
    assert server.watch.reasons[second] == "it spoilt the sum of an earlier round"
