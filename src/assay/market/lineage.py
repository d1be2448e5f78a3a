"""The lineage of an asset: registration, metadata, bytes, card, licence, parent and datasets.

Every link is checked against chain and store at the time of the trace; the index only says which
transaction to name as evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.core.cid import DAG_PB, Cid
from assay.core.digest import Digest
from assay.errors import AssayError, InputError
from assay.ledger.lineage import Link, Node
from assay.market.cards import CARD_LIMIT_BYTES, Card, read_card
from assay.market.metadata import read_metadata
from assay.market.model import Asset, AssetMetadata, RegisteredAsset, licence_id
from assay.market.ports import AssetIndex, Blobs, Deployments, Registry

_PREFIX = "asset:"
_Links = list[tuple[Link, Node]]


def asset_node(asset_id: Digest, asset: Asset | None = None) -> Node:
    """The node of an asset; with its name where that is known."""
    if asset is None:
        title = f"Asset {asset_id.hex[:10]}…"
        return Node(_PREFIX + asset_id.hex, "asset", title, provisional=True)
    registered, metadata = asset.registered, asset.metadata
    facts = {"owner": registered.owner, "creator": registered.creator, "licence": metadata.licence}
    return Node(_PREFIX + asset_id.hex, metadata.kind.value, metadata.name, facts)


def artefact_node(cid: Cid, kind: str, title: str) -> Node:
    """The node of stored bytes."""
    return Node(f"artefact:{cid}", kind, title, {"cid": str(cid)})


def contract_node(name: str) -> Node:
    """The node of one of Assay's contracts."""
    return Node(f"contract:{name}", "contract", name)


@dataclass(frozen=True)
class AssetSource:
    """Expands nodes `asset:<id>`."""

    registry: Registry
    blobs: Blobs
    index: AssetIndex

    def resolve(self, subject: str) -> Node | None:
        """The asset with this id, given as `asset:0x...` or bare."""
        try:
            asset_id = Digest.parse(subject.removeprefix(_PREFIX))
        except InputError:
            return None
        registered = self.registry.assets([asset_id])[0]
        if registered is None:
            return None
        return self._node(registered)

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """All links of the assets among `nodes`; the chain is asked once for the whole level."""
        ids = [
            Digest.parse(node.id.removeprefix(_PREFIX))
            for node in nodes
            if node.id.startswith(_PREFIX)
        ]
        links: _Links = []
        for asset_id, registered in zip(ids, self.registry.assets(ids), strict=True):
            links.extend(self._links(asset_id, registered))
        return links

    def _node(self, registered: RegisteredAsset) -> Node:
        try:
            return asset_node(
                registered.asset_id, Asset(registered, read_metadata(registered, self.blobs))
            )
        except AssayError:
            return asset_node(registered.asset_id)

    def _links(self, asset_id: Digest, registered: RegisteredAsset | None) -> _Links:
        source = _PREFIX + asset_id.hex
        registry = contract_node("AssetRegistry")
        if registered is None:
            reason = "the registry has no such asset"
            return [
                (Link(source, registry.id, "registered in", False, "ownerOf", reason), registry)
            ]
        transaction = self.index.registration_transaction(asset_id) or "not indexed"
        evidence = (
            f"creator {registered.creator}, owner {registered.owner}, "
            f"time {registered.registered_at}, transaction {transaction}"
        )
        links = [(Link(source, registry.id, "registered in", True, evidence), registry)]
        description = artefact_node(registered.metadata, "metadata", "Metadata")
        evidence = f"CID {registered.metadata} on chain"
        try:
            metadata = read_metadata(registered, self.blobs)
        except AssayError as error:
            failed = Link(source, description.id, "described by", False, evidence, str(error))
            return [*links, (failed, description)]
        reason = _contradiction(registered, metadata)
        described = Link(source, description.id, "described by", not reason, evidence, reason)
        card = self._card(metadata)
        links += [
            (described, description),
            *self._content(source, asset_id, metadata),
            _licence(source, registered, metadata, card),
            *([_base_model(source, metadata, card)] if metadata.base_model else []),
        ]
        related = [(parent, _parent_kind(metadata)) for parent in (registered.parent,) if parent]
        related += [(dataset, "made from") for dataset in metadata.datasets]
        return links + self._related(source, related)

    def _content(self, source: str, asset_id: Digest, metadata: AssetMetadata) -> _Links:
        """The content, and where it is a folder, each file in it: a fault shows where it lies."""
        if metadata.sealed:
            return self._sealed(source, metadata)
        cid = metadata.content
        node = artefact_node(cid, "content", f"{metadata.content_bytes} bytes")
        evidence = f"digest {asset_id} is that of {cid}, whose blocks were hashed"
        files: Mapping[str, Cid] = {}
        try:
            if self.blobs.digest_of(cid) != asset_id:
                reason = "the bytes have another digest than the one registered"
            elif cid.codec == DAG_PB and asset_id == cid.digest:
                files, reason = self.blobs.names(cid), ""
            else:
                reason = self._fault(cid)
        except AssayError as error:
            reason = str(error)
        links = [(Link(source, node.id, "bytes of", not reason, evidence, reason), node)]
        return links + [self._file(node.id, name, file, metadata) for name, file in files.items()]

    def _sealed(self, source: str, metadata: AssetMetadata) -> _Links:
        """The ciphertext; that it opens to the asset is checked by whoever opens it."""
        cid = metadata.content
        node = artefact_node(cid, "sealed content", f"{metadata.content_bytes} bytes, sealed")
        reason = self._fault(cid)
        evidence = (
            f"the metadata on chain names the ciphertext {cid}, whose blocks were hashed; "
            f"it is opened only to bytes of the digest {metadata.content_digest}"
        )
        links = [(Link(source, node.id, "sealed in", not reason, evidence, reason), node)]
        if metadata.card:
            links.append(self._file(source, "README.md", metadata.card, metadata))
        return links

    def _file(self, folder: str, name: str, cid: Cid, metadata: AssetMetadata) -> tuple[Link, Node]:
        is_card = cid == metadata.card
        node = artefact_node(cid, "card" if is_card else "file", name)
        reason = self._fault(cid)
        kind = "documented by" if is_card else "contains"
        evidence = f"every block of {cid} was hashed"
        return Link(folder, node.id, kind, not reason, evidence, reason), node

    def _fault(self, cid: Cid) -> str:
        try:
            faults = self.blobs.verify(cid).faults
            return "; ".join(f"{fault.reason} ({fault.place})" for fault in faults)
        except AssayError as error:
            return str(error)

    def _card(self, metadata: AssetMetadata) -> Card | None:
        """What the card says; None without one, or where the link to it will show that it broke."""
        if metadata.card is None:
            return None
        try:
            return read_card(self.blobs.read_bytes(metadata.card, limit=CARD_LIMIT_BYTES))
        except AssayError:
            return None

    def _related(self, source: str, related: list[tuple[Digest, str]]) -> _Links:
        registered = self.registry.assets([asset_id for asset_id, _kind in related])
        links = []
        for (asset_id, kind), asset in zip(related, registered, strict=True):
            node = self._node(asset) if asset else asset_node(asset_id)
            reason = "" if asset else "the registry has no such asset"
            evidence = f"asset {asset_id} named by registry or metadata, and registered"
            links.append((Link(source, node.id, kind, not reason, evidence, reason), node))
        return links


