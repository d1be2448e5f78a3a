"""What has to be known of an embedding model before its vectors say that texts are paraphrases.

    calibration = load_calibration("multilingual-e5-small/4-bit")

Each model has its own corner of its space and its own scale of likeness: the mean direction of each
script, from which likeness on passages count as the same, and how far the whole must exceed that to
be how sure. The numbers of the models that Assay ships with are in `calibrations.json`, fitted by
`bench/text_paraphrases.py --calibrate` on half of its pairs and reported on the other half. A
model that is not among them is asked for vectors of some sentences on unrelated things
(`calibrate`), which tells the means and how far apart unrelated sentences are: enough to say which
text is nearest, not to call it a paraphrase.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.content.errors import EmbeddingUnusable
from assay.content.texts.embedding import embed_passages
from assay.content.texts.ports import TextEmbedder
from assay.content.texts.references import REFERENCES

UNKNOWN_MARGIN = 6.0
"""Of a model without calibration: passages are alike so many deviations above unrelated ones."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Calibration:
    """The numbers of one model.

    Attributes:
        model: name of the embedder.
        means: by script, the mean of the unit vectors of many unrelated passages.
        thresholds: by script, from which likeness on two passages say the same.
        intercept: of the log odds that two texts say the same, ...
        slope: ... for each unit by which their likeness exceeds the threshold, and ...
        length_slope: ... for a shorter text of `full_units` words; less of one that has fewer.
        full_units: words, or pairs of Chinese characters.
        sure: from this confidence on texts are called paraphrases.
        fitted: the numbers were fitted on known pairs; without, nothing is claimed by them.
    """

    model: str
    means: Mapping[str, Floats]
    thresholds: Mapping[str, float]
    intercept: float
    slope: float
    length_slope: float
    full_units: float
    sure: float
    fitted: bool = True

    @property
    def dimensions(self) -> int:
        """How many numbers a vector of the model has."""
        return len(next(iter(self.means.values())))

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        means = {
            script: base64.b64encode(mean.astype("<f2").tobytes()).decode()
            for script, mean in self.means.items()
        }
        numbers = ("intercept", "slope", "length_slope", "full_units", "sure")
        return {
            "means": means,
            "thresholds": {name: round(value, 4) for name, value in self.thresholds.items()},
        } | {name: round(getattr(self, name), 4) for name in numbers}


@cache
def load_calibration(model: str) -> Calibration | None:
    """The shipped numbers of a model; None if it is not one of those."""
    text = files("assay.content.texts").joinpath("calibrations.json").read_text("utf-8")
    values = json.loads(text).get(model)
    if values is None:
        return None
    means = {
        script: np.frombuffer(base64.b64decode(mean), "<f2").astype(np.float32)
        for script, mean in values.pop("means").items()
    }
    return Calibration(model=model, means=means, **values)


def calibrate(embedder: TextEmbedder) -> Calibration:
    """The shipped numbers, or, of another model, unfitted ones from sentences that it embeds now.

    Raises:
        UnavailableError: the embedder fails.
        EmbeddingUnusable: its vectors are not such as its calibration or itself says.
    """
    known, dimensions = load_calibration(embedder.name), embedder.dimensions
    if known is not None:
        if known.dimensions != dimensions:
            detail = f"its vectors have {dimensions} numbers in place of {known.dimensions}"
            raise EmbeddingUnusable(embedder.name, detail)
        return known
    means, thresholds = {}, {}
    for script, sentences in REFERENCES.items():
        units = embed_passages(embedder, sentences, dimensions)
        means[script] = units.mean(axis=0)
        centred = units - means[script]
        centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        between = (centred @ centred.T)[np.triu_indices(len(centred), 1)]
        thresholds[script] = min(float(between.mean() + UNKNOWN_MARGIN * between.std()), 0.9)
    base = load_calibration("multilingual-e5-small/4-bit")
    assert base is not None, "it is shipped"
    return replace(base, model=embedder.name, means=means, thresholds=thresholds, fitted=False)
