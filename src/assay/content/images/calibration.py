"""How sure a comparison may be: constants fitted on pictures, checked on other pictures."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log1p


@dataclass(frozen=True, slots=True)
class Measures:
    """What a comparison measured under its best map; shares and correlations as in `Agreement`.

    Attributes:
        features: how many local features agree on the map.
        guided: share of the registered features under the query that are found at their place.
    """

    features: int
    guided: float
    coverage: float
    correlation: float
    fine: float
    windows: float
    detail: float


WEIGHTS = (0.9, 4.0, 5.0, 9.0, 9.0)
BIAS = -15.5
COPY_CONFIDENCE = 0.5


def confidence(measures: Measures) -> float:
    """The probability, in 0..1, that the query is a copy of the registered picture."""
    values = (
        min(log1p(measures.features), 4.0),
        min(measures.guided, 0.5),
        max(measures.correlation, 0.0),
        max(measures.fine, 0.0),
        measures.windows,
    )
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))
