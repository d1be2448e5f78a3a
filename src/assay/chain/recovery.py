"""After a node lost blocks: put contracts back, and send again what the outboxes still hold.

    recover_all(node, Path(".assay/chain/outbox"))

No keys are needed, the transactions are signed. They go in the order in which they were signed, so
that what depends on another account's transaction finds it done.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from assay.chain.broadcast import Verdict, broadcast
from assay.chain.files import write_durably
from assay.chain.fixed_contracts import install_fixed
from assay.chain.node import Node
from assay.chain.outbox import Outbox, SignedTransaction, chain_folder, lost
from assay.core.address import Address

_MINING_LIMIT_S = 2.0
_POLL_S = 0.002


def recover_all(node: Node, folder: Path) -> int:
    """Send every lost transaction of every account again; how many the node took.

    The local node mines at once: there, they are in blocks when this returns. It gets back its
    contracts at fixed addresses first, which no transaction puts there: one sent to an address
    without code would be mined, and do nothing.

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
        if node.is_local:
            install_fixed(node)
        return restore(node, missing)


def recover_run(node: Node, folder: Path, marker: Path, run: str) -> int:
    """`recover_all`, once for each run of a local node: its first user does it for all others.

    Args:
        marker: the file that names the run that has been seen to.

    Raises:
        FileNotWritten: the marker cannot be written.
        As `recover_all`.
    """
    try:
        if marker.read_text() == run:
            return 0
    except (FileNotFoundError, UnicodeDecodeError):
        pass
    taken = recover_all(node, folder)
    write_durably(marker, run.encode())
    return taken


def restore(node: Node, transactions: list[SignedTransaction]) -> int:
    """Send kept transactions in the order given; how many the node took.

    On the local chain each is mined before the next is sent, as it was the first time: a reveal
    must not come into the block of its commitment.
    """
    taken = 0
    mining = node.is_local
    for signed in transactions:
        if broadcast(node, signed.raw)[0] is Verdict.ACCEPTED:
            taken += 1
            mining = mining and _is_mined(node, signed.hash)
    return taken


def _is_mined(node: Node, tx_hash: str) -> bool:
    deadline = time.monotonic() + _MINING_LIMIT_S
    while node.receipt(tx_hash) is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True
