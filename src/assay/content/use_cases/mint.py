"""Mint content: its bytes in the store, its digest on chain, once and for one creator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assay.content.errors import (
    AlreadyMinted,
    CallMismatch,
    CopyRefused,
    TextEmpty,
    TextNotUtf8,
)
from assay.content.images.containers import foreign_hint
from assay.content.images.errors import NotAPicture
from assay.content.limits import check_size
from assay.content.model import (
    NO_DIGEST,
    ContentMetadata,
    Provenance,
    Token,
)
from assay.content.ports import Blobs, ContentContract, MetadataFolders
from assay.content.records import call_contradiction, confirm, read_call
from assay.content.shares import LineageOf, lineage_shares, shares_digest
from assay.content.use_cases.matching import Description, Matcher, matcher_for
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError

_LARGEST_ROYALTY_BPS = 10_000
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class NewContent:
    """What a creator says about content.

    Attributes:
        data: a text in UTF-8 or a picture, at most 50 MB.
        prompt_digest: SHA-256 of the request's canonical JSON; taken from the call if None.
        model: id of the model asset; taken from the call if None.
        call: CID of the record of the paid call that returned the content.
        recipe: CID of the recipe that generated the content.
        title: what people call it, at most 200 characters.
        royalty_bps: share of a resale in hundredths of a percent.
        authors: who earns, with their weights; the creator alone if empty.
        allow_copy: mint even if it reads or looks the same as somebody else's token.
    """

    data: bytes
    prompt_digest: Digest | None = None
    model: Digest | None = None
    call: Cid | None = None
    recipe: Cid | None = None
    title: str = ""
    royalty_bps: int = 0
    allow_copy: bool = False
    authors: Mapping[Address, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Likeness:
    """An earlier token whose content is like the new one."""

    token: Token
    similarity: float
    same: bool


@dataclass(frozen=True, slots=True)
class Minted:
    """A new token with its metadata.

    Attributes:
        like: earlier tokens that the content is an altered copy of, the nearest first.
        notes: what the minter should know.
    """

    token: Token
    metadata: ContentMetadata
    like: tuple[Likeness, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """What `assay content mint --json` prints."""
        return {
            **self.token.as_json(),
            "content": str(self.metadata.content),
            "prompt_digest": self.metadata.prompt_digest.hex,
            "metadata": self.metadata.as_json(),
            "like": [
                {"content_id": one.token.content_id.hex, "similarity": round(one.similarity, 4)}
                for one in self.like
            ],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """Content in the store and described, ready to be minted: now, in a batch, or when bought."""

    content_id: Digest
    metadata: ContentMetadata
    provenance: Provenance
    royalty_bps: int
    like: tuple[Likeness, ...]
    notes: tuple[str, ...]


def mint_content(
    new: NewContent,
    *,
    blobs: Blobs,
    contract: ContentContract,
    folders: MetadataFolders,
    matchers: Sequence[Matcher],
    lineage: LineageOf | None = None,
) -> Minted:
    """Store, describe, commit and reveal. Killed between commit and reveal, it goes on from there.

    All that wallets read of the token is stored before it is minted, so that no crash parts them.

    Raises: what `prepare_content` raises.
    """
    prepared = prepare_content(
        new, blobs=blobs, contract=contract, matchers=matchers, lineage=lineage
    )
    content_id, provenance = prepared.content_id, prepared.provenance
    folders.add_provenance(provenance)
    transaction = contract.mint(content_id, provenance, new.royalty_bps)
    (state,) = contract.states([(content_id, provenance)])
    assert state is not None, "a mined token can be read"
    token = Token(content_id, state, provenance, transaction, contract.address, contract.chain_id)
    return Minted(token, prepared.metadata, prepared.like, prepared.notes)


def prepare_content(
    new: NewContent,
    *,
    blobs: Blobs,
    contract: ContentContract,
    matchers: Sequence[Matcher],
    lineage: LineageOf | None = None,
) -> Prepared:
    """Check, store and describe content; whoever is behind its model has its share.

    Raises:
        InputError: the bytes cannot be minted; `NotAPicture` where it can be said what they are.
        CallMismatch: the call did not return this content.
        AlreadyMinted: the bytes are a token already, whoever minted it.
        CopyRefused: it reads or looks the same as another creator's token, and `allow_copy` is not
            set.
    """
    check_size(new.data)
    matcher = matcher_for(new.data, matchers)
    described = _describe(matcher, new.data)
    if not 0 <= new.royalty_bps <= _LARGEST_ROYALTY_BPS:
        raise InputError(f"A royalty of {new.royalty_bps} is outside 0 to 10000.")
    if len(new.title) > _LONGEST_TITLE:
        raise InputError(f"The title has more than {_LONGEST_TITLE} characters.")
    content_id = Digest.of(new.data)
    _refuse_minted(content_id, contract)
    prompt_digest, model = _origin(new, content_id, blobs)
    like = _likenesses(new.data, matcher, contract)
    _refuse_copy(like, new, contract)
    assets = lineage(model) if lineage is not None and model is not None else ()
    shares = lineage_shares(contract.account, new.authors or {contract.account: 1}, assets)
    metadata = ContentMetadata(
        content=blobs.add_bytes(new.data),
        content_digest=content_id,
        content_bytes=len(new.data),
        media_type=described.media_type,
        prompt_digest=prompt_digest,
        model=model,
        call=new.call,
        creator=contract.account,
        fingerprint=described.fingerprint,
        recipe=new.recipe,
        title=new.title,
        shares=shares,
    )
    metadata_cid = blobs.add_bytes(metadata.encode())
    provenance = Provenance(
        prompt_digest, model, contract.account, metadata_cid, shares_digest(shares)
    )
    return Prepared(content_id, metadata, provenance, new.royalty_bps, like, described.notes)


def _describe(matcher: Matcher, data: bytes) -> Description:
    """What the content is; of bytes that are neither text nor picture, what they look like."""
    try:
        return matcher.describe(data)
    except (TextEmpty, TextNotUtf8):
        seen, hint = foreign_hint(data)
        if seen is None:
            raise
        raise NotAPicture(seen, hint=hint) from None


def _refuse_minted(content_id: Digest, contract: ContentContract) -> None:
    (state,) = contract.states([(content_id, None)])
    if state is not None:
        raise AlreadyMinted(content_id, state.owner, state.minted_at)


def _origin(new: NewContent, content_id: Digest, blobs: Blobs) -> tuple[Digest, Digest | None]:
    if new.call is None:
        return new.prompt_digest or NO_DIGEST, new.model
    call = read_call(new.call, blobs)
    prompt_digest = new.prompt_digest or call.prompt_digest
    model = new.model or call.model
    if reason := call_contradiction(call, content_id, prompt_digest, model):
        raise CallMismatch(new.call, reason)
    return prompt_digest, model


def _likenesses(data: bytes, matcher: Matcher, contract: ContentContract) -> tuple[Likeness, ...]:
    """Earlier tokens that the content is a copy of, borne out by chain and, if here, by content.

    A minter can claim any fingerprint: one that its own content refutes is in nobody's way.
    """
    copies = [match for match in matcher.find(data).matches if match.is_copy]
    tokens = confirm([match.minting for match in copies], contract)
    found = []
    for token, claimed in zip(tokens, copies, strict=True):
        if token is None:
            continue
        match = matcher.recheck(data, claimed) or claimed
        if match.is_copy:
            found.append(Likeness(token, match.similarity, match.same))
    return tuple(sorted(found, key=lambda one: -one.similarity))


def _refuse_copy(like: Sequence[Likeness], new: NewContent, contract: ContentContract) -> None:
    for one in like:
        provenance = one.token.provenance
        if (
            one.same
            and provenance is not None
            and provenance.creator != contract.account
            and not new.allow_copy
        ):
            raise CopyRefused(one.token.content_id, provenance.creator, one.token.state.minted_at)
