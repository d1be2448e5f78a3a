"""Differential privacy for a node as a whole: noise that the node itself adds to its update.

    privacy = ClientPrivacy(account)
    privacy.noised(cut)         # an update no longer than the plan's clip, which `account` counted

The update is public after its round (its content key is in the record), so it has to carry all of
its own noise: local differential privacy. Noise that a server or the committee adds to the mean
hides nothing from those who see the updates. Sources: Kasiviswanathan et al. 2011, "What can we
learn privately?"; Geyer, Klein and Nabi 2017, "Differentially private federated learning: a client
level perspective".
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from assay.training.parameters import Vector
from assay.training.privacy.accounting import PrivacyAccount
from assay.training.privacy.noise import SecretNoise


@dataclass(frozen=True, slots=True)
class ClientPrivacy:
    """What a node does to its update in a task with privacy at client level."""

    account: PrivacyAccount
    source: SecretNoise = field(default_factory=SecretNoise)

    def noised(self, cut: Vector) -> Vector:
        """An update that is no longer than `clip`, with noise; noise alone if it is not finite."""
        terms = self.account.terms
        noise = self.source.normal(len(cut), terms.noise * terms.clip)
        return noise + cut if np.isfinite(cut).all() else noise
