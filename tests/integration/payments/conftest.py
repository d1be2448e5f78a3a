"""A treasury on a chain of its own, with a payee, approvers and an operator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assay.chain.local_node import LocalNode
from assay.client import Client, connect
from assay.core.address import Address

OWNER, OPERATOR, ACME, CHEN = "local-1", "local-2", "local-4", "local-5"
FIRST, SECOND = "local-6", "local-7"
UNIT = 10**6


@dataclass
class Office:
    """The owner's home; each test names invoices that no other test names."""

    folder: Path
    client: Client
    url: str
    _count: int = field(default=0)

    def address(self, name: str) -> Address:
        return self.client.workspace.address(name)

    def balance(self, name: str) -> int:
        token = self.client.workspace.deployment.token
        return int(token.read("balanceOf", self.address(name)))

    def invoice(self) -> str:
        self._count += 1
        return f"INV-{1000 + self._count}"

    def later(self, seconds: int) -> None:
        node = self.client.workspace.node
        node.request("evm_increaseTime", [seconds])
        node.request("evm_mine")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("payments")
    with (
        LocalNode.start(folder / "chain") as node,
        connect(home=folder / "home", rpc_url=node.url, account=OWNER) as client,
    ):
        office = Office(folder, client, node.url)
        workspace, token = client.workspace, client.workspace.deployment.token
        workspace.sender("local-0").transact(
            token, "transfer", office.address(OWNER), 50_000 * UNIT
        )
        payments = client.payments
        payments.create(total="20000", approval_above="400", approvals=2, fund="30000")
        payments.set_payee("Acme Ltd", office.address(ACME), limit="6000")
        payments.set_payee("陈静", office.address(CHEN), limit="6000", bank="6222 0211 0000 1234")
        payments.set_operator(OPERATOR, True)
        payments.set_approver(FIRST, True)
        payments.set_approver(SECOND, True)
        yield office
