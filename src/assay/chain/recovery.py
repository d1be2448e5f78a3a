"""After a node lost blocks: send again what the outboxes of all accounts still hold.

    recover_all(node, Path(".assay/chain/outbox"))

No keys are needed, the transactions are signed. They go in the order in which they were signed, so
that what depends on another account's transaction finds it done.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from assay.chain.broadcast import Verdict, broadcast
from assay.chain.node import Node
from assay.chain.outbox import Outbox, SignedTransaction, chain_folder, lost
from assay.core.address import Address

_MINING_LIMIT_S = 5.0
_POLL_S = 0.02
_HOPEFUL = {Verdict.ACCEPTED, Verdict.NO_FUNDS, Verdict.NONCE_GAP}


def recover_all(node: Node, folder: Path) -> int:
    """Send every lost transaction of every account again; how many the node took.

    The local node mines at once: there, they are in blocks when this returns.

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
        return restore(node, missing)


def restore(node: Node, transactions: list[SignedTransaction]) -> int:
    """As `recover_all`, for the transactions given."""
    taken: set[str] = set()
    waiting = transactions
    deadline = time.monotonic() + _MINING_LIMIT_S
    while waiting:
        verdicts = send_again(node, waiting)
        answers = list(zip(waiting, verdicts, strict=True))
        taken |= {signed.hash for signed, verdict in answers if verdict is Verdict.ACCEPTED}
        if not node.is_local or time.monotonic() > deadline:
            break
        time.sleep(_POLL_S)  # what lacked funds may have them once the others are mined
        hopeful = [signed for signed, verdict in answers if verdict in _HOPEFUL]
        receipts = node.receipts([signed.hash for signed in hopeful])
        waiting = [one for one, receipt in zip(hopeful, receipts, strict=True) if not receipt]
    return len(taken)


def send_again(node: Node, transactions: list[SignedTransaction]) -> list[Verdict]:
    """Broadcast kept transactions in the order given."""
    return [broadcast(node, signed.raw)[0] for signed in transactions]
