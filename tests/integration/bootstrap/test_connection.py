"""The local node is killed; whoever comes next, or stayed, finds the chain as it was."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assay.bootstrap.connection import Connection
from assay.chain.account import Accounts
from assay.chain.transaction import Sender
from assay.config import Settings
from assay.core.address import Address

SOMEBODY = Address("0x000000000000000000000000000000000000dEaD")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / ".assay")


def send(connection: Connection) -> str:
    account = Accounts(Path("none"), local_chain=True).open("local-0", None)
    sender = Sender(connection.node, account, connection.outbox)
    return sender.wait(sender.send(SOMEBODY, value=1)).transaction_hash


def kill_node(connection: Connection) -> None:
    local = connection._local
    assert local is not None
    os.kill(local.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while local.healthy() and time.monotonic() < deadline:
        time.sleep(0.01)


def test_the_first_client_after_a_crash_brings_back_what_the_node_lost(settings: Settings) -> None:
    with Connection(settings) as connection:
        sent = send(connection)
        kill_node(connection)

    with Connection(settings) as connection:
        assert connection.node.receipt(sent) is not None


def test_a_client_that_stayed_revives_the_node_and_brings_back_what_it_lost(
    settings: Settings,
) -> None:
    with Connection(settings) as connection:
        sent = send(connection)
        kill_node(connection)
        was_unbroken = connection.unbroken()

        connection.revive()

        assert not was_unbroken
        assert connection.unbroken()
        assert connection.node.receipt(sent) is not None


def test_a_node_that_another_process_revived_is_noticed_and_not_started_again(
    settings: Settings,
) -> None:
    with Connection(settings) as first, Connection(settings) as second:
        sent = send(first)
        kill_node(first)
        first.revive()
        was_unbroken = second.unbroken()

        second.revive()

        assert first._local is not None
        assert second._local is not None
        assert not was_unbroken
        assert second._local.run == first._local.run
        assert second.node.receipt(sent) is not None


def test_a_revived_node_is_found_where_its_port_was_taken_meanwhile(settings: Settings) -> None:
    with Connection(settings) as connection:
        node, sent = connection.node, send(connection)
        before = node.url
        kill_node(connection)
        with socket.create_server(("127.0.0.1", urlsplit(before).port or 0)):
            connection.revive()

        assert connection.node is node
        assert node.url != before
        assert before not in {node.label, node.url}
        assert node.receipt(sent) is not None


def test_a_recovery_that_was_itself_interrupted_is_done_by_the_next(settings: Settings) -> None:
    with Connection(settings) as connection:
        sent = send(connection)
        kill_node(connection)
        assert connection._local is not None
        connection._local.revive()  # and the process ends before it sends anything

    with Connection(settings) as connection:
        assert connection.node.receipt(sent) is not None
