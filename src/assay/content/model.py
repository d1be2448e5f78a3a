"""Generated content as values: what a creator mints, and what chain and store say of it.

A content token's id is the SHA-256 of the content's bytes. The chain keeps a hash of where it came
from (the `Provenance`), the event that opens it, and the digest of the metadata; the metadata, an
artefact in the store, names content, call record and fingerprint.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from assay.content.credentials.weighing import Weighed
from assay.content.errors import MetadataMalformed
from assay.content.images.fingerprint import METHOD as IMAGE_METHOD
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.presentation import presented
from assay.content.shares import Share
from assay.content.texts.fingerprint import TextFingerprint
from assay.core.address import Address, parse_address
from assay.core.canonical import canonical_json
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError

Fingerprint = TextFingerprint | ImageFingerprint

SCHEMA = "content/1"
CALL_SCHEMA = "call/1"
NO_DIGEST = Digest(bytes(32))
"""Stands on chain for a prompt that is not given."""
NOBODY = Address("0x" + "00" * 20)
"""Owns what is burnt."""
REVOCATION_REASONS = ("mistake", "rights", "consent", "superseded", "unlawful", "other")
"""In the order of the contract's codes, which begin with 1."""


@dataclass(frozen=True)
class ContentMetadata:
    """The public description of content, stored as canonical JSON under its own CID.

    Attributes:
        content: CID of the bytes.
        content_digest: SHA-256 of the bytes; the content id.
        prompt_digest: SHA-256 of the request's canonical JSON; `NO_DIGEST` where not given.
        model: id of the model asset that generated the content, if it is registered.
        call: CID of the record of the paid call that returned the content, if there was one.
        recipe: CID of what it takes to generate the content again, if that is known.
        title: what people call it; may be empty.
        shares: who earns, the list behind the provenance's `shares_digest`; empty for the creator.
    """

    content: Cid
    content_digest: Digest
    content_bytes: int
    media_type: str
    prompt_digest: Digest
    model: Digest | None
    call: Cid | None
    creator: Address
    fingerprint: Fingerprint
    recipe: Cid | None = None
    title: str = ""
    shares: tuple[Share, ...] = ()

    def encode(self) -> bytes:
        """The canonical JSON whose CID goes on chain, with what wallets and marketplaces read."""
        shown = presented(
            self.title,
            self.media_type,
            self.content,
            content_digest=self.content_digest,
            model=self.model,
            creator=self.creator,
        )
        return canonical_json({**shown, **self.as_json()})

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "assay": SCHEMA,
            "content": str(self.content),
            "content_digest": self.content_digest.hex,
            "content_bytes": self.content_bytes,
            "media_type": self.media_type,
            "prompt_digest": self.prompt_digest.hex,
            "model": self.model.hex if self.model else None,
            "call": str(self.call) if self.call else None,
            "recipe": str(self.recipe) if self.recipe else None,
            "title": self.title,
            "shares": [share.as_json() for share in self.shares],
            "creator": self.creator,
            "fingerprint": self.fingerprint.as_json(),
        }

    @classmethod
    def decode(cls, data: bytes) -> ContentMetadata:
        """Read what `encode` wrote.

        Raises:
            MetadataMalformed: not JSON, a field missing or of another type, an unknown schema.
            FingerprintMalformed: the fingerprint is.
        """
        try:
            value = json.loads(data)
            json.dumps(value, ensure_ascii=False).encode()  # no halves of characters
            if value["assay"] != SCHEMA:
                raise MetadataMalformed(f"schema {value['assay']!r} is unknown")
            return cls(
                content=Cid.parse(value["content"]),
                content_digest=Digest.parse(value["content_digest"]),
                content_bytes=int(value["content_bytes"]),
                media_type=str(value["media_type"]),
                prompt_digest=Digest.parse(value["prompt_digest"]),
                model=Digest.parse(value["model"]) if value["model"] else None,
                call=Cid.parse(value["call"]) if value["call"] else None,
                creator=parse_address(value["creator"]),
                fingerprint=_fingerprint(value["fingerprint"]),
                recipe=Cid.parse(value["recipe"]) if value["recipe"] else None,
                title=str(value["title"]),
                shares=tuple(Share.from_json(item) for item in value["shares"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise MetadataMalformed(f"{type(error).__name__}: {error}") from None
        except InputError as error:
            raise MetadataMalformed(str(error)) from None


def _fingerprint(value: Any) -> Fingerprint:
    if value["method"] == IMAGE_METHOD:
        return ImageFingerprint.from_json(value)
    return TextFingerprint.from_json(value)


@dataclass(frozen=True, slots=True)
class CallStatement:
    """What the record of a paid call says about its output; see the market for the whole record."""

    prompt_digest: Digest
    output_digest: Digest
    model: Digest | None

    @classmethod
    def decode(cls, data: bytes) -> CallStatement:
        """Read a call record artefact.

        Raises:
            MetadataMalformed: it is none.
        """
        try:
            value = json.loads(data)
            if value["assay"] != CALL_SCHEMA:
                raise MetadataMalformed(f"schema {value['assay']!r} is no call record")
            record = value["record"]
            return cls(
                prompt_digest=Digest.parse(record["promptDigest"]),
                output_digest=Digest.parse(record["outputDigest"]),
                model=_asset(record["model"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise MetadataMalformed(f"{type(error).__name__}: {error}") from None
        except InputError as error:
            raise MetadataMalformed(str(error)) from None


def _asset(value: Any) -> Digest | None:
    """An asset id, which records write as hexadecimal or as a number; None for no asset."""
    digest = Digest.from_token_id(value) if isinstance(value, int) else Digest.parse(value)
    return None if digest == NO_DIGEST else digest


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where content came from; the values that the chain keeps a hash of.

    Attributes:
        shares_digest: keccak256 of the ABI-encoded list of who earns; None if the creator alone.
    """

    prompt_digest: Digest
    model: Digest | None
    creator: Address
    metadata: Cid
    shares_digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class Minting:
    """A ContentMinted event, as the index has it: where to look, not what to believe."""

    content_id: Digest
    provenance: Provenance
    transaction: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """The creator's word that it no longer stands behind content.

    Attributes:
        reason: one of `REVOCATION_REASONS`.
        revoked_at: seconds since 1970.
    """

    reason: str
    revoked_at: int

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {"reason": self.reason, "revoked_at": self.revoked_at}


@dataclass(frozen=True, slots=True)
class TokenState:
    """What the contract says about one token.

    Attributes:
        owner: who has it; `NOBODY` if it is burnt.
        minted_at: seconds since 1970.
        royalty_bps: the share of a resale in hundredths of a percent.
        opens: the provenance that was asked about is the one minted; None if none was asked.
        claimed_block: in which the content was committed to.
        revocation: None if the creator has not revoked it.
    """

    owner: Address
    minted_at: int
    royalty_bps: int
    opens: bool | None
    claimed_block: int = 0
    revocation: Revocation | None = None

    @property
    def burnt(self) -> bool:
        """Nobody owns it, nor ever will."""
        return self.owner == NOBODY


@dataclass(frozen=True, slots=True)
class Token:
    """A content token that the chain confirms.

    Attributes:
        provenance: opened on chain; None where the mint's event is not indexed.
        transaction: the minting transaction, where indexed.
    """

    content_id: Digest
    state: TokenState
    provenance: Provenance | None
    transaction: str | None
    contract: Address
    chain_id: int

    def as_json(self) -> dict[str, Any]:
        """The `token` of `assay content verify --json`."""
        provenance = self.provenance
        return {
            "content_id": self.content_id.hex,
            "owner": None if self.state.burnt else self.state.owner,
            "burnt": self.state.burnt,
            "revoked": self.state.revocation.as_json() if self.state.revocation else None,
            "creator": provenance.creator if provenance else None,
            "minted_at": self.state.minted_at,
            "transaction": self.transaction,
            "model": provenance.model.hex if provenance and provenance.model else None,
            "contract": self.contract,
            "chain_id": self.chain_id,
        }


class Verdict(StrEnum):
    """What became of some bytes."""

    IDENTICAL = "identical"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class ReviewOutcome(Protocol):
    """What the community decided about content; see the room of reviews."""

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON values."""
        ...

    def sentence(self) -> str:
        """The outcome for people."""
        ...


@dataclass(frozen=True, slots=True)
class Authentication:
    """The verdict on some bytes.

    Attributes:
        similarity: to the token's content, or to the nearest one for `unknown`; in 0..1.
        confidence: that the verdict's token is where the bytes come from; calibrated, in 0..1.
        token: whose bytes or altered bytes they are; None for `unknown`.
        transforms: what was recognised of an altered copy, such as "crop" or "excerpt".
        evidence: what was compared, with value and threshold, one sentence each.
        overlay: a picture that shows where the token's picture lies in the one in question, a PNG.
        credentials: what the file's manifest says, held against all of this.
        reviews: what the community decided about the token's content.
    """

    verdict: Verdict
    similarity: float
    confidence: float
    token: Token | None
    transforms: tuple[str, ...]
    evidence: tuple[str, ...]
    overlay: bytes | None = None
    credentials: Weighed | None = None
    reviews: tuple[ReviewOutcome, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What `assay content verify --json` prints."""
        return {
            "verdict": self.verdict.value,
            "similarity": round(self.similarity, 4),
            "confidence": round(self.confidence, 4),
            "transform": ", ".join(self.transforms) or None,
            "token": self.token.as_json() if self.token else None,
            "evidence": list(self.evidence),
            "credentials": self.credentials.as_json() if self.credentials else None,
            "reviews": [one.as_json() for one in self.reviews],
        }
