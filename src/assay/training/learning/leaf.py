"""A leaf's part of a round: train on its own records by the plan that its edge hands on.

    leaf = PerceptronLeaf(Path("ward-3.npz"), read_labelled(Path("ward-3.npz")))
    payload = leaf.train(plan, order)

A leaf knows its edge alone: no account, no chain, no committee. It keeps nothing between rounds, so
it can be killed and started again at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assay.training.compression.encoding import EXACT
from assay.training.compression.wire import encode
from assay.training.edges import leaf_name
from assay.training.learning.data import LabelledData
from assay.training.learning.files import check_fit
from assay.training.learning.local import PerceptronTraining
from assay.training.learning.perceptron import Evaluation
from assay.training.parameters import Parameters
from assay.training.payload import Payload, Source
from assay.training.plan import Plan
from assay.training.rewards.quality import profile
from assay.training.rounds import Order


@dataclass(frozen=True)
class PerceptronLeaf:
    """The `LeafTraining` of one leaf.

    Attributes:
        path: where its records were read from, for messages alone.
    """

    path: Path
    data: LabelledData

    def train(self, plan: Plan, order: Order) -> Payload:
        """See `LeafTraining.train`.

        Raises:
            DataUnfit: the plan is for other records.
            NotEncodable: the parameters are no longer finite after training.
        """
        start = Parameters.from_bytes(order.broadcast)
        trained = self._training(plan).train(start, order.place)
        records = profile(self.data.features, self.data.labels, plan.widths[-1])
        return Payload(
            Source(records, self.data.digest), encode(trained.vector() - start.vector(), EXACT)
        )

    def evaluate(self, plan: Plan, parameters: Parameters) -> Evaluation:
        """See `LeafTraining.evaluate`.

        Raises:
            DataUnfit: the plan is for other records.
        """
        return self._training(plan).evaluate(parameters)

    def _training(self, plan: Plan) -> PerceptronTraining:
        check_fit(self.path, self.data, plan.widths)
        return PerceptronTraining(plan, leaf_name(self.data.digest), self.data)
