"""Reading what chain and store say about content, each held against the other."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from assay.content.errors import MetadataMalformed
from assay.content.limits import ARTEFACT_LIMIT_BYTES
from assay.content.model import (
    NO_DIGEST,
    CallStatement,
    ContentMetadata,
    Minting,
    Provenance,
    Token,
)
from assay.content.ports import Blobs, ContentContract
from assay.core.cid import Cid
from assay.core.digest import Digest


def confirm(mintings: Sequence[Minting], contract: ContentContract) -> list[Token | None]:
    """The tokens behind indexed mints, all asked of the chain in one batch.

    None where the chain has no such token, or one with another provenance than the index says.
    """
    states = contract.states([(one.content_id, one.provenance) for one in mintings])
    return [
        Token(
            content_id=minting.content_id,
            state=state,
            provenance=minting.provenance,
            transaction=minting.transaction,
            contract=contract.address,
            chain_id=contract.chain_id,
        )
        if state is not None and state.opens
        else None
        for minting, state in zip(mintings, states, strict=True)
    ]


def read_metadata(content_id: Digest, provenance: Provenance, blobs: Blobs) -> ContentMetadata:
    """Fetch the metadata that the chain names, and hold it against the chain.

    Raises:
        MetadataMalformed: not metadata, or not that of this token.
        IntegrityError: its bytes are damaged or missing.
    """
    data = blobs.read_bytes(provenance.metadata, limit=ARTEFACT_LIMIT_BYTES)
    metadata = ContentMetadata.decode(data)
    for said, minted, name in (
        (metadata.content_digest, content_id, "content"),
        (metadata.creator, provenance.creator, "creator"),
        (metadata.prompt_digest, provenance.prompt_digest, "prompt"),
        (metadata.model, provenance.model, "model"),
    ):
        if said != minted:
            raise MetadataMalformed(f"its {name} is {said}, the token's is {minted}")
    return metadata


def read_call(cid: Cid, blobs: Blobs) -> CallStatement:
    """Fetch a call record.

    Raises:
        MetadataMalformed: not a call record.
        IntegrityError: its bytes are damaged or missing.
    """
    return CallStatement.decode(blobs.read_bytes(cid, limit=ARTEFACT_LIMIT_BYTES))


def call_contradiction(
    call: CallStatement, content_id: Digest, prompt_digest: Digest, model: Digest | None
) -> str:
    """Why a call did not generate content with this provenance; empty if it did."""
    for said, minted, name in (
        (call.output_digest, content_id, "output"),
        (call.prompt_digest, prompt_digest, "prompt"),
        (call.model, model, "model"),
    ):
        if said != minted:
            return f"the call's {name} is {said or NO_DIGEST}, the content's {minted or NO_DIGEST}"
    return ""


def stored_digest(cid: Cid, blobs: Blobs) -> Digest:
    """SHA-256 of a stored file, hashed now, piece by piece.

    Raises:
        IntegrityError: its bytes are damaged or missing.
    """
    digest = sha256()
    for piece in blobs.read(cid):
        digest.update(piece)
    return Digest(digest.digest())
