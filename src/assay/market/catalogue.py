"""The services that a provider sells, as the registry has them: prices change with a block.

Reading them costs a look at every service of the chain, so what was read is kept for as long as the
newest block is the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assay.core.address import Address
from assay.market.errors import UnknownModel
from assay.market.metering import ServedModel
from assay.market.model import Asset, AssetKind
from assay.market.ports import AssetIndex, Blobs, Registry, ServiceCatalogue
from assay.market.use_cases.browse import list_assets

_LOOK_EVERY_S = 0.1
_READ_EVERY_S = 1.0


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
        return _of_name(model_name, self.services())

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


@dataclass(frozen=True, slots=True)
class _Read:
    services: list[ServedModel]
    newest_block: str
    at_s: float


class BlockwiseCatalogue:
    """The `ServiceCatalogue` port on another one that is asked once a block.

    The chain is asked for its newest block at most ten times a second, so that a price may be that
    much late; and once a second all is read again, because the index may follow the chain later.
    A name that is not known lets the index catch up first, once a block: who asks for it may have
    seen it put up for sale a moment ago.
    """

    def __init__(
        self,
        catalogue: ServiceCatalogue,
        newest_block: Callable[[], str],
        catch_up: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember the parts.

        Args:
            newest_block: hash of the chain's newest block.
            catch_up: lets the index follow the chain to its newest block.
            clock: seconds that only grow.
        """
        self._catalogue = catalogue
        self._newest_block = newest_block
        self._catch_up = catch_up
        self._caught_up_at = ""
        self._clock = clock
        self._read: _Read | None = None
        self._looked_at_s = 0.0
        self._one_reads = threading.Lock()

    def service(self, model_name: str) -> ServedModel:
        """See `ServiceCatalogue.service`."""
        try:
            return _of_name(model_name, self.services())
        except UnknownModel:
            return _of_name(model_name, self._services_of_newest_block())

    def services(self) -> list[ServedModel]:
        """See `ServiceCatalogue.services`."""
        with self._one_reads:
            now_s = self._clock()
            if self._read is None or now_s - self._looked_at_s >= _LOOK_EVERY_S:
                self._look(now_s)
            assert self._read is not None
            return self._read.services

    def _services_of_newest_block(self) -> list[ServedModel]:
        with self._one_reads:
            newest = self._newest_block()
            if self._read is None or newest != self._caught_up_at:
                self._catch_up()
                self._read = _Read(self._catalogue.services(), newest, self._clock())
                self._caught_up_at = newest
            return self._read.services

    def _look(self, now_s: float) -> None:
        newest = self._newest_block()
        known = self._read
        if not known or known.newest_block != newest or now_s - known.at_s >= _READ_EVERY_S:
            self._read = _Read(self._catalogue.services(), newest, now_s)
        self._looked_at_s = now_s


def _of_name(name: str, services: list[ServedModel]) -> ServedModel:
    for service in reversed(services):
        if service.name == name:
            return service
    raise UnknownModel(name, sorted({service.name for service in services}))
