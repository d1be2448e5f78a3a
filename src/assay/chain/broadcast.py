"""Handing a signed transaction to a node, and understanding its answer.

JSON-RPC has no codes for these answers, so that every client words them in its own way. The words
below are those of Geth (`core/txpool/errors.go`), Anvil, Besu, Nethermind and Erigon.
"""

from __future__ import annotations

import time
from enum import Enum

from assay.chain.errors import ChainUnreachable, RpcFault
from assay.chain.node import Node

_PAUSES_S = (0.1, 0.5)


class Verdict(Enum):
    """What a node says to a signed transaction."""

    ACCEPTED = ("already known", "already imported", "known transaction", "alreadyknown")
    NONCE_USED = ("nonce too low", "oldnonce", "nonce is too low")
    NONCE_TAKEN = ("replacement transaction underpriced", "replacementnotallowed")
    NONCE_GAP = ("nonce too high", "too distant", "noncegap", "nonce gap")
    FEE_TOO_LOW = ("underpriced", "less than block base fee", "feetoolow", "gas price below")
    NO_FUNDS = ("insufficient funds", "insufficientfunds", "upfront cost exceeds", "overdraft")
    REFUSED = ()

    @classmethod
    def of(cls, message: str) -> Verdict:
        """The verdict in a node's words.

        >>> Verdict.of("nonce too low: next nonce 5, tx nonce 4")
        <Verdict.NONCE_USED: ('nonce too low', 'oldnonce', 'nonce is too low')>
        """
        words = message.lower()
        for verdict in cls:
            if any(phrase in words for phrase in verdict.value):
                return verdict
        return cls.REFUSED


def broadcast(node: Node, raw: bytes) -> tuple[Verdict, str]:
    """Send a raw transaction; the verdict, and the node's words if it is not ACCEPTED.

    Sending the same bytes twice is harmless, so that a broken connection is tried again.

    Raises:
        ChainUnreachable: still no answer; `sent` tells whether the node may have the transaction.
    """
    maybe_sent = False
    for pause_s in (*_PAUSES_S, None):
        try:
            node.request("eth_sendRawTransaction", ["0x" + raw.hex()])
        except RpcFault as fault:
            return Verdict.of(fault.message), fault.message
        except ChainUnreachable as error:
            maybe_sent = maybe_sent or error.sent
            if pause_s is None:
                error.sent = maybe_sent
                raise
            time.sleep(pause_s)
        else:
            break
    return Verdict.ACCEPTED, ""
