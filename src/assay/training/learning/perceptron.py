"""A multi-layer perceptron that classifies records, trained with plain stochastic gradient descent.

    learner = Perceptron((64, 200, 10))
    start = learner.initial(seed=1)
    trained = learner.train(start, data, Schedule(epochs=1), seed=2)
    learner.evaluate(trained, held_out).accuracy

The same start, data, schedule and seed give the same parameters on one machine: one thread, and no
source of randomness but the seed. Needs the extra `training` (PyTorch).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from assay.errors import InputError
from assay.training.learning.data import LabelledData
from assay.training.parameters import Parameters

_EVALUATED_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a node trains in one round.

    Attributes:
        rate: the learning rate.
        proximal: mu of FedProx (Li et al. 2020), which holds the node near the global model; 0 for
            FedAvg.
    """

    epochs: int = 1
    batch: int = 32
    rate: float = 0.05
    momentum: float = 0.9
    proximal: float = 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good parameters are on some records: mean cross entropy, share right, how many."""

    loss: float
    accuracy: float
    records: int


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Linear layers with ReLU between; `widths` goes from features to classes.

    Raises:
        InputError: there are fewer than two widths, or one below 1.
    """

    widths: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.widths) < 2 or min(self.widths) < 1:
            raise InputError(
                f"{self.widths} are no layers.", hint="Give features, hidden widths and classes."
            )

    def initial(self, seed: int) -> Parameters:
        """Uniform within 1 over the root of the fan-in, as PyTorch does for linear layers."""
        random = np.random.default_rng(seed)
        arrays = {}
        for at, (before, after) in enumerate(zip(self.widths, self.widths[1:], strict=False)):
            limit = before**-0.5
            weight = random.uniform(-limit, limit, (after, before))
            arrays[f"layer{at}.weight"] = weight.astype(np.float32)
            arrays[f"layer{at}.bias"] = random.uniform(-limit, limit, after).astype(np.float32)
        return Parameters(arrays)

    def train(
        self, start: Parameters, data: LabelledData, schedule: Schedule, seed: int
    ) -> Parameters:
        """The parameters after some epochs on the data.

        Raises:
            ShapesDiffer: the parameters belong to another model.
        """
        self.initial(0).check_same_shapes(start)
        torch.set_num_threads(1)
        features, labels = torch.from_numpy(data.features), torch.from_numpy(data.labels)
        tensors = {name: torch.tensor(array) for name, array in start.arrays.items()}
        anchors = {name: tensor.clone() for name, tensor in tensors.items()}
        speeds = {name: torch.zeros_like(tensor) for name, tensor in tensors.items()}
        for tensor in tensors.values():
            tensor.requires_grad_()
        random = np.random.default_rng(seed)
        for _ in range(schedule.epochs):
            rows = torch.from_numpy(random.permutation(len(data)))
            for batch in torch.split(rows, schedule.batch):
                loss = functional.cross_entropy(
                    self._scores(tensors, features[batch]), labels[batch]
                )
                gradients = torch.autograd.grad(loss, list(tensors.values()))
                with torch.no_grad():
                    for (name, tensor), gradient in zip(tensors.items(), gradients, strict=True):
                        if schedule.proximal:
                            gradient.add_(tensor - anchors[name], alpha=schedule.proximal)
                        speeds[name].mul_(schedule.momentum).add_(gradient)
                        tensor.sub_(speeds[name], alpha=schedule.rate)
        return Parameters({name: tensor.detach().numpy() for name, tensor in tensors.items()})

    def evaluate(self, parameters: Parameters, data: LabelledData) -> Evaluation:
        """Loss and accuracy on some records.

        Raises:
            ShapesDiffer: the parameters belong to another model.
        """
        self.initial(0).check_same_shapes(parameters)
        torch.set_num_threads(1)
        tensors = {name: torch.from_numpy(array) for name, array in parameters.arrays.items()}
        loss, right = 0.0, 0
        with torch.no_grad():
            for at in range(0, len(data), _EVALUATED_AT_ONCE):
                features = torch.from_numpy(data.features[at : at + _EVALUATED_AT_ONCE])
                labels = torch.from_numpy(data.labels[at : at + _EVALUATED_AT_ONCE])
                scores = self._scores(tensors, features)
                loss += float(functional.cross_entropy(scores, labels, reduction="sum"))
                right += int((scores.argmax(dim=1) == labels).sum())
        return Evaluation(loss / len(data), right / len(data), len(data))

    def _scores(self, tensors: dict[str, torch.Tensor], features: torch.Tensor) -> torch.Tensor:
        last = len(self.widths) - 2
        for at in range(last + 1):
            features = functional.linear(
                features, tensors[f"layer{at}.weight"], tensors[f"layer{at}.bias"]
            )
            if at < last:
                features = functional.relu(features)
        return features
