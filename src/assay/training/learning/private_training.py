"""Training of a perceptron with differential privacy for each record, by Opacus.

    training = PrivateTraining(learner, data, schedule, terms, mechanism)
    trained = training.train(start)

DP-SGD: every step takes each record with the same probability and in secret, cuts each record's
gradient to one length, and adds noise to their sum. Momentum and FedProx's pull towards the global
model work on what is noisy already, and cost nothing.

Source: Abadi et al. 2016, "Deep learning with differential privacy"; Yousefpour et al. 2021,
"Opacus: user-friendly differential privacy library in PyTorch".
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import torch
from opacus.grad_sample import GradSampleModule  # type: ignore[import-untyped]
from opacus.optimizers import DPOptimizer  # type: ignore[import-untyped]
from torch import nn
from torch.nn import functional

from assay.training.learning.data import LabelledData
from assay.training.learning.perceptron import Perceptron, Schedule
from assay.training.parameters import Parameters
from assay.training.privacy.accounting import Mechanism
from assay.training.privacy.noise import SecretNoise
from assay.training.privacy.terms import PrivacyTerms


class SecretNoiseOptimizer(DPOptimizer):  # type: ignore[misc]  # Opacus is not typed
    """Opacus's optimizer, with noise that has no seed.

    PyTorch's generator, which Opacus draws from, keeps 32 bits of what it is seeded with: who
    knows the start could try them all.
    """

    def __init__(self, *args: Any, source: SecretNoise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._source = source

    def add_noise(self) -> None:
        """Add noise to the sum of the cut gradients."""
        deviation = self.noise_multiplier * self.max_grad_norm
        for parameter in self.params:
            summed = parameter.summed_grad
            noise = torch.from_numpy(self._source.normal(summed.numel(), deviation))
            noisy = summed.double() + noise.view_as(summed)
            parameter.grad = noisy.to(parameter.dtype).view_as(parameter)


@dataclass(frozen=True, slots=True)
class PrivateTraining:
    """What a node trains, and by how much of what it may spend.

    Attributes:
        mechanism: noise, sample rate and steps of a round, as the accountant is told.
    """

    learner: Perceptron
    data: LabelledData
    schedule: Schedule
    terms: PrivacyTerms
    mechanism: Mechanism
    source: SecretNoise = field(default_factory=SecretNoise)

    def train(self, start: Parameters) -> Parameters:
        """The parameters after a round's steps; others every time.

        Raises:
            ShapesDiffer: the parameters belong to another model.
        """
        self.learner.initial(0).check_same_shapes(start)
        torch.set_num_threads(1)
        module = _module(self.learner, start)
        model, optimizer = self._prepared(module)
        anchors = [parameter.detach().clone() for parameter in optimizer.params]
        features = torch.from_numpy(self.data.features)
        labels = torch.from_numpy(self.data.labels)
        for _ in range(self.mechanism.steps):
            chosen = self.source.chosen(len(self.data), self.mechanism.sample_rate)
            rows = torch.from_numpy(chosen)
            batch = features[rows].requires_grad_()  # or PyTorch warns of Opacus's hooks
            optimizer.zero_grad()
            loss = functional.cross_entropy(model(batch), labels[rows], reduction="sum")
            torch.autograd.backward(loss)
            for parameter in optimizer.params:
                # One gradient that overflows would make the sum so, whatever it is cut to.
                parameter.grad_sample.nan_to_num_(nan=0.0, posinf=0.0, neginf=0.0)
            optimizer.pre_step()
            if self.schedule.proximal:
                for parameter, anchor in zip(optimizer.params, anchors, strict=True):
                    pull = parameter.detach() - anchor
                    parameter.grad.add_(pull, alpha=self.schedule.proximal)
            optimizer.original_optimizer.step()
        named = module.named_parameters()
        return Parameters({name: one.detach().numpy().copy() for name, one in named})

    def _prepared(self, module: nn.Module) -> tuple[nn.Module, SecretNoiseOptimizer]:
        """Opacus around a module; a mean is over how many records are expected, not how many came,
        which is secret.
        """
        model = GradSampleModule(module, loss_reduction="sum")
        rate, momentum = self.schedule.rate, self.schedule.momentum
        optimizer = SecretNoiseOptimizer(
            torch.optim.SGD(module.parameters(), lr=rate, momentum=momentum),
            noise_multiplier=self.mechanism.noise,
            max_grad_norm=self.terms.clip,
            expected_batch_size=self.mechanism.sample_rate * len(self.data),
            source=self.source,
        )
        return model, optimizer


def _module(learner: Perceptron, start: Parameters) -> nn.Module:
    """The learner as a PyTorch module whose parameters have the same names."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    last = len(learner.widths) - 2
    for at in range(last + 1):
        layers[f"layer{at}"] = nn.Linear(learner.widths[at], learner.widths[at + 1])
        if at < last:
            layers[f"relu{at}"] = nn.ReLU()
    module = nn.Sequential(layers)
    module.load_state_dict({name: torch.tensor(array) for name, array in start.arrays.items()})
    return module
