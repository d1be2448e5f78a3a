"""A node's own training in a task: the perceptron, by the schedule of the task's plan.

    training = PerceptronTraining(plan, node, data)
    trained = training.train(start, RoundPlace(task=1, round=2))

The seed is made of task, round and node, so that a node that trains a round again comes to the
same parameters, and no two nodes shuffle alike. Where the plan promises privacy to each record
there is no seed: what anybody can compute again hides nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assay.core.address import Address
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Evaluation, Perceptron, Schedule
from assay.training.parameters import Parameters
from assay.training.plan import MICRO, LocalSchedule, Plan
from assay.training.privacy.errors import PrivacyMissing, RecordsPrivate
from assay.training.privacy.terms import RECORD
from assay.training.rounds import RoundPlace

if TYPE_CHECKING:
    from assay.training.privacy.accounting import PrivacyAccount

_SEED_BYTES = 8


@dataclass(frozen=True, slots=True)
class PerceptronTraining:
    """The `LocalTraining` of one node.

    Attributes:
        account: of the privacy that its training spends; needed where the plan promises any.
    """

    plan: Plan
    node: Address
    data: LabelledData
    account: PrivacyAccount | None = None

    @property
    def learner(self) -> Perceptron:
        """The model that the plan names."""
        return Perceptron(self.plan.widths)

    @property
    def samples(self) -> int:
        """See `LocalTraining.samples`."""
        return len(self.data)

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        """See `LocalTraining.train`.

        At client level the update that comes of it has its noise still to get
        (`engine.private_updates`).

        Raises:
            PrivacyBudgetSpent: it would spend more than the plan allows; nothing was trained.
        """
        schedule = schedule_of(self.plan.schedule)
        if self.plan.privacy is not None:
            if self.account is None:
                raise PrivacyMissing(place.round)
            self.account.spend(place)
            if self.plan.privacy.level == RECORD:
                return self._train_privately(start, schedule, self.account)
        return self.learner.train(start, self.data, schedule, training_seed(place, self.node))

    def _train_privately(
        self, start: Parameters, schedule: Schedule, account: PrivacyAccount
    ) -> Parameters:
        from assay.training.learning.private_training import PrivateTraining  # noqa: PLC0415 - Opacus

        training = PrivateTraining(self.learner, self.data, schedule, account.terms, account.each)
        return training.train(start)

    def evaluate(self, parameters: Parameters) -> Evaluation:
        """See `LocalTraining.evaluate`.

        Raises:
            RecordsPrivate: the plan promises privacy.
        """
        if self.plan.privacy is not None:
            raise RecordsPrivate
        return self.learner.evaluate(parameters, self.data)


def schedule_of(planned: LocalSchedule) -> Schedule:
    """The plan's whole numbers as the learner takes them."""
    return Schedule(
        epochs=planned.epochs,
        batch=planned.batch,
        rate=planned.rate_micro / MICRO,
        momentum=planned.momentum_micro / MICRO,
        proximal=planned.proximal_micro / MICRO,
    )


def training_seed(place: RoundPlace, node: Address) -> int:
    """Of a node's training in a round; 64 bits."""
    text = f"assay training {place.task} {place.round} {node.lower()}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:_SEED_BYTES], "big")
