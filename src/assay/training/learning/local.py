"""A node's own training in a task: the perceptron, by the schedule of the task's plan.

    training = PerceptronTraining(plan, node, data)
    trained = training.train(start, RoundPlace(task=1, round=2))

The seed is made of task, round and node, so that a node that trains a round again comes to the
same parameters, and no two nodes shuffle alike.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from assay.core.address import Address
from assay.errors import RefusedError
from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Evaluation, Perceptron, Schedule
from assay.training.parameters import Parameters
from assay.training.plan import MICRO, LocalSchedule, Plan
from assay.training.rounds import RoundPlace

_SEED_BYTES = 8


class PrivacyUnsupported(RefusedError):
    """A plan asks for differential privacy, which this node's training does not give."""

    def __init__(self, noise_micro: int) -> None:
        super().__init__(
            f"The task's plan asks for gradients with a noise multiplier of "
            f"{noise_micro / MICRO:g}, and this training adds no noise.",
            hint="Do not take part: the records would not have the privacy that was promised.",
        )
        self.noise_micro = noise_micro


@dataclass(frozen=True, slots=True)
class PerceptronTraining:
    """The `LocalTraining` of one node.

    Raises:
        PrivacyUnsupported: the plan asks for differential privacy.
        InputError: the plan's widths are no layers.
    """

    plan: Plan
    node: Address
    data: LabelledData

    def __post_init__(self) -> None:
        if self.plan.schedule.noise_micro:
            raise PrivacyUnsupported(self.plan.schedule.noise_micro)

    @property
    def learner(self) -> Perceptron:
        """The model that the plan names."""
        return Perceptron(self.plan.widths)

    @property
    def samples(self) -> int:
        """See `LocalTraining.samples`."""
        return len(self.data)

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        """See `LocalTraining.train`."""
        schedule, seed = schedule_of(self.plan.schedule), training_seed(place, self.node)
        return self.learner.train(start, self.data, schedule, seed)

    def evaluate(self, parameters: Parameters) -> Evaluation:
        """See `LocalTraining.evaluate`."""
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