def _parent_kind(metadata: AssetMetadata) -> str:
    return "serves" if metadata.kind.value == "service" else "version of"


def _contradiction(registered: RegisteredAsset, metadata: AssetMetadata) -> str:
    if metadata.kind != registered.kind:
        return f"metadata says {metadata.kind}, the registry {registered.kind}"
    if metadata.parent != registered.parent:
        return "metadata and registry name different parents"
    return ""


def _licence(
    source: str,
    registered: RegisteredAsset,
    metadata: AssetMetadata,
    card: Card | None,
) -> tuple[Link, Node]:
    node = Node(f"licence:{metadata.licence}", "licence", metadata.licence)
    evidence = f"0x{registered.licence.hex()} on chain is keccak256({metadata.licence!r})[:4]"
    reason = ""
    if licence_id(metadata.licence) != registered.licence:
        reason = f"the registry holds the licence id 0x{registered.licence.hex()}"
    elif card and card.licence:
        evidence += "; the card says the same"
        if card.licence != metadata.licence:
            reason = f"the card says {card.licence}"
    return Link(source, node.id, "licensed under", not reason, evidence, reason), node


def _base_model(source: str, metadata: AssetMetadata, card: Card | None) -> tuple[Link, Node]:
    name = metadata.base_model or ""
    node = Node(f"base_model:{name}", "base model", name)
    evidence = "named in the metadata, as the publisher declares it"
    reason = ""
    if card and card.base_model:
        evidence = "named in the metadata and in the card, as the publisher declares it"
        if card.base_model != name:
            reason = f"the card names {card.base_model}"
    return Link(source, node.id, "derived from", not reason, evidence, reason), node


@dataclass(frozen=True)
class ContractSource:
    """Expands nodes `contract:<name>`: the code that all other evidence rests on."""

    deployments: Deployments

    def resolve(self, subject: str) -> Node | None:
        """A contract is reached from what it recorded, never asked for by itself."""
        _ = subject
        return None

    def expand(self, nodes: Sequence[Node]) -> Sequence[tuple[Link, Node]]:
        """One link a contract: manifest, build and chain agree on its code."""
        names = {node.title for node in nodes if node.kind == "contract"}
        return [
            (
                Link(
                    f"contract:{state.name}",
                    f"code:{state.name}",
                    "runs",
                    state.ok,
                    state.evidence,
                    state.reason,
                ),
                Node(f"code:{state.name}", "code", state.address),
            )
            for state in (self.deployments.contract_states() if names else ())
            if state.name in names
        ]
