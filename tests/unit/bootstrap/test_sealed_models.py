"""A provider serves a model that it sealed: the weights are opened with its own key, once."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import NoReturn

import pytest

from assay.bootstrap.sealing import StoreSealer
from assay.bootstrap.text_models import HostedModels, NoWeights
from assay.config import Settings
from assay.core.address import Address
from assay.core.digest import Digest
from assay.market.metering import ServedModel
from assay.market.model import Asset, AssetKind
from assay.market.use_cases.browse import show_asset
from assay.market.use_cases.publish import Publication, publish_asset
from assay.store.disk import DiskStore
from assay.store.key_vault import KeyVault
from tests.fakes.registry import FakeRegistry

ALICE = Address("0x" + "A1" * 20)
WEIGHTS = b"GGUF weights " * 10_000


class Provider:
    """A home with a store, keys, and a registry in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = DiskStore(folder / "store")
        self.registry = FakeRegistry(ALICE)
        self.sealer = StoreSealer(self.store, KeyVault(folder / "keys", ALICE, lambda: b"alice"))

    def publish(self, name: str) -> Digest:
        model = self.folder / "model"
        model.mkdir()
        (model / name).write_bytes(WEIGHTS)
        publication = Publication(model, AssetKind.MODEL, licence="MIT", sealed=True)
        published = publish_asset(
            publication,
            blobs=self.store,
            registry=self.registry,
            index=self.registry,
            sealer=self.sealer,
        )
        return published.asset.asset_id

    def hosted(self) -> HostedModels:
        settings = Settings(home=self.folder / "home")
        return HostedModels(settings, self.store, self.show, self.open, self.no_pipelines)

    def no_pipelines(self) -> NoReturn:
        raise AssertionError("no pipeline is sold here")

    def show(self, asset_id: Digest) -> Asset:
        return show_asset(asset_id, registry=self.registry, blobs=self.store)

    def open(self, asset: Asset, destination: Path) -> None:
        key = self.sealer.key(asset.asset_id)
        assert key is not None
        self.sealer.open(asset.metadata, key, destination)


def served(model: Digest) -> ServedModel:
    return ServedModel(Digest.of(b"service"), model, "m", 1, ALICE)


@pytest.fixture
def provider(tmp_path: Path) -> Provider:
    return Provider(tmp_path)


def opened_files(provider: Provider) -> list[Path]:
    return [path for path in (provider.folder / "home" / "models").rglob("*") if path.is_file()]


def test_the_weights_are_opened_for_this_user_alone(provider: Provider) -> None:
    asset_id = provider.publish("tiny.gguf")

    provider.hosted().text_model(served(asset_id))

    [weights] = opened_files(provider)
    assert weights.read_bytes() == WEIGHTS
    models = provider.folder / "home" / "models"
    assert stat.S_IMODE(models.stat().st_mode) == 0o700


def test_damaged_weights_are_opened_again(provider: Provider) -> None:
    asset_id = provider.publish("tiny.gguf")
    provider.hosted().text_model(served(asset_id))
    [weights] = opened_files(provider)
    weights.write_bytes(b"damaged")

    provider.hosted().text_model(served(asset_id))

    assert weights.read_bytes() == WEIGHTS


def test_a_sealed_folder_without_weights_says_so(provider: Provider) -> None:
    asset_id = provider.publish("notes.txt")

    with pytest.raises(NoWeights):
        provider.hosted().text_model(served(asset_id))
