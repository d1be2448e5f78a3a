"""The services that a provider sells, read from the registry at every question: prices change."""

from __future__ import annotations

from dataclasses import dataclass

from assay.core.address import Address
from assay.market.errors import UnknownModel
from assay.market.metering import ServedModel
from assay.market.model import Asset, AssetKind
from assay.market.ports import AssetIndex, Blobs, Registry
from assay.market.use_cases.browse import list_assets


@dataclass(frozen=True)
class RegistryCatalogue:
    """The `ServiceCatalogue` port: service assets that `provider` owns, by name."""

    provider: Address
    index: AssetIndex
    registry: Registry
    blobs: Blobs

    def service(self, model_name: str) -> ServedModel:
        """The newest service of this name.

        Raises:
            UnknownModel: the provider sells none under it.
        """
        served = {service.name: service for service in self.services()}
        if model_name not in served:
            raise UnknownModel(model_name, sorted(served))
        return served[model_name]

    def services(self) -> list[ServedModel]:
        """The provider's services that answer for a model; of one name the newest."""
        assets = list_assets(
            AssetKind.SERVICE,
            index=self.index,
            registry=self.registry,
            blobs=self.blobs,
            owner=self.provider,
        )
        named = {
            asset.metadata.name: self._served(asset) for asset in assets if asset.registered.parent
        }
        return list(named.values())

    def _served(self, asset: Asset) -> ServedModel:
        model = asset.registered.parent
        assert model is not None, "services without a model are left out"
        return ServedModel(
            service=asset.asset_id,
            model=model,
            name=asset.metadata.name,
            price=asset.registered.price,
            provider=self.provider,
        )
