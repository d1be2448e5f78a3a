"""What a payment to a repost costs, at any depth, with all of its ERC-20 transfers.

    python bench/repost_gas.py           a table
    python bench/repost_gas.py --json    {"repost_payment_depth_8": ..., ...}

Each figure is a real transaction on Anvil: content is minted, reposted eight times, each repost of
the one before, and paid. Owner and authors hold tokens already, as from the second payment on; the
first payment that either ever gets costs 17,100 more for its new slot of the token's storage.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from assay.chain.account import Accounts
from assay.chain.contract import Contract
from assay.chain.deployment import Deployment, deploy
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.permits import sign_permit
from assay.chain.transaction import Sender
from assay.core.clock import SystemClock
from assay.core.digest import Digest
from gas import Creator, Row, show

DEPTH = 8
GOAL = 90_000
AMOUNT = 10**7
NOTE = Digest.of(b"Well said.").raw


class Payer:
    """An account that pays reposts and notes the gas."""

    def __init__(self, sender: Sender, deployment: Deployment) -> None:
        self._sender = sender
        self._token = deployment.token
        self._reposts = deployment.reposts

    def allow(self, spender: Contract, amount: int) -> None:
        """Let a contract take so much."""
        self._sender.transact(self._token, "approve", spender.address, amount)

    def pay(self, repost: int) -> int:
        """Pay from the allowance; the gas."""
        return self._sender.transact(self._reposts, "pay", repost, AMOUNT, NOTE).gas_used

    def pay_with_permit(self, repost: int) -> int:
        """Pay with an allowance by signature in the same transaction; the gas."""
        account, spender = self._sender.account, self._reposts.address
        permit = sign_permit(self._token, account, spender, AMOUNT, SystemClock())
        receipt = self._sender.transact(
            self._reposts, "payWithPermit", repost, AMOUNT, NOTE, permit
        )
        return receipt.gas_used


def repost_rows(deployment: Deployment, payer: Sender, creator: Sender) -> list[Row]:
    """Payments to reposts at depths 1 and 8, the very first, and those with a permit.

    Args:
        payer: holds the token; the content and all reposts are the creator's.
    """
    content = Digest.of(b"a reposted text")
    Creator(creator, deployment).mint("a reposted text", 0)
    numbers: list[int] = []
    parent = content.token_id
    for _ in range(DEPTH):
        receipt = creator.transact(deployment.reposts, "repost", parent, 500)
        events = (deployment.reposts.decode_log(log) for log in receipt.logs)
        [parent] = [
            event.args["repostId"] for event in events if event and event.name == "Reposted"
        ]
        numbers.append(parent)
    account = Payer(payer, deployment)
    account.allow(deployment.reposts, 10 * AMOUNT)
    first = account.pay(numbers[-1])
    shallow, deep = account.pay(numbers[0]), account.pay(numbers[-1])
    account.pay_with_permit(numbers[-1])
    permitted = account.pay_with_permit(numbers[-1])
    return [
        Row("repost_payment_depth_1", "pay a repost of the original", shallow, GOAL),
        Row(f"repost_payment_depth_{DEPTH}", f"pay a repost at depth {DEPTH}", deep, GOAL),
        Row("repost_payment_with_permit", "the same with a permit", permitted),
        Row("repost_payment_first", "the first that owner and authors ever get", first),
    ]


def measured(rows: Callable[[Deployment, Sender, Sender], list[Row]]) -> list[Row]:
    """Deploy on a fresh chain and measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with LocalNode.start(folder / "chain") as local, Node(local.url) as node:
            accounts = Accounts(folder / "accounts", local_chain=True)
            payer, creator = (
                Sender(node, accounts.open(f"local-{index}", None), folder / "chain")
                for index in range(2)
            )
            return rows(deploy(node, payer, folder / "deployments"), payer, creator)


def report(description: str, rows: Callable[[Deployment, Sender, Sender], list[Row]]) -> None:
    """Measure and print, as a table or, with --json, as one flat object of numbers."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="one flat object of numbers")
    as_json = parser.parse_args().json
    found = measured(rows)
    if as_json:
        print(json.dumps({row.key: row.gas for row in found}))
    else:
        show(found)


if __name__ == "__main__":
    report("Gas of payments to reposts, on a real node.", repost_rows)
