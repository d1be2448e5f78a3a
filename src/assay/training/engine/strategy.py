"""The server's side of a round in Flower: order, receipts, openings, certificate.

    strategy = CertifiedRounds(task=1, authority=authority, start=parameters)
    strategy.run(grid, rounds=10)

The strategy aggregates nothing: it brings together what nodes committed to, and takes as the next
global model what the committee certified. Of a reply it keeps a receipt or an opening of fixed
size; every other reply is dropped and its reason told to the observer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging import ERROR, getLogger
from typing import TypeVar

from flwr.app import ArrayRecord, ConfigRecord, Message, MessageType, MetricRecord
from flwr.app import RecordDict as Content
from flwr.serverapp import Grid
from flwr.serverapp.strategy import Strategy

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.engine.client import REVEAL
from assay.training.engine.errors import MessageMalformed, ModelDiffers, TooFewNodes
from assay.training.engine.grids import replies_to
from assay.training.engine.records import (
    Measurement,
    read_measured,
    read_opening,
    read_receipt,
    to_arrays,
    write_order,
    write_place,
)
from assay.training.errors import RoundWithoutResult
from assay.training.parameters import Parameters
from assay.training.ports import Measured, RoundAuthority, RoundObserver
from assay.training.rounds import CertifiedModel, Opening, Order, RoundPlace

Read = TypeVar("Read")
_log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long the server waits for nodes, in seconds; who is later is left out of the round."""

    nodes_s: float = 60
    train_s: float = 600
    reveal_s: float = 120
    pause_s: float = 0.05


