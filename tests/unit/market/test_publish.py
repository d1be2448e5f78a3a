from dataclasses import replace
from pathlib import Path

import pytest

from assay.bootstrap.sealing import StoreSealer
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError, IntegrityError
from assay.market.catalogue import RegistryCatalogue
from assay.market.errors import (
    AlreadyRegistered,
    LicenceMissing,
    ParentMissing,
    RegisteredDifferently,
    ServiceNameTaken,
    UnknownAsset,
    UnknownModel,
)
from assay.market.model import AssetKind, licence_id
from assay.market.use_cases.browse import list_assets, show_asset
from assay.market.use_cases.publish import Publication, publish_asset
from assay.market.use_cases.pull import pull_asset
from assay.store.disk import DiskStore
from assay.store.key_vault import KeyVault
from tests.fakes.registry import FakeRegistry

ALICE = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
BOB = Address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
CARD = "---\nlicense: apache-2.0\nbase_model: a/base\n---\n# A tiny model\n"


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry(ALICE)


@pytest.fixture
def model(tmp_path: Path) -> Publication:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "README.md").write_text(CARD)
    (folder / "weights.gguf").write_bytes(bytes(range(256)) * 3000)
    return Publication(folder, AssetKind.MODEL, price=25_000_000, royalty_bps=500)


