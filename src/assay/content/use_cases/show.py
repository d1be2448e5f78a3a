"""Show a content token as chain and store have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assay.content.errors import UnknownContent
from assay.content.model import ContentMetadata, Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.records import confirm, read_metadata
from assay.core.digest import Digest
from assay.errors import AssayError


@dataclass(frozen=True, slots=True)
class ShownContent:
    """A token with its metadata, or with the reason why that is not to be had."""

    token: Token
    metadata: ContentMetadata | None
    fault: str

    def as_json(self) -> dict[str, Any]:
        """What `assay content show --json` prints."""
        provenance = self.token.provenance
        return {
            **self.token.as_json(),
            "royalty_bps": self.token.state.royalty_bps,
            "prompt_digest": provenance.prompt_digest.hex if provenance else None,
            "metadata_cid": str(provenance.metadata) if provenance else None,
            "metadata": self.metadata.as_json() if self.metadata else None,
            "metadata_fault": self.fault or None,
        }


def show_content(
    content_id: Digest, *, blobs: Blobs, contract: ContentContract, index: ContentIndex
) -> ShownContent:
    """The token with this id.

    Raises:
        UnknownContent: not minted.
    """
    token = find_token(content_id, contract=contract, index=index)
    if token is None:
        raise UnknownContent(content_id)
    if token.provenance is None:
        return ShownContent(token, None, "the mint is not indexed")
    try:
        return ShownContent(token, read_metadata(content_id, token.provenance, blobs), "")
    except AssayError as error:
        return ShownContent(token, None, str(error))


def list_content(limit: int, *, contract: ContentContract, index: ContentIndex) -> list[Token]:
    """The newest tokens that the chain confirms, the newest first."""
    return [token for token in confirm(index.newest(limit), contract) if token is not None]


def find_token(
    content_id: Digest, *, contract: ContentContract, index: ContentIndex
) -> Token | None:
    """The token with this id, confirmed by the chain; its provenance only where it is indexed."""
    minting = index.mintings([content_id]).get(content_id)
    if minting is not None and (token := confirm([minting], contract)[0]) is not None:
        return token
    (state,) = contract.states([(content_id, None)])
    if state is None:
        return None
    return Token(content_id, state, None, None, contract.address, contract.chain_id)
