"""Our own generator, really trained, once for a whole run of the tests and all its workers."""

# ruff: noqa: PLC0415

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

TRAINING_STEPS = 1000


@pytest.fixture(scope="session")
def trained_digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a generator after a third of the training that people get."""
    from assay.generation.images.digits.data import lay_out_dataset
    from assay.generation.images.digits.folder import is_generator, train_into
    from assay.generation.images.digits.training import TrainingPlan
    from assay.store.sealing import measure

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "trained-digits" / "digits"
    folder.parent.mkdir(exist_ok=True)
    with (shared / "trained-digits.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_generator(folder):
            dataset = measure(lay_out_dataset(shared / "trained-digits" / "dataset")).digest
            train_into(folder, TrainingPlan(steps=TRAINING_STEPS), dataset=dataset.hex)
    return folder
