"""The market's contracts, registry, call anchor and payment token, as the use cases see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from assay.chain.commitment import claim
from assay.chain.contract import Contract, Event, read_many
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.core.address import Address, parse_address
from assay.core.cid import RAW, Cid
from assay.core.digest import Digest
from assay.market.errors import AlreadyRegistered
from assay.market.model import (
    AnchoredBatch,
    AssetKind,
    PaidTransfer,
    RegisteredAsset,
    Registration,
)


class OnChainRegistry:
    """The AssetRegistry contract, written to by one account, whose key is opened when needed."""

    def __init__(
        self, node: Node, contract: Contract, account: Address, open_sender: Callable[[], Sender]
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self.account = account

    def assets(self, asset_ids: Sequence[Digest]) -> list[RegisteredAsset | None]:
        """Two reads an asset, all in one batch."""
        calls = [
            (self._contract, function, (asset_id.token_id,))
            for asset_id in asset_ids
            for function in ("assetOf", "ownerOf")
        ]
        answers = read_many(self._node, calls)
        return [
            _registered(asset_id, asset, owner)
            for asset_id, asset, owner in zip(asset_ids, answers[::2], answers[1::2], strict=True)
        ]

    def register(self, registration: Registration) -> str:
        """Commit to the digest, wait until the commitment is old enough, and reveal.

        Raises:
            AlreadyRegistered: somebody else's registration was mined first.
        """
        arguments = (
            registration.content_digest.raw,
            registration.metadata.digest.raw,
            registration.parent.token_id if registration.parent else 0,
            registration.kind.number,
            registration.licence,
            registration.royalty_bps,
            registration.price,
        )
        try:
            receipt = claim(
                self._node,
                self._open_sender(),
                self._contract,
                registration.content_digest,
                lambda salt: ("register", (arguments, salt)),
            )
        except ContractRevert as revert:
            if revert.name == "AssetRegistryAlreadyRegistered":
                owner = parse_address(revert.values["owner"])
                raise AlreadyRegistered(registration.content_digest, owner) from None
            raise
        return receipt.transaction_hash

    def set_price(self, asset_id: Digest, price: int) -> str:
        """One transaction of the owner."""
        sender = self._open_sender()
        receipt = sender.transact(self._contract, "setPrice", asset_id.token_id, price)
        return receipt.transaction_hash


def _registered(
    asset_id: Digest, asset: Any | ContractRevert, owner: Any | ContractRevert
) -> RegisteredAsset | None:
    if isinstance(asset, ContractRevert) or isinstance(owner, ContractRevert):
        return None
    creator, registered_at, kind, royalty_bps, licence, metadata, parent, price = asset
    return RegisteredAsset(
        asset_id=asset_id,
        owner=parse_address(owner),
        creator=parse_address(creator),
        registered_at=registered_at,
        kind=AssetKind.from_number(kind),
        royalty_bps=royalty_bps,
        licence=licence,
        metadata=Cid(RAW, Digest(metadata)),
        parent=Digest.from_token_id(parent) if parent else None,
        price=price,
    )


class OnChainAnchors:
    """The CallAnchor contract, written to by one provider, whose key is opened when needed."""

    def __init__(
        self, node: Node, contract: Contract, provider: Address, open_sender: Callable[[], Sender]
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self.provider = provider

    def next_batch(self) -> int:
        """The number that the contract expects next."""
        _head, batches, _calls = self._contract.read("headOf", self.provider)
        return int(batches)

    def anchor(self, number: int, root: bytes, calls: int) -> str:
        """One transaction, whatever the size of the batch."""
        receipt = self._open_sender().transact(self._contract, "anchor", number, root, calls)
        return receipt.transaction_hash

    def anchored(self, transactions: Sequence[str]) -> list[list[AnchoredBatch]]:
        """Read from the receipts; a transaction that is not mined anchored nothing."""
        return [
            [
                AnchoredBatch(
                    provider=event.args["provider"],
                    number=event.args["batch"],
                    root=event.args["root"],
                    calls=event.args["calls"],
                    head=event.args["head"],
                    transaction=event.transaction_hash,
                )
                for event in events
                if event.name == "BatchAnchored"
            ]
            for events in _events(self._node, self._contract, transactions)
        ]


class OnChainTransfers:
    """The payment token's events."""

    def __init__(self, node: Node, contract: Contract) -> None:
        self._node = node
        self._contract = contract

    def transfers(self, transactions: Sequence[str]) -> list[list[PaidTransfer]]:
        """The token says AuthorizationUsed right before the Transfer that it authorises."""
        return [
            [
                PaidTransfer(
                    payer=used.args["authorizer"],
                    nonce=Digest(used.args["nonce"]),
                    recipient=moved.args["to"],
                    amount=moved.args["value"],
                    transaction=moved.transaction_hash,
                    block=moved.block_number,
                )
                for used, moved in pairwise(events)
                if (used.name, moved.name) == ("AuthorizationUsed", "Transfer")
                and moved.args["from"] == used.args["authorizer"]
            ]
            for events in _events(self._node, self._contract, transactions)
        ]


def _events(node: Node, contract: Contract, transactions: Sequence[str]) -> list[list[Event]]:
    return [
        [event for log in receipt.logs if (event := contract.decode_log(log))]
        if receipt and receipt.succeeded
        else []
        for receipt in node.receipts(transactions)
    ]
