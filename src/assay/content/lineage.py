"""The lineage of content: token, metadata, bytes, the call that returned it, and the model.

Every link is checked against chain and store at the time of the trace; the index only says where to
look. The call itself (signature, payment, anchor) and the model are the market's to expand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assay.content.limits import ARTEFACT_LIMIT_BYTES
from assay.content.model import ContentMetadata, Minting, Token
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.recipes import Recipe
from assay.content.records import (
    call_contradiction,
    confirm,
    read_call,
    read_metadata,
    stored_digest,
)
from assay.content.shares import shares_digest
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.ledger.lineage import Link, Node

_PREFIX = "content:"
_UNREADABLE = "unchecked"  # a node of this kind is not walked on from
_CONTRACT = Node("contract:ContentToken", "contract", "ContentToken")
_Links = list[tuple[Link, Node]]


@dataclass(frozen=True)
class ContentSource:
    """Expands nodes `content:<id>`."""

    contract: ContentContract
    blobs: Blobs
    index: ContentIndex

    def resolve(self, subject: str) -> Node | None:
        """The minted content with this id or digest, or with these bytes in the store."""
        content_id = self._content_id(subject)
        if content_id is None:
            return None
        (state,) = self.contract.states([(content_id, None)])
        if state is None:
            return None
        owner = "burnt" if state.burnt else state.owner
        facts = {"owner": owner, "minted": _time(state.minted_at)}
        return Node(_PREFIX + content_id.hex, "content", f"Content {content_id.hex[:10]}…", facts)

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """All links of the contents among `nodes`; the chain is asked once for the whole level."""
        ids = [
            Digest.parse(node.id.removeprefix(_PREFIX))
            for node in nodes
            if node.id.startswith(_PREFIX)
        ]
        mintings = self.index.mintings(ids) if ids else {}
        indexed = [mintings[content_id] for content_id in ids if content_id in mintings]
        tokens = dict(zip((one.content_id for one in indexed), self._confirm(indexed), strict=True))
        links: _Links = []
        for content_id in ids:
            links += self._links(content_id, mintings.get(content_id), tokens.get(content_id))
        return links

    def _confirm(self, mintings: Sequence[Minting]) -> list[Token | None]:
        return confirm(mintings, self.contract) if mintings else []

    def _content_id(self, subject: str) -> Digest | None:
        bare = subject.removeprefix(_PREFIX)
        try:
            return Digest.parse(bare)
        except InputError:
            pass
        try:
            return self.blobs.digest_of(Cid.parse(bare))
        except AssayError:  # no CID, or no such file here: another source may know the subject
            return None

    def _links(self, content_id: Digest, minting: Minting | None, token: Token | None) -> _Links:
        source = _PREFIX + content_id.hex
        minted = Node(f"token:{content_id.hex}", "token", f"Token {content_id.hex[:10]}…")
        if minting is None or token is None or token.provenance is None:
            evidence = f"tokenRecord and verifyProvenance of {content_id}"
            reason = (
                "the mint is not in the index"
                if minting is None
                else "the chain has no such token, or one with another provenance"
            )
            return [(Link(source, minted.id, "minted as", False, evidence, reason), minted)]
        links = _token(source, minted, token)
        metadata, described = self._metadata(source, token)
        links.append(described)
        links += _ended(minted.id, token)
        if token.provenance.shares_digest is not None and metadata is not None:
            links += _shares(source, token.provenance.shares_digest, metadata)
        content = metadata.content if metadata else self._found(content_id)
        if content is not None:
            links.append(self._bytes(source, content_id, content))
        if metadata is not None and metadata.call is not None:
            links.append(self._call(source, metadata, metadata.call))
        if metadata is not None and metadata.recipe is not None:
            links.append(self._recipe(source, metadata, metadata.recipe))
        if token.provenance.model is not None:
            links.append(_model(source, token, token.provenance.model))
        return links

    def _found(self, content_id: Digest) -> Cid | None:
        """Without metadata the store may still tell which of its files the content is."""
        try:
            return self.blobs.find_digest(content_id)
        except AssayError:
            return None

    def _metadata(
        self, source: str, token: Token
    ) -> tuple[ContentMetadata | None, tuple[Link, Node]]:
        assert token.provenance is not None
        cid = token.provenance.metadata
        node = Node(f"artefact:{cid}", "metadata", "Content metadata", {"cid": str(cid)})
        evidence = f"bytes hash to {cid}, whose digest the provenance on chain opens with"
        try:
            metadata = read_metadata(token.content_id, token.provenance, self.blobs)
        except AssayError as error:
            return None, (Link(source, node.id, "described by", False, evidence, str(error)), node)
        return metadata, (Link(source, node.id, "described by", True, evidence), node)

    def _bytes(self, source: str, content_id: Digest, cid: Cid) -> tuple[Link, Node]:
        node = Node(f"artefact:{cid}", "bytes", "Stored content", {"cid": str(cid)})
        evidence = f"SHA-256 of the bytes under {cid} is the token id {content_id}"
        try:
            found = stored_digest(cid, self.blobs)
            reason = "" if found == content_id else f"their SHA-256 is {found}"
        except AssayError as error:
            reason = str(error)
        return Link(source, node.id, "bytes of", not reason, evidence, reason), node

    def _recipe(self, source: str, metadata: ContentMetadata, cid: Cid) -> tuple[Link, Node]:
        node = Node(f"artefact:{cid}", "recipe", "Recipe", {"cid": str(cid)})
        evidence = f"the recipe {cid} names the content's digest, its prompt digest and its model"
        try:
            recipe = Recipe.decode(self.blobs.read_bytes(cid, limit=ARTEFACT_LIMIT_BYTES))
            reason = _recipe_contradiction(recipe, metadata)
            facts = {**node.facts, "generator": recipe.name, "seed": str(recipe.request.seed)}
            node = Node(node.id, node.kind, node.title, facts)
        except AssayError as error:
            reason = str(error)
        return Link(source, node.id, "drawn by", not reason, evidence, reason), node

    def _call(self, source: str, metadata: ContentMetadata, cid: Cid) -> tuple[Link, Node]:
        node = Node(f"call:{cid}", "call", f"Call {str(cid)[-8:]}", {"record": str(cid)})
        try:
            call = read_call(cid, self.blobs)
        except AssayError as error:
            evidence = f"bytes hash to {cid}"
            gap = Node(node.id, _UNREADABLE, node.title, node.facts)
            return Link(source, node.id, "generated by", False, evidence, str(error)), gap
        evidence = (
            f"the call's output digest {call.output_digest} is the content's, its prompt digest "
            f"{call.prompt_digest} and model are the token's"
        )
        reason = call_contradiction(
            call, metadata.content_digest, metadata.prompt_digest, metadata.model
        )
        return Link(source, node.id, "generated by", not reason, evidence, reason), node


def _recipe_contradiction(recipe: Recipe, metadata: ContentMetadata) -> str:
    """Why a recipe is not that of this content; empty if it is."""
    for said, minted, name in (
        (recipe.output, metadata.content_digest, "output"),
        (recipe.prompt_digest, metadata.prompt_digest, "prompt"),
        (recipe.model, metadata.model, "model"),
    ):
        if said != minted:
            return f"the recipe's {name} is {said}, the content's {minted}"
    return ""


def _token(source: str, minted: Node, token: Token) -> _Links:
    assert token.provenance is not None
    state, creator = token.state, token.provenance.creator
    facts = {
        "owner": state.owner,
        "creator": creator,
        "minted": _time(state.minted_at),
        "transaction": token.transaction or "",
    }
    node = Node(minted.id, minted.kind, minted.title, facts)
    opened = (
        f"its provenance opens with prompt {token.provenance.prompt_digest}, model, creator "
        f"{creator} and metadata {token.provenance.metadata}"
    )
    evidence = (
        f"owner {state.owner}, minted {_time(state.minted_at)} in {token.transaction}; {opened}"
    )
    recorded = f"token {token.content_id} in {token.contract} on chain {token.chain_id}"
    return [
        (Link(source, node.id, "minted as", True, evidence), node),
        (Link(node.id, _CONTRACT.id, "recorded by", True, recorded), _CONTRACT),
    ]


def _ended(source: str, token: Token) -> _Links:
    """What the chain says of the token's end; true as such, so the trace still verifies."""
    state = token.state
    links: _Links = []
    if state.burnt:
        node = Node(f"burnt:{token.content_id.hex}", "end", "Burnt")
        evidence = f"{token.content_id} has a record and no owner in {token.contract}"
        links.append((Link(source, node.id, "burnt", True, evidence), node))
    if state.revocation is not None:
        facts = {"reason": state.revocation.reason, "time": _time(state.revocation.revoked_at)}
        node = Node(f"revoked:{token.content_id.hex}", "end", "Revoked by its creator", facts)
        evidence = f"stateOf {token.content_id} names the reason and {facts['time']}"
        links.append((Link(source, node.id, "revoked", True, evidence), node))
    return links


