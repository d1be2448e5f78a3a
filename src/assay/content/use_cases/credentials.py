"""Write credentials for a token into its content, and read them from any file.

written = write_token_credentials(data, options, signer=..., ...)
weighed = inspect_file_credentials(data, sidecar=None, trust=..., contract=..., index=...)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.content.credentials.containers.formats import strip_credentials
from assay.content.credentials.errors import ContentMismatch, NotTheCreator, TokenWithdrawn
from assay.content.credentials.model import (
    CredentialClaim,
    Credentials,
    CredentialSigner,
    Origin,
    Rendition,
    TrustAnchors,
)
from assay.content.credentials.reading import read_credentials
from assay.content.credentials.weighing import (
    ChainFacts,
    TokenStanding,
    Weighed,
    weigh_credentials,
)
from assay.content.credentials.writing import write_credentials
from assay.content.model import Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.use_cases.show import find_token, show_content
from assay.core.digest import Digest

UNNAMED_GENERATOR = "a generator that is not named"


@dataclass(frozen=True, slots=True)
class NewCredentials:
    """What a creator says of content.

    Attributes:
        token_id: which token the file is; None for the one with the file's own digest.
        generator: name of the model or program that made it; "" for what the token names.
        media_type: of files that do not show it by their first bytes.
    """

    data: bytes
    token_id: Digest | None = None
    origin: Origin = Origin.GENERATED
    generator: str = ""
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class WrittenCredentials:
    """The file with credentials, and what they say."""

    rendition: Rendition
    claim: CredentialClaim

    def as_json(self) -> dict[str, Any]:
        """What `assay content credential --json` prints of them."""
        return {
            "claim": self.claim.as_assertion(),
            "rendition_digest": self.rendition.digest.hex,
            "rendition_bytes": len(self.rendition.data),
            "manifest_bytes": len(self.rendition.manifest),
            "sidecar": self.rendition.sidecar,
            "restorable": self.rendition.restorable,
            "note": self.rendition.note,
        }


def write_token_credentials(
    new: NewCredentials,
    *,
    open_signer: Callable[[], CredentialSigner],
    now_s: int,
    blobs: Blobs,
    contract: ContentContract,
    index: ContentIndex,
) -> WrittenCredentials:
    """Sign credentials for a minted token; `contract` is seen by the account that signs.

    Raises:
        ContentMismatch: the file is not the content of the named token.
        UnknownContent: it is not minted.
        NotTheCreator: another account minted it.
        TokenWithdrawn: it is burnt or revoked.
        SigningFailed, CertificateUnusable: see `write_credentials`.
    """
    content_id = Digest.of(strip_credentials(new.data))
    if new.token_id not in {None, content_id}:
        assert new.token_id is not None
        raise ContentMismatch(content_id, new.token_id)
    shown = show_content(content_id, blobs=blobs, contract=contract, index=index)
    token = shown.token
    creator = token.provenance.creator if token.provenance else None
    if creator != contract.account:
        raise NotTheCreator(content_id, creator, contract.account)
    if token.state.burnt or token.state.revocation:
        raise TokenWithdrawn(content_id, "burnt" if token.state.burnt else "revoked")
    model = token.provenance.model if token.provenance else None
    claim = CredentialClaim(
        chain_id=token.chain_id,
        contract=token.contract,
        token_id=content_id,
        content_digest=content_id,
        creator=contract.account,
        origin=new.origin,
        generator=new.generator or _generator(new.origin, model),
        signed_at=now_s,
        model=model,
        recipe=shown.metadata.recipe if shown.metadata else None,
    )
    rendition = write_credentials(new.data, new.media_type, claim, open_signer())
    return WrittenCredentials(rendition, claim)


def read_file_credentials(
    data: bytes,
    *,
    sidecar: bytes | None,
    trust: TrustAnchors,
    contract: ContentContract,
    index: ContentIndex,
    recognised: Digest | None,
) -> Weighed:
    """Read a file's credentials, for a file whose bytes and fingerprint were looked up.

    Args:
        recognised: the token that the file was found to be, or to be a copy of.
    """
    credentials = read_credentials(data, sidecar=sidecar, trust=trust)
    return weigh_for_token(
        credentials, contract=contract, index=index, recognised=recognised, compared=True
    )


def inspect_file_credentials(
    data: bytes,
    *,
    sidecar: bytes | None,
    trust: TrustAnchors,
    contract: ContentContract,
    index: ContentIndex,
) -> Weighed:
    """Read a file's credentials, with a look at the bytes only: no fingerprint is compared."""
    credentials = read_credentials(data, sidecar=sidecar, trust=trust)
    content_id = Digest.of(strip_credentials(data))
    found = find_token(content_id, contract=contract, index=index)
    return weigh_for_token(
        credentials,
        contract=contract,
        index=index,
        recognised=content_id if found else None,
        compared=False,
    )


def weigh_for_token(
    credentials: Credentials,
    *,
    contract: ContentContract,
    index: ContentIndex,
    recognised: Digest | None,
    compared: bool,
) -> Weighed:
    """Hold credentials that were read against what the chain says of the token that they name."""
    claim, claimed = credentials.claim, None
    here = (contract.chain_id, contract.address)
    if claim is not None and (claim.chain_id, claim.contract) == here:
        token = find_token(claim.token_id, contract=contract, index=index)
        claimed = _standing(token) if token else None
    facts = ChainFacts(contract.chain_id, contract.address, claimed, recognised, compared)
    return weigh_credentials(credentials, facts)


def _standing(token: Token) -> TokenStanding:
    state = token.state
    return TokenStanding(
        creator=token.provenance.creator if token.provenance else None,
        owner=None if state.burnt else state.owner,
        burnt=state.burnt,
        revoked=state.revocation is not None,
        revocation=state.revocation.reason if state.revocation else "",
    )


def _generator(origin: Origin, model: Digest | None) -> str:
    if model is not None:
        return f"model asset {model}"
    return "Assay" if origin is Origin.HUMAN else UNNAMED_GENERATOR
