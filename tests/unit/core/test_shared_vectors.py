"""Python and Solidity compute the same values: the vectors that the forge tests read are Python's.

Write the files anew with: python contracts/test/vectors/generate.py
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from assay.core.merkle import verify_proof

FOLDER = Path(__file__).parents[3] / "contracts" / "test" / "vectors"
GENERATORS = runpy.run_path(str(FOLDER / "generate.py"))["GENERATORS"]


def committed(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_the_committed_vectors_are_what_python_computes(name: str) -> None:
    vectors = committed(name)

    computed = GENERATORS[name]()

    assert computed == vectors


def test_every_file_of_vectors_has_a_generator() -> None:
    names = {path.stem for path in FOLDER.glob("*.json")}

    assert names == set(GENERATORS)


def test_the_committed_proofs_verify_in_python_as_they_do_in_solidity() -> None:
    trees = committed("merkle")["trees"]

    for tree in trees:
        root = bytes.fromhex(tree["root"][2:])
        for value, proof in zip(tree["values"], tree["proofs"], strict=True):
            siblings = [bytes.fromhex(node[2:]) for node in proof]
            assert verify_proof(root, bytes.fromhex(value[2:]), siblings)
