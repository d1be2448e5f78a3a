"""Putting calls up for sale: what is registered, what is made, and what only changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.core.address import Address
from assay.errors import InputError
from assay.market.cards import read_card
from assay.market.catalogue import RegistryCatalogue
from assay.market.errors import (
    LicenceMissing,
    NotTheOwner,
    NoWeightsFound,
    ServiceNameTaken,
    UnknownAsset,
    WeightsMalformed,
)
from assay.market.use_cases.change_price import change_price
from assay.market.use_cases.sell import SaleOffer, SellingParts, Upstream, Weights, sell_model
from assay.store.disk import DiskStore
from tests.fakes.registry import FakeRegistry
from tests.unit.market.gguf_writer import gguf

ALICE = Address("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
BOB = Address("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC")
TINY = gguf({"general.name": "Tiny", "general.license": "apache-2.0"})
UNLICENSED = gguf({"general.name": "Tiny"})


@pytest.fixture
def parts(tmp_path: Path) -> SellingParts:
    return parts_of(FakeRegistry(ALICE), tmp_path)


def parts_of(registry: FakeRegistry, folder: Path) -> SellingParts:
    return SellingParts(DiskStore(folder / "store"), registry, registry, folder / "work")


def weights(folder: Path, data: bytes = TINY, name: str = "Tiny-1B.Q4_1.gguf") -> Weights:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return Weights(folder / name)


def test_a_gguf_file_becomes_a_model_with_a_card_and_a_service_at_the_price(
    parts: SellingParts, tmp_path: Path
) -> None:
    sale = sell_model(SaleOffer(weights(tmp_path / "m"), price=100), parts)

    names = parts.blobs.names(sale.model.metadata.content)
    card = read_card(parts.blobs.read_bytes(names["README.md"]))
    assert set(names) == {"README.md", "Tiny-1B.Q4_1.gguf"}
    assert (card.title, card.licence, sale.model.metadata.licence) == (
        "Tiny",
        "Apache-2.0",
        "Apache-2.0",
    )
    assert (sale.service.metadata.name, sale.service.registered.price) == ("tiny-1b.q4_1", 100)
    assert sale.service.registered.parent == sale.model.asset_id
    assert (sale.model_registered, sale.service_registered) == (True, True)
    assert not list((tmp_path / "work").iterdir())


def test_selling_again_registers_nothing_and_changes_the_price_alone(
    parts: SellingParts, tmp_path: Path
) -> None:
    first = sell_model(SaleOffer(weights(tmp_path / "m"), price=100), parts)

    same = sell_model(SaleOffer(weights(tmp_path / "m"), price=100), parts)
    dearer = sell_model(SaleOffer(weights(tmp_path / "m"), price=250), parts)

    assert (same.model_registered, same.service_registered, same.price_before) == (
        False,
        False,
        None,
    )
    assert dearer.price_before == 100
    assert dearer.service.registered.price == 250
    assert first.service.asset_id == same.service.asset_id == dearer.service.asset_id
    catalogue = RegistryCatalogue(ALICE, parts.index, parts.registry, parts.blobs)
    assert [(each.name, each.price) for each in catalogue.services()] == [("tiny-1b.q4_1", 250)]


def test_a_folder_keeps_its_own_card(parts: SellingParts, tmp_path: Path) -> None:
    source = weights(tmp_path / "m", UNLICENSED)
    (source.path.parent / "README.md").write_text("---\nlicense: mit\n---\n# My own\n")

    sale = sell_model(SaleOffer(Weights(source.path.parent), price=1, name="mine"), parts)

    assert (sale.model.metadata.name, sale.model.metadata.licence) == ("My own", "MIT")
    assert sale.service.metadata.name == "mine"


def test_a_symbolic_link_is_sold_as_what_it_points_at(parts: SellingParts, tmp_path: Path) -> None:
    source = weights(tmp_path / "m")
    (tmp_path / "link.gguf").symlink_to(source.path)

    sale = sell_model(SaleOffer(Weights(tmp_path / "link.gguf"), price=1), parts)

    names = parts.blobs.names(sale.model.metadata.content)
    assert parts.blobs.read_bytes(names["link.gguf"]) == TINY


def test_without_a_licence_nothing_is_registered(parts: SellingParts, tmp_path: Path) -> None:
    unlicensed = weights(tmp_path / "m", UNLICENSED)

    for source in (unlicensed, Upstream("qwen3-8b")):
        with pytest.raises(LicenceMissing) as caught:
            sell_model(SaleOffer(source, price=1), parts)
        assert "--licence" in caught.value.hint
    sale = sell_model(SaleOffer(unlicensed, price=1, licence="apache-2.0"), parts)

    assert sale.model.metadata.licence == "Apache-2.0"
    assert len(parts.index.asset_ids(None)) == 2


def test_a_servers_model_names_its_provider_and_not_its_url(
    parts: SellingParts, tmp_path: Path
) -> None:
    sale = sell_model(SaleOffer(Upstream("qwen3-8b"), price=1, licence="Apache-2.0"), parts)

    names = parts.blobs.names(sale.model.metadata.content)
    card = parts.blobs.read_bytes(names["README.md"]).decode()
    assert set(names) == {"README.md"}
    assert ALICE in card
    assert "http" not in card
    assert sale.service.metadata.name == "qwen3-8b"


def test_two_providers_sell_the_same_weights_as_one_model_and_two_services(
    parts: SellingParts, tmp_path: Path
) -> None:
    assert isinstance(parts.registry, FakeRegistry)
    bobs = parts_of(parts.registry.seen_by(BOB), tmp_path / "bob")
    source = weights(tmp_path / "m")
    alice = sell_model(SaleOffer(source, price=1), parts)
    bobs.blobs.add_bytes(alice.model.metadata.encode())

    bob = sell_model(SaleOffer(source, price=2), bobs)

    assert bob.model.asset_id == alice.model.asset_id
    assert bob.model_registered is False
    assert bob.service.asset_id != alice.service.asset_id
    assert bob.service.registered.owner == BOB


def test_a_registered_model_is_sold_by_its_id_and_a_service_is_not(
    parts: SellingParts, tmp_path: Path
) -> None:
    first = sell_model(SaleOffer(weights(tmp_path / "m"), price=1), parts)

    again = sell_model(SaleOffer(first.model.asset_id, price=5, name="other"), parts)

    assert again.service.registered.parent == first.model.asset_id
    assert again.service.metadata.name == "other"
    with pytest.raises(InputError, match="not a model"):
        sell_model(SaleOffer(first.service.asset_id, price=5), parts)


def test_other_weights_under_a_name_that_is_sold_are_refused(
    parts: SellingParts, tmp_path: Path
) -> None:
    sell_model(SaleOffer(weights(tmp_path / "m"), price=1, name="mine"), parts)
    other = weights(tmp_path / "n", gguf({"general.name": "B", "general.license": "mit"}))

    with pytest.raises(ServiceNameTaken):
        sell_model(SaleOffer(other, price=1, name="mine"), parts)


def test_what_cannot_be_sold_is_named(parts: SellingParts, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    weights(tmp_path / "two", name="a.gguf")
    weights(tmp_path / "two", name="b.gguf")

    with pytest.raises(NoWeightsFound):
        sell_model(SaleOffer(Weights(tmp_path / "empty"), price=1), parts)
    with pytest.raises(NoWeightsFound) as caught:
        sell_model(SaleOffer(Weights(tmp_path / "two"), price=1), parts)
    assert caught.value.count == 2
    with pytest.raises(InputError, match="no file or folder"):
        sell_model(SaleOffer(Weights(tmp_path / "nowhere"), price=1), parts)
    with pytest.raises(WeightsMalformed):
        sell_model(SaleOffer(weights(tmp_path / "m", b"text"), price=1), parts)
    with pytest.raises(InputError, match="price"):
        sell_model(SaleOffer(weights(tmp_path / "m"), price=0), parts)


def test_only_the_owner_changes_a_price_and_only_where_it_differs(
    parts: SellingParts, tmp_path: Path
) -> None:
    registry = parts.registry
    assert isinstance(registry, FakeRegistry)
    service = sell_model(SaleOffer(weights(tmp_path / "m"), price=1), parts).service

    assert change_price(service.asset_id, 1, registry=registry) is None
    assert change_price(service.asset_id, 2, registry=registry) is not None
    with pytest.raises(NotTheOwner):
        change_price(service.asset_id, 3, registry=registry.seen_by(BOB))
    with pytest.raises(UnknownAsset):
        change_price(service.metadata.content.digest.of(b"nothing"), 3, registry=registry)
    with pytest.raises(InputError):
        change_price(service.asset_id, 2**96, registry=registry)
