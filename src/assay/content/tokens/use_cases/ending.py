"""End a content token: its owner burns it, its creator revokes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.content.errors import UnknownContent
from assay.content.model import REVOCATION_REASONS, Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.tokens.errors import AlreadyRevoked, BurntContent, NotCreator, NotTokenOwner
from assay.content.tokens.ports import TokenContract
from assay.content.use_cases.show import find_token
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError


@dataclass(frozen=True, slots=True)
class Ended:
    """What was done to a token."""

    token: Token
    transaction: str
    text: Cid | None = None

    def as_json(self) -> dict[str, Any]:
        """What `assay content revoke --json` and `assay content burn --json` print."""
        return {
            "content_id": self.token.content_id.hex,
            "transaction": self.transaction,
            "text": str(self.text) if self.text else None,
        }


def burn_content(
    content_id: Digest, *, index: ContentIndex, contract: ContentContract, tokens: TokenContract
) -> Ended:
    """Burn a token of the account; its content can never be minted again.

    Raises:
        UnknownContent, BurntContent, NotTokenOwner.
    """
    token = _known(content_id, contract, index)
    if token.state.burnt:
        raise BurntContent(content_id)
    if token.state.owner != tokens.account:
        raise NotTokenOwner(content_id, tokens.account, token.state.owner)
    return Ended(token, tokens.burn(content_id))


def revoke_content(
    content_id: Digest,
    reason: str,
    text: str,
    *,
    blobs: Blobs,
    index: ContentIndex,
    contract: ContentContract,
    tokens: TokenContract,
) -> Ended:
    """Revoke content that the account created, for good; the text is stored, its digest on chain.

    Raises:
        InputError: no such reason.
        UnknownContent, NotCreator, AlreadyRevoked.
    """
    if reason not in REVOCATION_REASONS:
        known = ", ".join(REVOCATION_REASONS)
        raise InputError(f"There is no reason {reason!r}.", hint=f"Name one of {known}.")
    token = _known(content_id, contract, index)
    provenance = token.provenance
    if provenance is None:
        raise UnknownContent(content_id)
    if provenance.creator != tokens.account:
        raise NotCreator(content_id, tokens.account, provenance.creator)
    if token.state.revocation is not None:
        raise AlreadyRevoked(content_id, token.state.revocation.revoked_at)
    data = text.encode()
    cid = blobs.add_bytes(data) if data else None
    digest = Digest.of(data) if data else None
    return Ended(token, tokens.revoke(content_id, provenance, reason, digest), cid)


def _known(content_id: Digest, contract: ContentContract, index: ContentIndex) -> Token:
    token = find_token(content_id, contract=contract, index=index)
    if token is None:
        raise UnknownContent(content_id)
    return token
