"""The server's side of a task in Flower: order, receipts, openings, certificate, round by round.

    strategy = CertifiedRounds(task=1, authority=authority, start_from=parameters)
    strategy.run(grid, rounds=10)
    strategy.parameters

The strategy aggregates nothing: it brings together what nodes committed to, and takes as the next
global model what the committee certified.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging import ERROR, getLogger

from flwr.app import ArrayRecord, ConfigRecord, Message, MessageType, MetricRecord
from flwr.serverapp import Grid
from flwr.serverapp.strategy import Strategy

from assay.training.engine.errors import MessageMalformed, ModelDiffers
from assay.training.engine.exchange import Exchange, Unobserved, Waiting, connected_nodes
from assay.training.engine.records import to_arrays
from assay.training.errors import RoundWithoutResult
from assay.training.parameters import Parameters
from assay.training.ports import RoundAuthority, RoundObserver
from assay.training.rounds import CertifiedModel, Order, RoundPlace

_log = getLogger(__name__)


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
    observer: RoundObserver = field(default_factory=Unobserved)
    model: CertifiedModel | None = None

    def __post_init__(self) -> None:
        self.parameters = self.start_from
        self._exchange: Exchange | None = None
        self._new: CertifiedModel | None = None

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
        place = RoundPlace(self.task, self.first_round + server_round - 1)
        nodes = connected_nodes(grid, self.minimum_nodes, self.waiting)
        order = self.authority.order(place, self.parameters)
        self._exchange = Exchange(grid, place, self.waiting, self.observer, nodes)
        self._new = None
        return self._exchange.messages(order, MessageType.TRAIN)

    def aggregate_train(
        self,
        server_round: int,  # noqa: ARG002 - the exchange knows its round
        replies: Iterable[Message],
    ) -> tuple[ArrayRecord | None, MetricRecord | None]:
        """The certified model of a round; nothing where the committee reached no quorum.

        Raises:
            ModelDiffers: the certificate is about other parameters.
            ShapesDiffer: the certified parameters belong to another model.
        """
        exchange = self._exchange
        assert exchange is not None
        exchange.take_receipts(replies)
        commitments = dict(self.authority.commitments(exchange.place))
        openings = exchange.openings(commitments)
        try:
            model = self.authority.certify(exchange.place, openings)
        except RoundWithoutResult as error:
            _log.warning("%s", error)
            return None, None
        self._check(model, exchange.place)
        self.parameters, self.model, self._new = model.parameters, model, model
        for node, reason in model.rejected.items():
            self.observer.left_out(exchange.place, node, reason)
        self.observer.seen(exchange.place, "certify", len(model.accepted), len(openings))
        if not self._evaluates:
            self.observer.finished(exchange.place, model, None)
        counts = {"committed": len(commitments), "revealed": len(openings)}
        return to_arrays(model.parameters), MetricRecord({**counts})

    def configure_evaluate(
        self,
        server_round: int,  # noqa: ARG002 - see aggregate_train
        arrays: ArrayRecord,  # noqa: ARG002 - see configure_train
        config: ConfigRecord,  # noqa: ARG002
        grid: Grid,  # noqa: ARG002
    ) -> Iterable[Message]:
        """The new model to the round's nodes, in the rounds in which they measure it."""
        if self._exchange is None or not self._evaluates:
            return []
        place, parameters = self._exchange.place, self.parameters
        order = Order(place, parameters.digest, parameters.to_bytes())
        return self._exchange.messages(order, MessageType.EVALUATE)

    def aggregate_evaluate(
        self,
        server_round: int,  # noqa: ARG002 - see aggregate_train
        replies: Iterable[Message],
    ) -> MetricRecord | None:
        """Loss and accuracy over the records of all nodes, as far as they told them."""
        if self._exchange is None or self._new is None or not self._evaluates:
            return None
        measured = self._exchange.measured(replies)
        self.observer.finished(self._exchange.place, self._new, measured)
        if measured is None:
            return None
        return MetricRecord({"loss": measured.loss, "accuracy": measured.accuracy})

    def summary(self) -> None:
        """Say what begins."""
        _log.info("task %d from round %d", self.task, self.first_round)

    @property
    def _evaluates(self) -> bool:
        if self._new is None or self.evaluate_every == 0:
            return False
        return self._new.result.round % self.evaluate_every == 0

    def _check(self, model: CertifiedModel, place: RoundPlace) -> None:
        if (model.result.task, model.result.round) != (place.task, place.round):
            raise MessageMalformed(f"the certificate is of round {model.result.round}")
        self.parameters.check_same_shapes(model.parameters)
        if model.parameters.digest != model.result.aggregate:
            raise ModelDiffers(model.result.aggregate.hex, model.parameters.digest.hex)


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
