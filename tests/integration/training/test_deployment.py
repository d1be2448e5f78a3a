"""A SuperLink and five nodes, each a process of its own, on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assay.core.address import Address
from assay.core.digest import Digest
from assay.training.engine.deployment import run_rounds
from assay.training.engine.errors import PlainConnection, SuperLinkFailed
from assay.training.engine.exchange import Waiting
from assay.training.engine.strategy import CertifiedRounds
from assay.training.engine.superlink import superlink_process
from assay.training.engine.supernode import SuperLinkAddress
from assay.training.rounds import RoundPlace
from tests.fakes.rounds import FolderAuthority, Watch, address_of
from tests.integration.training.digit_nodes import LEARNER

ROOT = Path(__file__).parents[3]
NODES = 5


@contextmanager
def node_processes(address: str, folder: Path) -> Iterator[list[int]]:
    command = [sys.executable, "-m", "tests.integration.training.digit_nodes"]
    with (folder / "nodes.log").open("wb") as log:
        parent = subprocess.Popen(
            [*command, address, str(folder), str(NODES)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    assert parent.stdin is not None
    assert parent.stdout is not None
    try:
        yield [int(number) for number in parent.stdout.readline().split()]
    finally:
        parent.stdin.close()
        parent.wait(30)
        parent.stdout.close()


@dataclass
class KillingAuthority(FolderAuthority):
    """In one round a node is killed when commitments are closed."""

    victim: int = 0
    round_of_death: int = 2

    def commitments(self, place: RoundPlace) -> Mapping[Address, Digest]:
        found = super().commitments(place)
        if place.round == self.round_of_death:
            os.kill(self.victim, signal.SIGKILL)
        return found


def test_five_nodes_train_beside_one_that_floods_and_outlive_one_that_is_killed(
    tmp_path: Path,
) -> None:
    addresses = [address_of(number) for number in range(NODES)]
    authority = KillingAuthority(tmp_path, addresses)
    watch = Watch()
    strategy = CertifiedRounds(
        1,
        authority,
        LEARNER.initial(seed=1),
        minimum_nodes=NODES + 1,
        waiting=Waiting(train_s=30, reveal_s=3),
        observer=watch,
    )

    with (
        superlink_process(tmp_path / "link") as link,
        node_processes(link.address.address, tmp_path) as nodes,
    ):
        authority.victim = nodes[2]
        run_rounds(link, strategy, rounds=2)

    assert [order.place.round for order in authority.orders] == [1, 2]
    revealed = [done for _, step, done, _ in watch.steps if step == "certify"]
    assert revealed == [NODES, NODES - 1]
    assert strategy.model is not None
    assert strategy.model.accepted == (*addresses[:2], *addresses[3:])
    assert watch.reasons[addresses[2]].endswith("it committed and did not reveal")
    assert any("more than 1048576 bytes" in reason for reason in watch.reasons.values())
    assert not (tmp_path / "link" / "superlink.secret").exists()


def test_a_superlink_whose_port_is_taken_says_so(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with (
            pytest.raises(SuperLinkFailed, match=f"{port} does not work: the port is taken"),
            superlink_process(tmp_path, port=port),
        ):
            pass


def test_plain_http_is_for_this_machine_only() -> None:
    assert SuperLinkAddress("127.0.0.1:9092").plain
    assert SuperLinkAddress("[::1]:9092").plain
    with pytest.raises(PlainConnection, match="not on this machine"):
        SuperLinkAddress("10.0.0.7:9092")
