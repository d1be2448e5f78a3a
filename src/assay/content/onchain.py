"""The content contract, as the use cases see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assay.chain.commitment import claim
from assay.chain.contract import Contract, read_many
from assay.chain.errors import ContractRevert
from assay.chain.node import Node
from assay.chain.transaction import Sender
from assay.content.errors import AlreadyMinted
from assay.content.model import (
    NO_DIGEST,
    REVOCATION_REASONS,
    Provenance,
    Revocation,
    TokenState,
)
from assay.core.address import Address, parse_address
from assay.core.digest import Digest


class OnChainContent:
    """The ContentToken contract, written to by one account, whose key is opened when needed."""

    def __init__(
        self, node: Node, contract: Contract, account: Address, open_sender: Callable[[], Sender]
    ) -> None:
        self._node = node
        self._contract = contract
        self._open_sender = open_sender
        self.account = account

    @property
    def address(self) -> Address:
        """Where the contract lives."""
        return self._contract.address

    @property
    def chain_id(self) -> int:
        """The chain that it lives on."""
        return self._node.chain_id

    def states(self, tokens: Sequence[tuple[Digest, Provenance | None]]) -> list[TokenState | None]:
        """One or two reads a token, all in one batch."""
        calls: list[tuple[Contract, str, tuple[Any, ...]]] = []
        for content_id, provenance in tokens:
            calls.append((self._contract, "stateOf", (content_id.token_id,)))
            if provenance is not None:
                arguments = (content_id.token_id, opening(provenance))
                calls.append((self._contract, "verifyProvenance", arguments))
        answers = iter(read_many(self._node, calls))
        return [
            _state(next(answers), None if provenance is None else next(answers))
            for _content_id, provenance in tokens
        ]

    def mint(self, content_id: Digest, provenance: Provenance, royalty_bps: int) -> str:
        """Commit to the digest, wait until the commitment is old enough, and reveal.

        Raises:
            AlreadyMinted: somebody else's mint was mined first.
        """
        content = stated(content_id, provenance, royalty_bps)
        try:
            receipt = claim(
                self._node,
                self._open_sender(),
                self._contract,
                content_id,
                lambda salt: ("mint", (content, salt)),
            )
        except ContractRevert as revert:
            if revert.name == "ContentTokenAlreadyMinted":
                (state,) = self.states([(content_id, None)])
                owner = parse_address(revert.values["owner"])
                raise AlreadyMinted(content_id, owner, state.minted_at if state else None) from None
            raise
        return receipt.transaction_hash


def opening(provenance: Provenance) -> tuple[bytes, int, Address, bytes, bytes]:
    """The contract's struct `Provenance`."""
    return (
        provenance.prompt_digest.raw,
        provenance.model.token_id if provenance.model else 0,
        provenance.creator,
        provenance.metadata.digest.raw,
        (provenance.shares_digest or NO_DIGEST).raw,
    )


def stated(
    content_id: Digest, provenance: Provenance, royalty_bps: int
) -> tuple[bytes, bytes, int, bytes, bytes, int]:
    """The contract's struct `Content`."""
    prompt_digest, model, _creator, metadata, shares_digest = opening(provenance)
    return (content_id.raw, prompt_digest, model, metadata, shares_digest, royalty_bps)


def _state(answer: Any, opens: Any) -> TokenState | None:
    if isinstance(answer, ContractRevert):
        return None
    revocation = None
    if answer.revokedAt:
        reason = REVOCATION_REASONS[answer.revocationReason - 1]
        revocation = Revocation(reason, answer.revokedAt)
    return TokenState(
        owner=parse_address(answer.owner),
        minted_at=answer.mintedAt,
        royalty_bps=answer.royaltyBps,
        opens=opens,
        claimed_block=answer.claimedAt,
        revocation=revocation,
    )
