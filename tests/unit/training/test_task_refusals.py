"""Every error of the contract of tasks that a user can cause has an error of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assay.chain.build import load_build
from assay.errors import AssayError
from assay.training.refusals import TRANSLATIONS

# Only a deployment, a token or another contract can cause them.
OTHERS = {
    "InvalidShortString",
    "StringTooLong",
    "ReentrancyGuardReentrantCall",
    "SafeCastOverflowedUintDowncast",
}
ERRORS = [entry for entry in load_build("TrainingTasks").abi if entry["type"] == "error"]
SAMPLES: dict[str, Any] = {"address": "0x" + "0a" * 20, "string": "rounds"}


def test_the_map_is_whole() -> None:
    names = {entry["name"] for entry in ERRORS}

    assert names - OTHERS <= TRANSLATIONS.keys()


@pytest.mark.parametrize("name", sorted({entry["name"] for entry in ERRORS} & TRANSLATIONS.keys()))
def test_each_translation_reads_the_errors_values(name: str) -> None:
    [entry] = [entry for entry in ERRORS if entry["name"] == name]
    values = {item["name"]: SAMPLES.get(item["type"], 1) for item in entry["inputs"]}

    error = TRANSLATIONS[name](SimpleNamespace(values=values))

    assert isinstance(error, AssayError)
    assert str(error)
    assert error.hint
