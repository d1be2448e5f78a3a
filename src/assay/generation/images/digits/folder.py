"""A trained generator as a folder that can be published: weights, card, record of the training.

    folder = train_into(Path("generators/digits"), TrainingPlan(), dataset=dataset_id)
    generator = open_generator(folder)
    generator.layers

`digits.safetensors` holds the weights as 16-bit whole numbers of 2**-12, `generator.json` what
they were trained from and how well they do, `README.md` the same for people. No times and no paths
are in it: the same training makes the same folder, and so the same asset.
"""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from assay.core.canonical import canonical_json
from assay.core.chat import decimal_text
from assay.generation.images.digits.card import model_card
from assay.generation.images.digits.data import CLASSES, LICENCE, load_examples
from assay.generation.images.digits.network import (
    CONDITIONS,
    GRID,
    HIDDEN,
    LAYERS,
    PIXELS,
    Exact,
)
from assay.generation.images.digits.sampling import sample
from assay.generation.images.digits.training import Trained, TrainingPlan, train
from assay.generation.images.errors import WeightsDamaged

GENERATOR = "assay-digits/1"
FACTS_NAME = "generator.json"
WEIGHTS_NAME = "digits.safetensors"
DEFAULT_STEPS = 20
DEFAULT_GUIDANCE = 1.5
_JUDGED_EACH = 50
_LARGEST_FACTS_BYTES = 100_000


@dataclass(frozen=True, eq=False)
class Generator:
    """Weights on the grid, and the facts of their training."""

    layers: list[Exact]
    facts: Mapping[str, Any]


def train_into(
    folder: Path,
    plan: TrainingPlan,
    *,
    dataset: str | None,
    advance: Callable[[int], None] | None = None,
) -> Path:
    """Train, judge, and write the folder, whole or not at all.

    Args:
        dataset: id of the asset that the examples are registered as.
        advance: told of each of the plan's steps.

    Raises:
        PackageMissing: the package with the examples is not installed.
        DigitsChanged: its data are not the published ones.
    """
    examples = load_examples()
    trained = train(examples, plan, advance=advance)
    whole = [np.rint(layer * GRID).astype(np.int16) for layer in trained.layers]
    layers = [layer / np.float64(GRID) for layer in whole]
    facts = _facts(trained, _accuracy(layers), dataset)
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    save_file(
        {f"layer.{number}": layer for number, layer in enumerate(whole)}, unfinished / WEIGHTS_NAME
    )
    (unfinished / FACTS_NAME).write_bytes(canonical_json(facts) + b"\n")
    (unfinished / "README.md").write_text(model_card(facts), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    return folder


def is_generator(folder: Path) -> bool:
    """Whether a folder holds a generator of this kind."""
    return (folder / FACTS_NAME).is_file() and (folder / WEIGHTS_NAME).is_file()


def open_generator(folder: Path) -> Generator:
    """Read what `train_into` wrote.

    Raises:
        WeightsDamaged: files missing, or not of this form.
    """
    weights = folder / WEIGHTS_NAME
    try:
        with (folder / FACTS_NAME).open("rb") as stream:
            facts = json.loads(stream.read(_LARGEST_FACTS_BYTES))
        if facts["generator"] != GENERATOR:
            raise WeightsDamaged(weights, f"they are of a generator {facts['generator']!r}")
        found = load_file(weights)
    except FileNotFoundError as error:
        raise WeightsDamaged(weights, f"{error.filename} is missing") from None
    except (SafetensorError, OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsDamaged(weights, f"{type(error).__name__}: {error}") from None
    layers = []
    for number, shape in enumerate(_shapes()):
        layer = found.get(f"layer.{number}")
        if layer is None or layer.dtype != np.int16 or layer.shape != shape:
            raise WeightsDamaged(weights, f"layer {number} is not {shape} of 16-bit numbers")
        layers.append(layer / np.float64(GRID))
    return Generator(layers, facts)


def _shapes() -> list[tuple[int, int]]:
    sizes = [PIXELS, *[HIDDEN] * (LAYERS - 1), PIXELS]
    return [(before + CONDITIONS, after) for before, after in pairwise(sizes)]


def _accuracy(layers: list[Exact]) -> float:
    """How many drawn digits have, as nearest real example, one of the digit that was asked for."""
    examples = load_examples()
    labels = np.repeat(np.arange(CLASSES), _JUDGED_EACH)
    drawn = sample(
        layers, labels.tolist(), seed=0, steps=DEFAULT_STEPS, guidance=DEFAULT_GUIDANCE
    ).reshape(-1, PIXELS)
    real = examples.pictures.astype(np.float64)
    squares = (real**2).sum(axis=1)
    nearest = np.argmin(squares - 2 * drawn @ real.T, axis=1)
    return float(np.mean(examples.labels[nearest] == labels))


def _facts(trained: Trained, accuracy: float, dataset: str | None) -> dict[str, Any]:
    plan = asdict(trained.plan)
    return {
        "assay": "generator/1",
        "generator": GENERATOR,
        "licence": LICENCE,
        "dataset": dataset,
        "training": {**plan, "rate": decimal_text(plan["rate"])},
        "loss": f"{trained.loss:.4f}",
        "accuracy": f"{accuracy:.3f}",
        "judged": CLASSES * _JUDGED_EACH,
        "libraries": {"numpy": np.__version__},
        "machine": {"architecture": platform.machine(), "threads": 1},
    }
