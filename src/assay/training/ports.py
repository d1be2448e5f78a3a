"""What training needs from the outside; `bootstrap` plugs the adapters in.

All are synchronous: a round's steps come one after the other. What a node keeps between two steps
(the sealed update, the salt, what compression owes) has to outlive its process, so that a node
that restarts can still reveal what it committed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.parameters import Parameters
from assay.training.payload import Payload
from assay.training.plan import Plan
from assay.training.rounds import (
    CertifiedModel,
    LocalUpdate,
    Opening,
    Order,
    Receipt,
    RoundPlace,
)


class Measured(Protocol):
    """How good parameters are on some records."""

    @property
    def loss(self) -> float:
        """The mean over the records."""
        ...

    @property
    def accuracy(self) -> float:
        """The share that is right."""
        ...

    @property
    def records(self) -> int:
        """How many there are."""
        ...


class LocalTraining(Protocol):
    """A learner with the node's own records."""

    @property
    def samples(self) -> int:
        """How many records the node trains on."""
        ...

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        """The parameters after the node's training in a round.

        Raises:
            ShapesDiffer: they belong to another model.
        """
        ...

    def evaluate(self, parameters: Parameters) -> Measured:
        """How good they are on the node's own records.

        Raises:
            ShapesDiffer: they belong to another model.
        """
        ...


class LeafTraining(Protocol):
    """A learner with a leaf's own records, behind an edge (`edges`)."""

    def train(self, plan: Plan, order: Order) -> Payload:
        """The dense update of a round, and what it was learnt from.

        Raises:
            AssayError: plan, parameters and records do not fit each other.
        """
        ...

    def evaluate(self, plan: Plan, parameters: Parameters) -> Measured:
        """How good parameters are on the leaf's own records.

        Raises:
            AssayError: they do not fit.
        """
        ...


class RoundHooks(Protocol):
    """What a node does around its training; each step may be repeated without harm."""

    def receive(self, order: Order) -> Parameters:
        """The global parameters of an order, with the order's digest.

        Raises:
            IntegrityError: they have another digest.
        """
        ...

    def committed(self, place: RoundPlace) -> Receipt | None:
        """The receipt of a commitment made before, in this process or an earlier one."""
        ...

    def commit(self, update: LocalUpdate) -> Receipt:
        """Encode, seal and keep an update, then bind the node to it on chain; nothing is uploaded.

        Raises:
            RefusedError: commitments are closed, or the node is no member of the task.
        """
        ...

    def reveal(self, place: RoundPlace) -> Opening:
        """Once no more commitments are taken: upload the sealed update and open the commitment.

        Raises:
            RefusedError: the node did not commit in this round, or commitments are still open.
        """
        ...


class RoundAuthority(Protocol):
    """What the server asks about a task, of chain, store and committee."""

    def order(self, place: RoundPlace, parameters: Parameters) -> Order:
        """Begin a round: what is sent to every node.

        Raises:
            RefusedError: the task is not at this round.
        """
        ...

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        """Close commitments, and what each member committed to.

        Raises:
            UnavailableError: the chain does not answer.
        """
        ...

    def certify(self, place: RoundPlace, openings: Sequence[Opening]) -> CertifiedModel:
        """Have the committee score, aggregate and sign.

        Args:
            openings: those that match their commitment, ascending by node.

        Raises:
            RoundWithoutResult: the committee reached no quorum; the global model stays.
        """
        ...


class RoundObserver(Protocol):
    """Who watches a run go on."""

    def seen(self, place: RoundPlace, step: str, done: int, total: int) -> None:
        """`done` of `total` nodes have done a step: train, reveal, certify or evaluate."""
        ...

    def left_out(self, place: RoundPlace, node: str, reason: str) -> None:
        """A node's reply is not used; `node` is its address, or its number in Flower."""
        ...

    def finished(self, place: RoundPlace, model: CertifiedModel, measured: Measured | None) -> None:
        """A round has a result."""
        ...
