"""An edge and its leaves in Flower: the edge is the leaves' server, and a node to the task's.

    leaf = leaf_app(lambda _context: PerceptronLeaf(path, data))
    training = LeafRounds(grid, plan, least=2, wait_s=60)
    edge = TrainingNode(training, hooks)      # whose hooks ask `training.source`

A leaf that is late, dies, or answers with what is no update is left out with a line in the edge's
log; with fewer than `least` the edge does not commit, and sits the round out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

import structlog
from flwr.app import Context, Message, MessageType
from flwr.clientapp import ClientApp
from flwr.serverapp import Grid

from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import largest_message_bytes
from assay.training.edge_errors import TooFewLeaves
from assay.training.edges import Group, merge, merged_source
from assay.training.engine.errors import MessageMalformed, ModelDiffers, TooFewNodes
from assay.training.engine.exchange import Waiting, connected_nodes
from assay.training.engine.grids import replies_to
from assay.training.engine.records import (
    Measurement,
    pooled,
    read_measured,
    read_order,
    read_payload,
    read_plan,
    write_leaf_order,
    write_measured,
    write_payload,
)
from assay.training.parameters import Parameters
from assay.training.payload import LARGEST_HEADER_BYTES, Payload, Source
from assay.training.plan import Plan
from assay.training.ports import LeafTraining
from assay.training.rounds import Order, RoundPlace

_FRAME_BYTES = 64 * 1024
_BEFORE = RoundPlace(task=0, round=0)
_log = structlog.get_logger("assay.training")


def leaf_app(leaf_of: Callable[[Context], LeafTraining]) -> ClientApp:
    """Flower's app of a leaf: `train` and `evaluate`; the leaf is built from Flower's context."""
    app = ClientApp()

    @app.train()
    def train(message: Message, context: Context) -> Message:
        plan, order = read_plan(message.content), _checked(read_order(message.content))
        return Message(write_payload(leaf_of(context).train(plan, order)), reply_to=message)

    @app.evaluate()
    def evaluate(message: Message, context: Context) -> Message:
        plan, order = read_plan(message.content), _checked(read_order(message.content))
        found = leaf_of(context).evaluate(plan, Parameters.from_bytes(order.broadcast))
        return Message(write_measured(found), reply_to=message)

    return app


def reply_limit_bytes(size: int) -> int:
    """The most that a leaf's reply may have, of a model of `size` numbers."""
    return largest_message_bytes(size, EXACT) + LARGEST_HEADER_BYTES + _FRAME_BYTES


@dataclass
class LeafRounds:
    """The `LocalTraining` of an edge: its leaves' updates as one.

    Attributes:
        least: with fewer leaves the edge sits a round out.
        wait_s: how long leaves are waited for, to come and to answer.
    """

    grid: Grid
    plan: Plan
    least: int = 1
    wait_s: float = 60
    pause_s: float = 0.05
    _place: RoundPlace = _BEFORE
    _group: Group | None = field(default=None, repr=False)

    @property
    def samples(self) -> int:
        """See `LocalTraining.samples`: those behind the last update."""
        return self.source().profile.records

    def source(self) -> Source:
        """What stands behind the last update."""
        if self._group is None:
            return merged_source([], self.plan.widths[-1])
        return self._group.source

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        """See `LocalTraining.train`.

        Raises:
            TooFewLeaves: fewer than `least` came, or gave an update that can be used.
        """
        self._place, self._group = place, None
        answers: list[Payload] = []
        for message in self._ask(MessageType.TRAIN, start):
            try:
                answers.append(read_payload(message.content))
            except MessageMalformed as error:
                self._left_out(message.metadata.src_node_id, error.reason)
        group = merge(answers, start.size, self.plan.widths[-1])
        for leaf, reason in group.refused.items():
            self._left_out(leaf, reason)
        if group.update is None or group.source.leaves < self.least:
            raise TooFewLeaves(group.source.leaves, self.least, self.wait_s)
        self._group = group
        return start.from_vector(start.vector() + group.update)

    def evaluate(self, parameters: Parameters) -> Measurement:
        """See `LocalTraining.evaluate`.

        Raises:
            TooFewLeaves: see `train`.
        """
        found = []
        for message in self._ask(MessageType.EVALUATE, parameters):
            try:
                found.append(read_measured(message.content))
            except MessageMalformed as error:
                self._left_out(message.metadata.src_node_id, error.reason)
        measured = pooled(found)
        if measured is None or len(found) < self.least:
            raise TooFewLeaves(len(found), self.least, self.wait_s)
        return measured

    def _ask(self, kind: str, parameters: Parameters) -> Generator[Message]:
        """Replies of the leaves that are there, as they come; of the others, why there is none."""
        waiting = Waiting(nodes_s=self.wait_s, pause_s=self.pause_s)
        try:
            leaves = connected_nodes(self.grid, self.least, waiting)
        except TooFewNodes as error:
            raise TooFewLeaves(error.found, self.least, self.wait_s) from None
        for leaf in leaves[self.plan.leaves :]:
            self._left_out(leaf, f"the task admits {self.plan.leaves} leaves")
        asked = set(leaves[: self.plan.leaves])
        order = Order(self._place, parameters.digest, parameters.to_bytes())
        content, group = write_leaf_order(self.plan, order), str(self._place.round)
        messages = [
            Message(content, leaf, kind, ttl=self.wait_s + 1, group_id=group)
            for leaf in sorted(asked)
        ]
        for message in replies_to(self.grid, messages, self.wait_s, self.pause_s):
            leaf = message.metadata.src_node_id
            asked.discard(leaf)
            if message.has_error():
                reason = message.error.reason or f"error {message.error.code}"
                self._left_out(leaf, reason[:400])
            else:
                yield message
        for leaf in sorted(asked):
            self._left_out(leaf, f"it did not answer within {self.wait_s:g} s")

    def _left_out(self, leaf: int | str, reason: str) -> None:
        _log.warning("a leaf is left out", round=self._place.round, leaf=str(leaf), reason=reason)


def _checked(order: Order) -> Order:
    found = Parameters.from_bytes(order.broadcast).digest
    if found != order.model:
        raise ModelDiffers(order.model.hex, found.hex)
    return order
