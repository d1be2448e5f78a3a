"""The records of ten hospitals: the Wisconsin breast cancer data that scikit-learn ships.

569 biopsies of 30 measurements each, benign or malignant (Street, Wolberg and Mangasarian 1993).
Ten hospitals get a share each, four validators keep some of their own, and 99 are for the last
test, which nobody in the consortium sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.datasets import load_breast_cancer

from assay.training.learning.data import LabelledData
from assay.training.learning.partition import even_shares

HOSPITALS = tuple(f"hospital-{number}" for number in range(1, 11))
VALIDATORS = tuple(f"validator-{number}" for number in range(1, 5))
WIDTHS = (30, 16, 2)
SEED = 2026
_HELD_OUT, _TEST = 88, 99


@dataclass(frozen=True)
class Split:
    """Who has which records."""

    hospitals: dict[str, LabelledData]
    validators: dict[str, LabelledData]
    test: LabelledData


def split() -> Split:
    """The same every time. Features are scaled by what the validators' records look like."""
    features, labels = load_breast_cancer(return_X_y=True)
    random = np.random.default_rng(SEED)
    order = random.permutation(len(labels))
    test, held_out, known = np.split(order, [_TEST, _TEST + _HELD_OUT])
    scaled = (features - features[held_out].mean(axis=0)) / features[held_out].std(axis=0)
    data = LabelledData(scaled.astype(np.float32), labels.astype(np.int64))
    shares = even_shares(len(known), len(HOSPITALS), random)
    own = even_shares(len(held_out), len(VALIDATORS), random)
    return Split(
        {name: data.take(known[rows]) for name, rows in zip(HOSPITALS, shares, strict=True)},
        {name: data.take(held_out[rows]) for name, rows in zip(VALIDATORS, own, strict=True)},
        data.take(test),
    )


def write_consortium(found: Split, folder: Path) -> Path:
    """A file of records for each member, and the list of members."""
    for name, data in {**found.hospitals, **found.validators}.items():
        np.savez(folder / f"{name}.npz", features=data.features, labels=data.labels)
    path = folder / "consortium.yaml"
    members = {
        "nodes": [{"account": name, "data": f"{name}.npz"} for name in found.hospitals],
        "validators": [{"account": name, "held_out": f"{name}.npz"} for name in found.validators],
    }
    path.write_text(yaml.safe_dump(members), encoding="utf-8")
    return path