def _shares(source: str, digest: Digest, metadata: ContentMetadata) -> _Links:
    """Who earns; assets are the market's to expand, whose owners are paid."""
    evidence = f"keccak256 of the list in the metadata is {digest}, which the provenance opens with"
    listed = Node(f"shares:{digest.hex}", "shares", "Shares")
    if shares_digest(metadata.shares) != digest:
        reason = "the metadata hold another list"
        return [(Link(source, listed.id, "earnings divided by", False, evidence, reason), listed)]
    links: _Links = [(Link(source, listed.id, "earnings divided by", True, evidence), listed)]
    for share in metadata.shares:
        percent = f"{share.bps / 100:.2f} %"
        name = f"asset:{share.payee.hex}" if isinstance(share.payee, Digest) else share.payee
        kind = "asset" if isinstance(share.payee, Digest) else "account"
        node = Node(str(name), kind, f"{percent} to {str(share.payee)[:10]}…", provisional=True)
        links.append((Link(listed.id, node.id, f"{percent} to", True, evidence), node))
    return links


def _model(source: str, token: Token, model: Digest) -> tuple[Link, Node]:
    node = Node(f"asset:{model.hex}", "asset", f"Asset {model.hex[:10]}…", provisional=True)
    evidence = f"the provenance of token {token.content_id} on chain opens with model {model}"
    return Link(source, node.id, "model", True, evidence), node


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
