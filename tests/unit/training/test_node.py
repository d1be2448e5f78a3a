"""A node starts from what the chain holds, whatever a server sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assay.core.address import parse_address
from assay.core.digest import Digest
from assay.training.broadcasts import Broadcast
from assay.training.compression.broadcast import Published, publish, publish_start
from assay.training.errors import OrderForeign, RoundNotPresent
from assay.training.model import RoundResult
from assay.training.node_memory import NodeFolder
from assay.training.parameters import Parameters
from assay.training.payload import Source
from assay.training.plan import Plan
from assay.training.records import MODEL_FILE
from assay.training.rewards.quality import DataProfile
from assay.training.rounds import Order, RoundPlace
from assay.training.use_cases.node import NodeRounds

PLAN = Plan((3, 2))
START = Parameters(
    {"layer0.weight": np.ones((2, 3), np.float32), "layer0.bias": np.zeros(2, np.float32)}
)
RECORD = Digest.of(b"record")


@dataclass
class HeldResults:
    """Stands in for chain and store: results and the models in their records."""

    results: dict[int, RoundResult] = field(default_factory=dict)
    models: dict[Digest, Parameters] = field(default_factory=dict)

    def task(self, _number: int) -> Any:
        return SimpleNamespace(round=len(self.results) + 1)

    def result(self, place: RoundPlace) -> RoundResult | None:
        return self.results.get(place.round)

    def read(self, root: Digest, name: str, limit_bytes: int) -> bytes:
        assert name == MODEL_FILE
        return self.models[root].to_bytes()


def node(held: HeldResults, folder: Path) -> NodeRounds:
    return NodeRounds(
        node=parse_address("0x" + "11" * 20),
        plan=PLAN,
        like=START,
        source=lambda: Source(DataProfile(2, 6, 0, (1, 1))),
        chain=held,  # type: ignore[arg-type]
        folders=held,  # type: ignore[arg-type]
        memory=NodeFolder(folder),
    )


def after_one_round(held: HeldResults) -> tuple[Published, Published]:
    start = publish_start(START, PLAN.encodings.start)
    step = np.full(START.size, 0.5)
    second = publish(start.parameters, step, start.residual, PLAN.encodings.down)
    model = second.parameters
    held.results[1] = RoundResult(1, 1, model.digest, RECORD, RECORD)
    held.models[RECORD] = model
    return start, second


def test_the_initial_model_and_its_successor_are_followed(tmp_path: Path) -> None:
    held = HeldResults()
    member = node(held, tmp_path)
    start, second = after_one_round(HeldResults())
    first = Order(RoundPlace(1, 1), start.parameters.digest, Broadcast(None, None, b"").to_bytes())

    assert member.receive(first).digest == start.parameters.digest
    after_one_round(held)
    held.models.clear()  # so that it has to come out of the broadcast
    sent = Broadcast(start.parameters.digest, RECORD, second.message).to_bytes()
    order = Order(RoundPlace(1, 2), second.parameters.digest, sent)
    assert member.receive(order).digest == second.parameters.digest


def test_a_late_node_takes_the_model_out_of_the_certified_record(tmp_path: Path) -> None:
    held = HeldResults()
    start, second = after_one_round(held)
    sent = Broadcast(start.parameters.digest, Digest.of(b"forged"), second.message).to_bytes()

    found = node(held, tmp_path).receive(Order(RoundPlace(1, 2), second.parameters.digest, sent))

    assert found.digest == second.parameters.digest


def test_a_model_that_the_chain_does_not_hold_is_refused_and_not_kept(tmp_path: Path) -> None:
    held = HeldResults()
    start, second = after_one_round(held)
    member = node(held, tmp_path)
    forged = START.from_vector(np.full(START.size, 9.0))
    sent = Broadcast(start.parameters.digest, RECORD, second.message).to_bytes()

    with pytest.raises(OrderForeign) as refused:
        member.receive(Order(RoundPlace(1, 2), forged.digest, sent))

    assert refused.value.expected == second.parameters.digest
    assert NodeFolder(tmp_path).model() is None


@pytest.mark.parametrize("asked", [1, 3])
def test_nothing_is_trained_in_a_round_that_is_not_the_present_one(
    tmp_path: Path, asked: int
) -> None:
    held = HeldResults()
    start, second = after_one_round(held)
    model = start.parameters if asked == 1 else second.parameters
    order = Order(RoundPlace(1, asked), model.digest, Broadcast(None, None, b"").to_bytes())

    with pytest.raises(RoundNotPresent, match="which is in round 2"):
        node(held, tmp_path).receive(order)

    assert NodeFolder(tmp_path).model() is None
