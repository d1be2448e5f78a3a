"""A node's training with the perceptron, which counts what it did."""

from __future__ import annotations

from dataclasses import dataclass

from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Evaluation, Perceptron, Schedule
from assay.training.parameters import Parameters
from assay.training.rounds import RoundPlace


@dataclass
class PerceptronTraining:
    """A node's own learner and records; counts how often it trained."""

    learner: Perceptron
    data: LabelledData
    trained: int = 0

    @property
    def samples(self) -> int:
        return len(self.data)

    def train(self, start: Parameters, place: RoundPlace) -> Parameters:
        self.trained += 1
        return self.learner.train(start, self.data, Schedule(), seed=place.round)

    def evaluate(self, parameters: Parameters) -> Evaluation:
        return self.learner.evaluate(parameters, self.data)
