"""After a node lost blocks: send again what the outboxes of all accounts still hold.

    recover_all(node, Path(".assay/chain/outbox"))

No keys are needed, the transactions are signed. They go in the order in which they were signed, so
that what depends on another account's transaction finds it done.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from assay.chain.broadcast import Verdict, broadcast
from assay.chain.node import Node
from assay.chain.outbox import Outbox, SignedTransaction, chain_folder, lost
from assay.core.address import Address


def recover_all(node: Node, folder: Path) -> int:
    """Send every lost transaction of every account again; how many the node took.

    Raises:
        AccountBusy: another process sends from an account.
        ChainUnreachable: the node does not answer.
    """
    with ExitStack() as locks:
        missing: list[SignedTransaction] = []
        for place in sorted(chain_folder(node, folder).glob("0x*")):
            outbox = Outbox(place.parent, Address(place.name))
            locks.enter_context(outbox.lock())
            missing += lost(node, outbox.transactions())
        missing.sort(key=lambda signed: signed.signed_at_ns)
        return send_again(node, missing)


def send_again(node: Node, transactions: list[SignedTransaction]) -> int:
    """Broadcast kept transactions in the order given; how many the node took."""
    return sum(broadcast(node, signed.raw)[0] is Verdict.ACCEPTED for signed in transactions)