@dataclass
class CertifiedRounds(Strategy):
    """Flower's strategy for rounds whose result a committee certifies.

    Attributes:
        start_from: the global parameters of the first round.
        first_round: the number of the round to begin with, above 1 where a run is taken up again.
        minimum_nodes: as many have to be connected before a round begins.
        evaluate_every: nodes measure the new model on their own records in every so many rounds; 0
            for never, since it costs another broadcast and the committee measures anyway.
        model: what the last round with a result ended with.
    """

    task: int
    authority: RoundAuthority
    start_from: Parameters
    first_round: int = 1
    minimum_nodes: int = 1
    evaluate_every: int = 0
    waiting: Waiting = field(default_factory=Waiting)
    observer: RoundObserver | None = None
    model: CertifiedModel | None = None

    def __post_init__(self) -> None:
        self.parameters = self.start_from
        self._grid: Grid | None = None
        self._asked: dict[int, str] = {}
        self._done: CertifiedModel | None = None

    def run(self, grid: Grid, rounds: int) -> None:
        """Run so many rounds; `parameters` and `model` are what came of them.

        Raises:
            TooFewNodes, ModelDiffers: see below; and what the authority raises.
        """
        with quiet_flower():
            self.start(
                grid, to_arrays(self.parameters), num_rounds=rounds, timeout=self.waiting.train_s
            )

    def configure_train(
        self,
        server_round: int,
        arrays: ArrayRecord,  # noqa: ARG002 - the certified parameters are kept here
        config: ConfigRecord,  # noqa: ARG002
        grid: Grid,
    ) -> Iterable[Message]:
        """Orders to all connected nodes.

        Raises:
            TooFewNodes: not enough came in time.
        """
        self._grid, self._done = grid, None
        place = self._place(server_round)
        nodes = self._nodes(grid)
        self._asked = dict.fromkeys(nodes, "")
        order = self.authority.order(place, self.parameters)
        return self._messages(
            nodes, write_order(order), MessageType.TRAIN, place, self.waiting.train_s
        )

    def aggregate_train(
        self, server_round: int, replies: Iterable[Message]
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        """The certified model of a round; nothing where the committee reached no quorum.

        Raises:
            ModelDiffers: the certificate is about other parameters.
            ShapesDiffer: the certified parameters belong to another model.
        """
        place = self._place(server_round)
        self._take_receipts(place, replies)
        commitments = dict(self.authority.commitments(place))
        openings = self._openings(place, commitments)
        try:
            model = self.authority.certify(place, openings)
        except RoundWithoutResult as error:
            _log.warning("%s", error)
            return None, None
        self._check(model, place)
        self.parameters, self.model, self._done = model.parameters, model, model
        for node, reason in model.rejected.items():
            self._leave_out(place, node, reason)
        self._see(place, "certify", len(model.accepted), len(openings))
        if not self._evaluates(place):
            self._finish(place, None)
        counts = {
            "committed": len(commitments),
            "revealed": len(openings),
            "accepted": len(model.accepted),
        }
        return to_arrays(model.parameters), MetricRecord({**counts})

    def configure_evaluate(
        self,
        server_round: int,
        arrays: ArrayRecord,  # noqa: ARG002 - see configure_train
        config: ConfigRecord,  # noqa: ARG002
        grid: Grid,
    ) -> Iterable[Message]:
        """The new model to all nodes, in the rounds in which they measure it."""
        place = self._place(server_round)
        if self._done is None or not self._evaluates(place):
            return []
        order = Order(place, self.parameters.digest, self.parameters.to_bytes())
        nodes = sorted(grid.get_node_ids())
        return self._messages(
            nodes, write_order(order), MessageType.EVALUATE, place, self.waiting.train_s
        )

    def aggregate_evaluate(
        self, server_round: int, replies: Iterable[Message]
    ) -> MetricRecord | None:
        """Loss and accuracy over the records of all nodes, as far as they told them."""
        place = self._place(server_round)
        if self._done is None or not self._evaluates(place):
            return None
        found = [one for one in (self._read(place, m, read_measured) for m in replies) if one]
        records = sum(one.records for one in found)
        measured = None
        if records:
            measured = Measurement(
                sum(one.loss * one.records for one in found) / records,
                sum(one.accuracy * one.records for one in found) / records,
                records,
            )
        self._finish(place, measured)
        if measured is None:
            return None
        return MetricRecord({"loss": measured.loss, "accuracy": measured.accuracy})

    def summary(self) -> None:
        """Say what begins."""
        _log.info("task %d from round %d", self.task, self.first_round)

    def _take_receipts(self, place: RoundPlace, replies: Iterable[Message]) -> None:
        came = 0
        for message in replies:
            node = message.metadata.src_node_id
            receipt = self._read(place, message, read_receipt)
            if receipt is None:
                self._asked.pop(node, None)
                continue
            came += 1
            if receipt.place != place:
                self._leave_out(place, str(node), f"its receipt is for round {receipt.place.round}")
                continue
            self._asked[node] = receipt.node
        self._see(place, "train", came, len(self._asked))

    def _openings(self, place: RoundPlace, commitments: dict[Address, Digest]) -> list[Opening]:
        """Those that match a commitment, one for each node.

        Who failed to train is not asked; who was late is: it may have committed all the same.
        """
        assert self._grid is not None
        for address in {*self._asked.values()} - {"", *commitments}:
            self._leave_out(place, address, "its commitment is not on the chain")
        asked = [
            node for node, address in self._asked.items() if not address or address in commitments
        ]
        messages = self._messages(
            asked, write_place(place), f"{MessageType.QUERY}.{REVEAL}", place, self.waiting.reveal_s
        )
        found: dict[Address, Opening] = {}
        for message in replies_to(
            self._grid, messages, self.waiting.reveal_s, self.waiting.pause_s
        ):
            opening = self._read(place, message, read_opening)
            if opening is None:
                continue
            if opening.place != place or opening.commitment != commitments.get(opening.node):
                self._leave_out(place, opening.node, "its opening does not match its commitment")
                continue
            found[opening.node] = opening
            self._see(place, "reveal", len(found), len(commitments))
            if len(found) == len(commitments):
                break
        for node in commitments.keys() - found.keys():
            self._leave_out(place, node, "it committed and did not reveal")
        return [found[node] for node in sorted(found, key=str.lower)]

    def _nodes(self, grid: Grid) -> list[int]:
        until = time.monotonic() + self.waiting.nodes_s
        while len(nodes := sorted(grid.get_node_ids())) < self.minimum_nodes:
            if time.monotonic() >= until:
                raise TooFewNodes(len(nodes), self.minimum_nodes, self.waiting.nodes_s)
            time.sleep(self.waiting.pause_s)
        return nodes

    def _check(self, model: CertifiedModel, place: RoundPlace) -> None:
        if (model.result.task, model.result.round) != (place.task, place.round):
            raise MessageMalformed(f"the certificate is of round {model.result.round}")
        self.parameters.check_same_shapes(model.parameters)
        if model.parameters.digest != model.result.aggregate:
            raise ModelDiffers(model.result.aggregate.hex, model.parameters.digest.hex)

    def _read(
        self, place: RoundPlace, message: Message, read: Callable[[Content], Read]
    ) -> Read | None:
        node = message.metadata.src_node_id
        if message.has_error():
            reason = (message.error.reason or f"error {message.error.code}")[:400]
            self._leave_out(place, self._asked.get(node) or str(node), reason)
            return None
        try:
            return read(message.content)
        except MessageMalformed as error:
            self._leave_out(place, str(node), error.reason)
            return None

    def _messages(
        self, nodes: Iterable[int], content: Content, kind: str, place: RoundPlace, live_s: float
    ) -> list[Message]:
        # The server throws away replies after the time to live, so that late ones use no memory.
        return [
            Message(content, node, kind, ttl=live_s + 1, group_id=str(place.round))
            for node in nodes
        ]

    def _place(self, server_round: int) -> RoundPlace:
        return RoundPlace(self.task, self.first_round + server_round - 1)

    def _evaluates(self, place: RoundPlace) -> bool:
        return self.evaluate_every > 0 and place.round % self.evaluate_every == 0

    def _see(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        if self.observer is not None:
            self.observer.seen(place, step, done, total)

    def _leave_out(self, place: RoundPlace, node: str, reason: str) -> None:
        if self.observer is not None:
            self.observer.left_out(place, node, reason)

    def _finish(self, place: RoundPlace, measured: Measured | None) -> None:
        assert self._done is not None
        if self.observer is not None:
            self.observer.finished(place, self._done, measured)


@contextmanager
def quiet_flower() -> Generator[None]:
    """Keep Flower's running commentary off the terminal; what goes wrong is raised, or observed."""
    logger = getLogger("flwr")
    level = logger.level
    logger.setLevel(ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