def test_a_model_is_described_by_its_card(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    published = publish_asset(model, blobs=store, registry=registry, index=registry)

    metadata = published.asset.metadata
    assert (metadata.name, metadata.licence, metadata.base_model) == (
        "A tiny model",
        "Apache-2.0",
        "a/base",
    )
    assert metadata.content_digest == metadata.content.digest
    assert metadata.content_bytes == 768_000 + len(CARD)
    assert published.asset.registered.licence == licence_id("Apache-2.0")
    assert published.asset.registered.price == 25_000_000
    assert show_asset(published.asset.asset_id, registry=registry, blobs=store) == published.asset


def test_a_file_is_registered_under_the_digest_of_its_plain_bytes(
    store: DiskStore, registry: FakeRegistry, tmp_path: Path
) -> None:
    data = b"a,b\n" * 200_000
    (tmp_path / "table.csv").write_bytes(data)
    publication = Publication(tmp_path / "table.csv", AssetKind.DATASET, licence="cc0-1.0")

    published = publish_asset(publication, blobs=store, registry=registry, index=registry)

    assert published.asset.asset_id == Digest.of(data)
    assert published.asset.metadata.licence == "CC0-1.0"


def test_publishing_again_changes_nothing(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    first = publish_asset(model, blobs=store, registry=registry, index=registry)

    again = publish_asset(model, blobs=store, registry=registry, index=registry)

    assert first.transaction is not None
    assert again.transaction is None
    assert again.asset == first.asset
    assert len(registry.registered) == 1


def test_nobody_else_can_publish_the_same_bytes(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    publish_asset(model, blobs=store, registry=registry, index=registry)

    with pytest.raises(AlreadyRegistered) as caught:
        publish_asset(model, blobs=store, registry=registry.seen_by(BOB), index=registry)

    assert caught.value.owner == ALICE


def test_the_owner_cannot_describe_the_same_bytes_anew(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    publish_asset(model, blobs=store, registry=registry, index=registry)

    with pytest.raises(AlreadyRegistered):
        publish_asset(
            replace(model, name="Another name"), blobs=store, registry=registry, index=registry
        )


def test_a_licence_is_needed(store: DiskStore, registry: FakeRegistry, tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(b"x")

    with pytest.raises(LicenceMissing):
        publish_asset(
            Publication(tmp_path / "data.bin", AssetKind.DATASET),
            blobs=store,
            registry=registry,
            index=registry,
        )


@pytest.mark.parametrize("field", [{"price": -1}, {"price": 2**96}, {"royalty_bps": 10_001}])
def test_values_out_of_range_are_refused_before_anything_is_stored(
    store: DiskStore, registry: FakeRegistry, model: Publication, field: dict[str, int]
) -> None:
    with pytest.raises(InputError):
        publish_asset(replace(model, **field), blobs=store, registry=registry, index=registry)

    assert store.pins() == []


def test_a_parent_has_to_be_registered(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    with pytest.raises(UnknownAsset):
        publish_asset(
            replace(model, parent=Digest.of(b"nobody")),
            blobs=store,
            registry=registry,
            index=registry,
        )


def test_what_is_pulled_is_what_was_published(
    store: DiskStore, registry: FakeRegistry, model: Publication, tmp_path: Path
) -> None:
    published = publish_asset(model, blobs=store, registry=registry, index=registry)

    pull_asset(
        published.asset.asset_id,
        tmp_path / "copy",
        registry=registry,
        blobs=store,
        sealer=StoreSealer(store, KeyVault(tmp_path / "keys", ALICE, lambda: b"alice")),
        obtain_key=lambda asset: pytest.fail(f"{asset.asset_id} needs no key"),
    )

    for name in ("README.md", "weights.gguf"):
        assert (tmp_path / "copy" / name).read_bytes() == (model.path / name).read_bytes()


def test_metadata_that_describes_other_content_is_refused(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    asset_id = publish_asset(model, blobs=store, registry=registry, index=registry).asset.asset_id
    other = Digest.of(b"other")
    registry.registered[other] = replace(registry.registered[asset_id], asset_id=other)

    with pytest.raises(IntegrityError):
        show_asset(other, registry=registry, blobs=store)


def test_assets_are_listed_by_kind(
    store: DiskStore, registry: FakeRegistry, model: Publication, tmp_path: Path
) -> None:
    (tmp_path / "d").write_bytes(b"data")
    dataset = Publication(tmp_path / "d", AssetKind.DATASET, licence="MIT")
    for publication in (model, dataset):
        publish_asset(publication, blobs=store, registry=registry, index=registry)

    listed = list_assets(AssetKind.DATASET, index=registry, registry=registry, blobs=store)

    assert [asset.metadata.name for asset in listed] == ["d"]


def test_other_terms_are_not_silently_ignored(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    publish_asset(model, blobs=store, registry=registry, index=registry)

    with pytest.raises(RegisteredDifferently):
        publish_asset(replace(model, price=99), blobs=store, registry=registry, index=registry)


def test_a_service_needs_its_model_and_a_name_of_its_own(
    store: DiskStore, registry: FakeRegistry, model: Publication, tmp_path: Path
) -> None:
    parent = publish_asset(model, blobs=store, registry=registry, index=registry).asset.asset_id
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(name)
    first = Publication(tmp_path / "one.json", AssetKind.SERVICE, name="chat", licence="MIT")
    second = replace(first, path=tmp_path / "two.json", parent=parent)

    with pytest.raises(ParentMissing):
        publish_asset(first, blobs=store, registry=registry, index=registry)
    publish_asset(replace(first, parent=parent), blobs=store, registry=registry, index=registry)
    with pytest.raises(ServiceNameTaken):
        publish_asset(second, blobs=store, registry=registry, index=registry)
    bobs = registry.seen_by(BOB)
    assert publish_asset(second, blobs=store, registry=bobs, index=bobs).transaction


def test_an_asset_with_metadata_that_is_not_here_hides_no_other(
    store: DiskStore, registry: FakeRegistry, model: Publication
) -> None:
    mine = publish_asset(model, blobs=store, registry=registry, index=registry).asset
    strange = Digest.of(b"registered by a stranger")
    registry.registered[strange] = replace(
        mine.registered, asset_id=strange, owner=BOB, metadata=Cid.raw(b"nowhere to be had")
    )

    listed = list_assets(None, index=registry, registry=registry, blobs=store)

    assert [asset.asset_id for asset in listed] == [mine.asset_id]


def test_only_the_providers_own_services_are_sold(
    store: DiskStore, registry: FakeRegistry, model: Publication, tmp_path: Path
) -> None:
    parent = publish_asset(model, blobs=store, registry=registry, index=registry).asset.asset_id
    bobs = registry.seen_by(BOB)
    for name, owner in (("mine", registry), ("bobs", bobs)):
        (tmp_path / name).write_text(name)
        publication = Publication(
            tmp_path / name, AssetKind.SERVICE, name=name, licence="MIT", parent=parent
        )
        publish_asset(publication, blobs=store, registry=owner, index=owner)

    catalogue = RegistryCatalogue(ALICE, registry, registry, store)

    assert [served.name for served in catalogue.services()] == ["mine"]
    with pytest.raises(UnknownModel):
        catalogue.service("bobs")
