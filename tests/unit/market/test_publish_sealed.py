"""Sealed assets: ciphertext in the store, the plain digest on chain, the key with its publisher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assay.bootstrap.sealing import StoreSealer
from assay.core.address import Address
from assay.core.content_key import ContentKey
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError
from assay.ledger.lineage import trace
from assay.market.errors import AlreadyRegistered
from assay.market.licences.errors import StoredInTheClear
from assay.market.lineage import AssetSource, asset_node
from assay.market.model import AssetKind, AssetMetadata, Sealed
from assay.market.use_cases.publish import Publication, publish_asset
from assay.market.use_cases.pull import pull_asset
from assay.store.disk import DiskStore
from assay.store.key_vault import KeyVault
from tests.fakes.registry import FakeRegistry

ALICE = Address("0x" + "A1" * 20)
BOB = Address("0x" + "B0" * 20)
CARD = "---\nlicense: mit\nbase_model: some/base\n---\n# Small\nA card that everybody may read.\n"
SECRET = b"weights that are worth money " * 50_000


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry(ALICE)


@pytest.fixture
def sealer(store: DiskStore, tmp_path: Path) -> StoreSealer:
    return StoreSealer(store, KeyVault(tmp_path / "keys", ALICE, lambda: b"alice"))


@pytest.fixture
def model(tmp_path: Path) -> Publication:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_text(CARD)
    (folder / "weights.gguf").write_bytes(SECRET)
    return Publication(folder, AssetKind.MODEL, sealed=True, url="http://keys.example")


def no_key(asset: object) -> ContentKey:
    raise AssertionError(f"nobody should ask for the key of {asset}")


def test_only_the_card_can_be_read_and_the_id_is_that_of_the_plain_bytes(
    store: DiskStore,
    registry: FakeRegistry,
    sealer: StoreSealer,
    model: Publication,
    tmp_path: Path,
) -> None:
    published = publish_asset(model, blobs=store, registry=registry, index=registry, sealer=sealer)

    metadata = published.asset.metadata
    open_store = DiskStore(tmp_path / "open")
    assert published.asset.asset_id == open_store.digest_of(open_store.add(model.path))
    assert metadata.content_bytes == len(SECRET) + len(CARD)
    assert metadata.sealed == Sealed(
        "assay/sealed-1", store.size(metadata.content), "http://keys.example"
    )
    assert metadata.card is not None
    assert store.read_bytes(metadata.card) == CARD.encode()
    assert metadata.licence == "MIT"
    stored = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert b"worth money" not in stored
    assert b"weights.gguf" not in stored


def test_with_the_key_the_plain_files_come_back(
    store: DiskStore,
    registry: FakeRegistry,
    sealer: StoreSealer,
    model: Publication,
    tmp_path: Path,
) -> None:
    asset = publish_asset(
        model, blobs=store, registry=registry, index=registry, sealer=sealer
    ).asset
    key = sealer.key(asset.asset_id)
    assert key is not None

    pull_asset(
        asset.asset_id,
        tmp_path / "copy",
        registry=registry,
        blobs=store,
        sealer=sealer,
        obtain_key=lambda _asset: key,
    )

    assert (tmp_path / "copy" / "weights.gguf").read_bytes() == SECRET
    with pytest.raises(IntegrityError):
        pull_asset(
            asset.asset_id,
            tmp_path / "other",
            registry=registry,
            blobs=store,
            sealer=sealer,
            obtain_key=lambda _asset: ContentKey.random(),
        )
    assert not (tmp_path / "other").exists()


def test_publishing_again_changes_nothing_and_brings_lost_ciphertext_back(
    store: DiskStore, registry: FakeRegistry, sealer: StoreSealer, model: Publication
) -> None:
    first = publish_asset(model, blobs=store, registry=registry, index=registry, sealer=sealer)
    store.unpin(first.asset.metadata.content)
    store.gc()

    again = publish_asset(model, blobs=store, registry=registry, index=registry, sealer=sealer)

    assert again.asset == first.asset
    assert again.transaction is None
    assert store.verify(first.asset.metadata.content).ok


def test_bytes_that_everybody_can_fetch_already_are_not_sealed(
    store: DiskStore, registry: FakeRegistry, sealer: StoreSealer, model: Publication
) -> None:
    store.add(model.path)

    with pytest.raises(StoredInTheClear):
        publish_asset(model, blobs=store, registry=registry, index=registry, sealer=sealer)

    assert registry.registered == {}


def test_what_somebody_else_registered_is_refused_before_it_is_sealed(
    store: DiskStore, registry: FakeRegistry, sealer: StoreSealer, model: Publication
) -> None:
    publish_asset(model, blobs=store, registry=registry, index=registry, sealer=sealer)
    bobs = StoreSealer(store, KeyVault(store.folder.parent / "bob", BOB, lambda: b"bob"))
    pins = store.pins()

    with pytest.raises(AlreadyRegistered):
        publish_asset(
            model,
            blobs=store,
            registry=registry.seen_by(BOB),
            index=registry,
            sealer=bobs,
        )

    assert store.pins() == pins


def test_a_service_is_not_sealed(
    store: DiskStore, registry: FakeRegistry, sealer: StoreSealer, model: Publication
) -> None:
    service = replace(model, kind=AssetKind.SERVICE, parent=Digest.of(b"model"))

    with pytest.raises(InputError):
        publish_asset(service, blobs=store, registry=registry, index=registry, sealer=sealer)


def test_a_trace_hashes_the_ciphertext_and_shows_where_it_is_damaged(
    store: DiskStore, registry: FakeRegistry, sealer: StoreSealer, model: Publication
) -> None:
    asset = publish_asset(
        model, blobs=store, registry=registry, index=registry, sealer=sealer
    ).asset
    sources = [AssetSource(registry, store, registry)]

    whole = trace(asset_node(asset.asset_id), sources)
    store.unpin(asset.metadata.content)
    store.gc()
    damaged = trace(asset_node(asset.asset_id), sources)

    assert {link.kind for link in whole.links} >= {"sealed in", "documented by", "described by"}
    assert all(link.ok for link in whole.links if link.kind != "registered in")
    assert [link.kind for link in damaged.links if not link.ok] == ["sealed in"]


def test_metadata_of_before_reads_and_spells_as_before(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    plain = publish_asset(
        replace(model, sealed=False), blobs=store, registry=registry, index=registry
    )

    spelled = plain.asset.metadata.as_json()

    assert "sealed" not in spelled
    assert AssetMetadata.from_json(spelled) == plain.asset.metadata
