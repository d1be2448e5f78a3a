"""What a consortium's file, addresses and models may look like, and what is said of others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assay.bootstrap.leaves import Leaves
from assay.bootstrap.listening import host_and_port
from assay.bootstrap.participants import Consortium, ConsortiumMalformed, Participant
from assay.bootstrap.training import (
    TrainingExtraMissing,
    check_extra,
    perceptron_shapes,
    perceptron_widths,
)
from assay.cli.train.running import read_peer_list
from assay.errors import InputError
from assay.training.learning.perceptron import Perceptron
from assay.training.parameters import Parameters


def test_a_consortium_is_read_with_paths_beside_its_file(tmp_path: Path) -> None:
    path = tmp_path / "consortium.yaml"
    path.write_text(
        "validators: [{account: local-1, held_out: a.npz}]\n"
        "nodes: [{account: local-2, data: b.csv, label: 7, stake: 12.5}]\n"
    )

    read = Consortium.read(path)

    assert read.validators == (Participant("local-1", tmp_path / "a.npz"),)
    assert read.nodes == (Participant("local-2", tmp_path / "b.csv", "7", "12.5"),)


def test_a_node_with_leaves_is_an_edge(tmp_path: Path) -> None:
    path = tmp_path / "consortium.yaml"
    path.write_text(
        "validators: []\nnodes: [{account: a, leaves: [b.npz, c.csv], label: x}, "
        "{account: d, data: e.npz}]\n"
    )

    edge, node = Consortium.read(path).nodes

    files = (tmp_path / "b.npz", tmp_path / "c.csv")
    assert edge == Participant("a", None, "x", leaves=files)
    assert edge.own((3, 2)) == Leaves(files, label="x")
    assert node.leaves == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nodes: []", "other keys than nodes and validators"),
        ("- 1", "other keys"),
        ("nodes: [", "expected"),
        ("nodes: 3\nvalidators: []", "3 has no account and data"),
        ("nodes: [{account: a}]\nvalidators: []", "has no account and data"),
        ("nodes: [{account: a, data: b, x: 1}]\nvalidators: []", "has no account and data"),
        ("nodes: []\nvalidators: [{account: a, data: b}]", "has no account and held_out"),
        ("nodes: []\nvalidators: [{account: a, leaves: [b]}]", "has no account and held_out"),
        ("nodes: [{account: a, data: b, leaves: [c]}]\nvalidators: []", "data or leaves"),
        ("nodes: [{account: a, leaves: b}]\nvalidators: []", "b is no list of leaves' files"),
        ("nodes: [{account: a, leaves: []}]\nvalidators: []", "is no list of leaves' files"),
        (
            "nodes: [{account: a, data: b}, {account: a, data: c}]\nvalidators: []",
            "named twice among a, a",
        ),
    ],
)
def test_a_file_that_lists_no_consortium_says_why(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "consortium.yaml"
    path.write_text(text)

    with pytest.raises(ConsortiumMalformed, match=reason) as caught:
        Consortium.read(path)

    assert "held_out" in caught.value.hint


def test_a_missing_library_is_named_with_how_to_install_it() -> None:
    check_extra("numpy")

    with pytest.raises(TrainingExtraMissing, match="needs no_such_library") as caught:
        check_extra("numpy", "no_such_library")

    assert 'pip install "assay-chain[training]"' in caught.value.hint


@pytest.mark.parametrize("widths", [(4, 2), (30, 16, 2), (2, 3, 4, 5)])
def test_a_perceptron_is_known_by_its_arrays(widths: tuple[int, ...]) -> None:
    initial = Perceptron(widths).initial(1)

    assert initial.shapes == perceptron_shapes(widths)
    assert perceptron_widths(initial) == widths


def test_other_models_are_no_perceptrons() -> None:
    layer = np.zeros((2, 3), np.float32)

    for arrays in (
        {"w": layer},
        {"layer0.weight": layer, "layer0.bias": np.zeros(3, np.float32)},
        {"layer0.weight": layer.reshape(6), "layer0.bias": np.zeros(2, np.float32)},
    ):
        assert perceptron_widths(Parameters(arrays)) is None


def test_addresses_to_listen_on() -> None:
    assert host_and_port("127.0.0.1:7501") == ("127.0.0.1", 7501)
    assert host_and_port("[::1]:0") == ("::1", 0)
    for text in ("7501", ":7501", "host:", "host:99999", "host:7 1"):
        with pytest.raises(InputError, match="no address to listen on"):
            host_and_port(text)


def test_peers_are_given_one_by_one_or_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "peers.yaml"
    path.write_text('"0xaa": http://127.0.0.1:1\n')

    found = read_peer_list(["0xbb=http://127.0.0.1:2", str(path)])

    assert found == {"0xbb": "http://127.0.0.1:2", "0xaa": "http://127.0.0.1:1"}
    with pytest.raises(InputError, match="neither ADDRESS=URL nor a file"):
        read_peer_list([str(tmp_path / "none.yaml")])
