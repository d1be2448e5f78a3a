"""Nodes in Ray's worker processes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assay.training.engine.client import client_app
from assay.training.engine.simulation import simulate
from assay.training.engine.strategy import CertifiedRounds
from tests.fakes.rounds import FolderAuthority, Watch, address_of
from tests.integration.training.digit_nodes import LEARNER, node_in


def test_ten_nodes_learn_in_two_worker_processes(tmp_path: Path) -> None:
    addresses = [address_of(number) for number in range(10)]
    start = LEARNER.initial(seed=1)
    watch = Watch()
    strategy = CertifiedRounds(
        1, FolderAuthority(tmp_path, addresses), start, minimum_nodes=10, observer=watch
    )

    simulate(client_app(partial(node_in, tmp_path, 10)), strategy, nodes=10, rounds=2)

    assert not watch.reasons
    assert strategy.model is not None
    assert strategy.model.accepted == tuple(addresses)
    assert strategy.model.result.round == 2
