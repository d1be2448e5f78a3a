"""A node's part of a round: follow the global model, commit to a sealed update, give it away.

    hooks = NodeRounds(address, plan, initial, chain=chain, folders=folders, memory=memory)
    app = client_app(lambda context: TrainingNode(training, hooks))

Everything that a later step needs is durable before the step that makes it necessary: the sealed
update and its salt before the commitment is sent, so that a node that was killed can still reveal;
what compression owes together with them, so that nothing is owed twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assay.core.address import Address
from assay.training.broadcasts import Broadcast
from assay.training.compression.broadcast import follow, publish_start
from assay.training.compression.feedback import no_residual, rounding_seed, send
from assay.training.errors import (
    CommitmentsOpen,
    NothingCommitted,
    OrderForeign,
    RoundNotPresent,
)
from assay.training.model import Phase, RoundResult
from assay.training.parameters import Parameters, Vector
from assay.training.payload import Payload, Source
from assay.training.plan import Plan
from assay.training.privacy.errors import PrivacyMissing
from assay.training.privacy.sealing import Binding, seal
from assay.training.records import MODEL_FILE
from assay.training.rounds import (
    SALT_BYTES,
    LocalUpdate,
    Opening,
    Order,
    Receipt,
    RoundPlace,
    commitment,
)
from assay.training.use_cases.ports import Folders, KeptUpdate, NodeChain, NodeMemory
from assay.training.use_cases.resuming import last_result

_SAFETENSORS_OVERHEAD_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class NodeRounds:
    """The `RoundHooks` of one node in one task.

    Attributes:
        like: the task's initial parameters.
        source: what the update that is committed to was learnt from.
        spent_micro: the privacy that training has spent so far, in millionths of epsilon; None
            without differential privacy.
    """

    node: Address
    plan: Plan
    like: Parameters
    source: Callable[[], Source]
    chain: NodeChain
    folders: Folders
    memory: NodeMemory
    spent_micro: Callable[[], int | None] = lambda: None

    def receive(self, order: Order) -> Parameters:
        """See `RoundHooks.receive`.

        The model must be the one that the chain holds, whatever the server says: who chooses what a
        node starts from can read its records out of what it learns. And the round must be the
        present one: in any other it would train, and spend its privacy, for nothing.

        Raises:
            OrderForeign: it is another model.
            RoundNotPresent: it is another round.
        """
        present = self.chain.task(order.place.task).round
        if order.place.round != present:
            raise RoundNotPresent(order.place.task, order.place.round, present)
        result = last_result(order.place.task, order.place.round, self.chain)
        expected = result.aggregate if result else self._initial.digest
        if order.model != expected:
            raise OrderForeign(order.place.round, order.model, expected)
        held = self.memory.model()
        if held is None or held.digest != expected:
            held = self._follow(Broadcast.from_bytes(order.broadcast), held, result)
            if held.digest != expected:
                raise OrderForeign(order.place.round, held.digest, expected)
            self.memory.keep_model(held)
        return held

    def committed(self, place: RoundPlace) -> Receipt | None:
        """See `RoundHooks.committed`; what was kept but not sent is sent now."""
        kept = self.memory.update(place.round)
        if kept is None:
            return None
        digest = commitment(place, self.node, kept.sealed, kept.salt)
        self.chain.commit(place, digest)
        return Receipt(place, self.node, digest)

    def commit(self, update: LocalUpdate) -> Receipt:
        """See `RoundHooks.commit`.

        Raises:
            PrivacyMissing: the plan promises privacy, and none was spent on the update.
        """
        residual = self.memory.residual()
        if residual is None:
            residual = no_residual(self.like.size)
        # Not by chance: a node that is killed before it kept this comes to the same message again.
        seed = rounding_seed(update.place, self.node)
        sent = send(update.vector, residual, self.plan.encodings.up, seed=seed)
        return self.bind(update.place, sent.message, sent.residual)

    def bind(
        self,
        place: RoundPlace,
        message: bytes,
        residual: Vector,
        beside: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        """Seal and keep a message, and commit to it.

        Args:
            residual: what the message owes.
            beside: files that everybody may read once the update is revealed.

        Raises:
            PrivacyMissing: the plan promises privacy, and none was spent on the update.
        """
        spent_micro = self.spent_micro()
        if self.plan.privacy is not None and spent_micro is None:
            raise PrivacyMissing(place.round)
        committee = self.chain.committee_keys(place.task)
        binding = Binding(place, self.node, committee.epoch)
        payload = Payload(self.source(), message, epsilon_micro=spent_micro)
        files = {**seal(payload.to_bytes(), binding, committee).files(), **(beside or {})}
        kept = KeptUpdate(files, self.folders.digest(files), secrets.token_bytes(SALT_BYTES))
        self.memory.keep_update(place.round, kept, residual)
        receipt = self.committed(place)
        assert receipt is not None, "it was kept the line before"
        return receipt

    def reveal(self, place: RoundPlace) -> Opening:
        """See `RoundHooks.reveal`.

        The server brings it to the chain, for all at once; `own_reveal` sees that it did.
        """
        kept = self.memory.update(place.round)
        if kept is None:
            raise NothingCommitted(place.task, place.round)
        task = self.chain.task(place.task)
        if (task.round, task.phase) < (place.round, Phase.REVEALING):
            raise CommitmentsOpen(place.task, place.round)
        self.folders.add(kept.files)
        return Opening(place, self.node, kept.sealed, kept.salt, kept.size_bytes)

    @property
    def _initial(self) -> Parameters:
        return publish_start(self.like, self.plan.encodings.start).parameters

    def _follow(
        self, broadcast: Broadcast, held: Parameters | None, result: RoundResult | None
    ) -> Parameters:
        """Out of the broadcast where the node holds its base, and otherwise out of the record."""
        if result is None:
            return self._initial
        if held is not None and held.digest == broadcast.base:
            return follow(held, broadcast.message, self.plan.encodings.down)
        limit = 4 * self.like.size + _SAFETENSORS_OVERHEAD_BYTES
        return Parameters.from_bytes(self.folders.read(result.record, MODEL_FILE, limit))
