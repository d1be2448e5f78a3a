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
    shape: float
    fine: float
    texture: float
    windows: float
    kept: float
    broken: float
    detail: float


LEAST_COVERAGE = 0.3
SMOOTH_TEXTURE = 1.5
"""With less texture than this, in gray values, a thumbnail is more and more judged by its shape."""

PLAIN_DETAIL = 0.05
"""The same for the share of its windows that have detail."""

WEIGHTS = (0.77, 7.37, 3.22, 6.82, 4.88)
BIAS = -19.34
"""For `terms`, as fitted by `python bench/image_confidence.py PICTURES DISTRACTORS --pictures 80
--distractors 300 --changes 6 --leave-out 26 45 66` on the pictures of `bench/robustness.py`."""

COPY_CONFIDENCE = 0.5
"""From this on a picture is called a copy."""


def terms(measures: Measures) -> tuple[float, ...]:
    """What is weighed: how many features agree, in logarithm, and how far the pixels do.

    Agreement counts in proportion where it covers less than `LEAST_COVERAGE` of the picture.

    A picture without texture says nothing by its texture, nor one without details by its details:
    its shape stands in for them, to a power that only a near-perfect agreement survives. A large
    watermark changes the shape of a dark picture, but not what is left of its details.
    """
    seen = min(1.0, measures.coverage / LEAST_COVERAGE)
    shape = max(measures.shape, 0.0)
    smooth = max(0.0, 1 - measures.texture / SMOOTH_TEXTURE)
    plain = max(0.0, 1 - measures.detail / PLAIN_DETAIL)
    fine = max(measures.fine, 0.0)
    kept = (1 - plain) * measures.kept + plain * shape**4
    return (
        seen * min(log1p(measures.features), 4.0),
        seen * max(shape, kept),
        seen * ((1 - smooth) * fine + smooth * max(fine, shape**4)),
        seen * ((1 - plain) * measures.windows + plain * shape**4),
        seen * kept,
    )


def confidence(measures: Measures) -> float:
    """The probability, in 0..1, that the query is a copy of the registered picture."""
    total = BIAS + sum(
        weight * value for weight, value in zip(WEIGHTS, terms(measures), strict=True)
    )
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))
