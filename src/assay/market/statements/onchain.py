"""The settlement contract beside a statement: claims by receipt, signatures by key first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from assay.chain.contract import Contract
from assay.chain.errors import SignatureInvalid
from assay.chain.node import Node
from assay.chain.signing import recover
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.channels.lineage import ClaimedSum
from assay.market.channels.model import NOBODY, ChainState, ChannelConfig
from assay.market.channels.ports import ChannelChain

_KEPT_ANSWERS = 4096


class OnChainClaims:
    """The claims of a channel: the index says where they are, the receipts what they were.

    Args:
        transactions: of a channel, those that the index knows to have claimed from it.
    """

    def __init__(
        self, node: Node, contract: Contract, transactions: Callable[[Digest], list[str]]
    ) -> None:
        self._node = node
        self._contract = contract
        self._transactions = transactions

    def claims(self, channel: Digest) -> list[ClaimedSum]:
        """See `ClaimFinder.claims`."""
        receipts = self._node.receipts(self._transactions(channel))
        return [
            ClaimedSum(channel, event.args["totalClaimed"], event.transaction_hash)
            for receipt in receipts
            if receipt and receipt.succeeded
            for log in receipt.logs
            if (event := self._contract.decode_log(log))
            and event.name == "Claimed"
            and Digest(event.args["channelId"]) == channel
        ]


class CheckedChannels:
    """The `ChannelStates` port: the chain is asked about an account's signatures only if it has
    code, which is looked up once for each account.

    Args:
        open_chain: called when a channel is asked for: there are chains without any.
    """

    def __init__(self, node: Node, open_chain: Callable[[], ChannelChain]) -> None:
        self._open_chain = open_chain
        self._has_code = lru_cache(_KEPT_ANSWERS)(lambda address: bool(node.code(address)))

    def states(self, channels: Sequence[Digest]) -> list[ChainState]:
        """See `ChannelStates.states`."""
        return self._open_chain().states(channels) if channels else []

    def valid_signature(self, config: ChannelConfig, digest: Digest, signature: bytes) -> bool:
        """See `ChannelStates.valid_signature`; as strict as the contract."""
        if config.payer_authorizer != NOBODY:
            return _signed_by(config.payer_authorizer, digest, signature)
        if not self._has_code(config.payer):
            return _signed_by(config.payer, digest, signature)
        return self._open_chain().valid_signature(config, digest, signature)


def _signed_by(address: Address, digest: Digest, signature: bytes) -> bool:
    try:
        return recover(digest.raw, signature) == address
    except SignatureInvalid:
        return False
