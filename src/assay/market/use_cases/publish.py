"""Publish a dataset, a model or a service: bytes into the store, digest and CID on chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.cards import CARD_LIMIT_BYTES, Card, read_card, spdx_name
from assay.market.errors import (
    AlreadyRegistered,
    LicenceMissing,
    ParentMissing,
    RegisteredDifferently,
    ServiceNameTaken,
    UnknownAsset,
)
from assay.market.model import (
    Asset,
    AssetKind,
    AssetMetadata,
    RegisteredAsset,
    Registration,
    Sealed,
    licence_id,
)
from assay.market.ports import AssetIndex, Blobs, Progress, Registry
from assay.market.sealing import Sealer
from assay.market.use_cases.browse import list_assets

CARD_NAME = "README.md"
_LARGEST_PRICE = 2**96 - 1
_LARGEST_ROYALTY_BPS = 10_000


@dataclass(frozen=True)
class Publication:
    """What to publish. Where a field is None, the model card in the folder answers.

    Attributes:
        path: a file, or a folder with a model card README.md.
        price: whole units of the payment token: of a licence, or of one call of a service.
        royalty_bps: hundredths of a percent of each resale.
        sealed: store ciphertext only; the key is for holders of a licence.
        url: the service that will release the key.
    """

    path: Path
    kind: AssetKind
    name: str | None = None
    description: str = ""
    licence: str | None = None
    base_model: str | None = None
    datasets: tuple[Digest, ...] = ()
    parent: Digest | None = None
    price: int = 0
    royalty_bps: int = 0
    properties: Mapping[str, Any] = field(default_factory=dict)
    sealed: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Published:
    """The asset, and the transaction that registered it; None if it was registered before."""

    asset: Asset
    transaction: str | None


def publish_asset(
    publication: Publication,
    *,
    blobs: Blobs,
    registry: Registry,
    index: AssetIndex,
    sealer: Sealer | None = None,
    progress: Progress | None = None,
) -> Published:
    """Store, describe and register; doing it again with the same description changes nothing.

    Raises:
        InputError: no such path, a value out of range, an unknown parent.
        LicenceMissing: neither the call nor the card names a licence.
        AlreadyRegistered: the bytes belong to somebody else, or to another description.
        RegisteredDifferently: they are registered with another price or royalty.
        ServiceNameTaken: the account sells another service under this name.
        StoredInTheClear: it is to be sealed, but its plain bytes are in the store.
    """
    _check(publication)
    _check_relations(publication, registry)
    if publication.sealed:
        assert sealer is not None, "sealing needs a sealer"
        metadata = _seal(publication, registry, blobs, sealer, progress)
    else:
        metadata = _store(publication, blobs, progress)
        _refuse_taken(metadata.content_digest, registry)
    metadata_cid = blobs.add_bytes(metadata.encode())
    registered = _registered(metadata.content_digest, registry)
    if registered is None and metadata.kind is AssetKind.SERVICE:
        _refuse_taken_name(metadata.name, index=index, registry=registry, blobs=blobs)
    transaction = None
    if registered is None:
        transaction = registry.register(_registration(publication, metadata, metadata_cid))
        registered = _registered(metadata.content_digest, registry)
        assert registered is not None, "a mined registration can be read"
    elif registered.metadata != metadata_cid:
        raise AlreadyRegistered(registered.asset_id, registered.owner)
    else:
        _refuse_other_terms(publication, registered)
    return Published(Asset(registered, metadata), transaction)


def _registration(
    publication: Publication, metadata: AssetMetadata, metadata_cid: Cid
) -> Registration:
    return Registration(
        content_digest=metadata.content_digest,
        metadata=metadata_cid,
        parent=metadata.parent,
        kind=metadata.kind,
        licence=licence_id(metadata.licence),
        royalty_bps=publication.royalty_bps,
        price=publication.price,
    )


def _registered(asset_id: Digest, registry: Registry) -> RegisteredAsset | None:
    return registry.assets([asset_id])[0]


def _refuse_taken(asset_id: Digest, registry: Registry) -> None:
    registered = _registered(asset_id, registry)
    if registered is not None and registered.creator != registry.account:
        raise AlreadyRegistered(registered.asset_id, registered.owner)


def _refuse_other_terms(publication: Publication, registered: RegisteredAsset) -> None:
    for term, found, given in (
        ("price", registered.price, publication.price),
        ("royalty", registered.royalty_bps, publication.royalty_bps),
    ):
        if found != given:
            raise RegisteredDifferently(registered.asset_id, term, found, given)


def _refuse_taken_name(name: str, *, index: AssetIndex, registry: Registry, blobs: Blobs) -> None:
    mine = list_assets(
        AssetKind.SERVICE, index=index, registry=registry, blobs=blobs, owner=registry.account
    )
    for asset in mine:
        if asset.metadata.name == name:
            raise ServiceNameTaken(name, asset.asset_id)


def _check(publication: Publication) -> None:
    if publication.kind is AssetKind.SERVICE and publication.parent is None:
        raise ParentMissing
    if publication.kind is AssetKind.SERVICE and publication.sealed:
        raise InputError("A service's description is public.", hint="Seal the model it sells.")
    if not publication.path.exists():
        raise InputError(f"There is no file or folder {publication.path}.")
    if not 0 <= publication.price <= _LARGEST_PRICE:
        raise InputError(f"The price {publication.price} is outside 0 to 2**96 - 1.")
    if not 0 <= publication.royalty_bps <= _LARGEST_ROYALTY_BPS:
        raise InputError(f"A royalty of {publication.royalty_bps} is outside 0 to 10000.")


def _check_relations(publication: Publication, registry: Registry) -> None:
    related = [*publication.datasets, *([publication.parent] if publication.parent else [])]
    for asset_id, asset in zip(related, registry.assets(related), strict=True):
        if asset is None:
            raise UnknownAsset(asset_id.hex)


@dataclass(frozen=True)
class _Stored:
    """What the store holds of an asset."""

    content: Cid
    digest: Digest
    bytes: int
    card: Cid | None
    sealed: Sealed | None = None


def _store(publication: Publication, blobs: Blobs, progress: Progress | None) -> AssetMetadata:
    content = blobs.add(publication.path, progress=progress)
    card = blobs.names(content).get(CARD_NAME) if publication.path.is_dir() else None
    stored = _Stored(content, blobs.digest_of(content), blobs.size(content), card)
    return _describe(publication, stored, blobs)


def _seal(
    publication: Publication,
    registry: Registry,
    blobs: Blobs,
    sealer: Sealer,
    progress: Progress | None,
) -> AssetMetadata:
    """The plain bytes stay out of the store, but for the card: buyers read it before they buy."""
    digest, plain_bytes = sealer.measure(publication.path)
    _refuse_taken(digest, registry)
    card_path = publication.path / CARD_NAME
    card = blobs.add(card_path) if card_path.is_file() else None
    sealed = sealer.seal(publication.path, digest, progress=progress)
    note = Sealed(sealed.scheme, sealed.bytes, publication.url)
    return _describe(publication, _Stored(sealed.content, digest, plain_bytes, card, note), blobs)


def _describe(publication: Publication, stored: _Stored, blobs: Blobs) -> AssetMetadata:
    card = Card(licence=None, base_model=None, title=None)
    if stored.card is not None:
        card = read_card(blobs.read_bytes(stored.card, limit=CARD_LIMIT_BYTES))
    licence = spdx_name(publication.licence) if publication.licence else card.licence
    if not licence:
        raise LicenceMissing
    return AssetMetadata(
        kind=publication.kind,
        name=publication.name or card.title or publication.path.name,
        description=publication.description,
        content=stored.content,
        content_digest=stored.digest,
        content_bytes=stored.bytes,
        licence=licence,
        card=stored.card,
        base_model=publication.base_model or card.base_model,
        datasets=publication.datasets,
        parent=publication.parent,
        properties=publication.properties,
        sealed=stored.sealed,
    )
