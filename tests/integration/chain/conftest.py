"""A local node of its own for each test, and what is needed to talk to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assay.chain.account import Account, Accounts
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.transaction import Sender


@pytest.fixture
def local_node(tmp_path: Path) -> Iterator[LocalNode]:
    with LocalNode.start(tmp_path / "chain") as local:
        yield local


@pytest.fixture
def node(local_node: LocalNode) -> Iterator[Node]:
    with Node(local_node.url, expected_chain_id=31337) as connected:
        yield connected


@pytest.fixture
def account(tmp_path: Path) -> Callable[[int], Account]:
    accounts = Accounts(tmp_path / "accounts", local_chain=True)
    return lambda index: accounts.open(f"local-{index}", None)


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def sender(node: Node, account: Callable[[int], Account], outbox: Path) -> Sender:
    return Sender(node, account(0), outbox)
