"""Sender and node killed at random moments, again and again: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from assay.chain.account import Accounts
from assay.chain.local_node import LocalNode
from assay.chain.node import Node
from assay.chain.recovery import recover_all
from assay.chain.transaction import Sender
from assay.core.address import Address

SOMEBODY = Address("0x000000000000000000000000000000000000dEaD")
ROUNDS = 8

CHILD = """
import sys
from pathlib import Path
from assay.chain.account import Accounts
from assay.chain.node import Node
from assay.chain.transaction import Sender
url, outbox = sys.argv[1:]
account = Accounts(Path("none"), local_chain=True).open("local-0", None)
sender = Sender(Node(url), account, Path(outbox))
print("ready", flush=True)
while True:
    print(sender.send("0x000000000000000000000000000000000000dEaD", value=1), flush=True)
"""


def test_every_transaction_that_was_promised_is_mined_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    outbox = tmp_path / "outbox"
    promised: list[str] = []
    with LocalNode.start(tmp_path / "chain") as local, Node(local.url) as node:
        for _ in range(ROUNDS):
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD, local.url, str(outbox)],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.01, 0.4))
            victims = chance.choice([[local.pid], [child.pid], [local.pid, child.pid]])
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
            child.kill()
            promised += [line for line in child.communicate()[0].split("\n") if len(line) == 66]
            local.revive()
            recover_all(node, outbox)

        account = Accounts(tmp_path / "accounts", local_chain=True).open("local-0", None)
        sender = Sender(node, account, outbox)
        sender.wait(sender.send(SOMEBODY, value=1))
        used = int(node.request("eth_getTransactionCount", [account.address, "latest"]), 16)

        assert len(promised) > ROUNDS
        assert all(receipt and receipt.succeeded for receipt in node.receipts(promised))
        assert used == node.balance(SOMEBODY)
        assert used >= len(set(promised)) + 1
        assert recover_all(node, outbox) == 0
