"""`client.market`: publish, list, show and pull assets; pay for calls, anchor and prove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assay.bootstrap import Workspace
from assay.core.amount import parse_amount
from assay.core.digest import Digest
from assay.errors import InputError
from assay.market.model import Asset, AssetKind
from assay.market.ports import Progress
from assay.market.use_cases.browse import list_assets, show_asset
from assay.market.use_cases.publish import Publication, Published, publish_asset
from assay.market.use_cases.pull import pull_asset


class MarketClient:
    """The market's use cases on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def publish(
        self,
        path: Path | str,
        *,
        kind: AssetKind | str,
        name: str | None = None,
        description: str = "",
        licence: str | None = None,
        base_model: str | None = None,
        datasets: Sequence[str] = (),
        parent: str | None = None,
        price: str = "0",
        royalty_percent: str = "0",
        properties: Mapping[str, Any] | None = None,
        account: str | None = None,
        progress: Progress | None = None,
    ) -> Published:
        """Register a file or folder as an asset; see `Publication` for the fields.

        Args:
            price: decimal amount of the payment token.
            royalty_percent: 0 to 100, with up to two decimals.
            account: who registers; the configured account if None.

        Raises:
            InputError: a value is malformed.
            AlreadyRegistered: somebody registered these bytes first.
        """
        publication = Publication(
            path=Path(path),
            kind=asset_kind(kind),
            name=name,
            description=description,
            licence=licence,
            base_model=base_model,
            datasets=tuple(Digest.parse(dataset) for dataset in datasets),
            parent=Digest.parse(parent) if parent else None,
            price=parse_amount(price, decimals=self._workspace.token_decimals),
            royalty_bps=parse_amount(royalty_percent, decimals=2),
            properties=properties or {},
        )
        return publish_asset(
            publication,
            blobs=self._workspace.store,
            registry=self._workspace.registry(account),
            progress=progress,
        )

    def list(self, kind: AssetKind | str | None = None) -> list[Asset]:
        """All assets of a kind, oldest first."""
        self._workspace.sync()
        return list_assets(
            asset_kind(kind) if kind else None,
            index=self._workspace.asset_index,
            registry=self._workspace.registry(),
            blobs=self._workspace.store,
        )

    def show(self, asset_id: str) -> Asset:
        """One asset, as chain and store have it."""
        return show_asset(
            Digest.parse(asset_id),
            registry=self._workspace.registry(),
            blobs=self._workspace.store,
        )

    def pull(
        self,
        asset_id: str,
        destination: Path | str,
        *,
        gateway: str | None = None,
        progress: Progress | None = None,
    ) -> Asset:
        """Write an asset's content to a path, every byte verified.

        Args:
            gateway: URL of a trustless IPFS gateway to fetch missing blocks from.
        """
        return pull_asset(
            Digest.parse(asset_id),
            Path(destination),
            registry=self._workspace.registry(),
            blobs=self._workspace.blobs_from(gateway),
            progress=progress,
        )


def asset_kind(text: AssetKind | str) -> AssetKind:
    """Read the name of a kind.

    Raises:
        InputError: there is no such kind.
    """
    try:
        return AssetKind(text)
    except ValueError:
        kinds = ", ".join(kind.value for kind in AssetKind)
        raise InputError(f"{text!r} is no kind of asset.", hint=f"One of: {kinds}.") from None
