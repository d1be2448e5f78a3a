"""The models behind the services: weights from the store, verified, in processes of their own."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from assay.bootstrap.pipeline_models import PipelineTextModel, SoldPipeline, SoldPipelines
from assay.bootstrap.upstreams import Upstreams, UpstreamServer
from assay.config import Settings
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import UnavailableError
from assay.generation.embedded import EmbeddedTextModel
from assay.market.metering import ServedModel
from assay.market.model import Asset
from assay.store.errors import DestinationExistsError
from assay.store.port import BlobStore
from assay.store.retrieval import remove

if TYPE_CHECKING:
    from assay.generation.openai_compatible import OpenAITextModel
    from assay.market.pipelines.use_cases.run import RunParts

_WEIGHTS_SUFFIX = ".gguf"

HostedModel: TypeAlias = "EmbeddedTextModel | OpenAITextModel | PipelineTextModel"

OpenSealed = Callable[[Asset, Path], None]
"""Decrypts an asset that was sealed here to a path; DestinationExistsError if another is there."""


class NoWeights(UnavailableError):
    """A model's content holds no file that the embedded engine runs."""

    def __init__(self, asset_id: Digest) -> None:
        super().__init__(
            f"The model {asset_id} holds no {_WEIGHTS_SUFFIX} file.",
            hint="Publish one with GGUF weights, or name a server with ASSAY_MODEL_URL.",
        )
        self.asset_id = asset_id


class HostedModels:
    """The `TextModels` port: each model is made ready when it is first called."""

    def __init__(
        self,
        settings: Settings,
        store: BlobStore,
        show_asset: Callable[[Digest], Asset],
        open_sealed: OpenSealed,
        run_parts: Callable[[], RunParts],
    ) -> None:
        self._settings = settings
        self._store = store
        self._show_asset = show_asset
        self._open_sealed = open_sealed
        self._run_parts = run_parts
        self._models: dict[Digest, HostedModel] = {}
        self._making = threading.Lock()

    def text_model(self, served: ServedModel) -> HostedModel:
        """The model that answers for a service.

        Raises:
            NoWeights: the asset is not one that can be run here.
            IntegrityError: its weights are damaged.
        """
        with self._making:
            sold = SoldPipelines(self._settings.home / "sold-pipelines").find(served.service)
            server = None if sold else self._server(served)
            name = served.service if sold or server else served.model
            if name not in self._models:
                self._models[name] = self._make(served, sold, server)
            return self._models[name]

    async def close(self) -> None:
        """Stop all models."""
        models, self._models = list(self._models.values()), {}
        for model in models:
            await model.close()

    def _make(
        self, served: ServedModel, sold: SoldPipeline | None, server: UpstreamServer | None
    ) -> HostedModel:
        if sold:
            return PipelineTextModel(served.name, sold, self._run_parts)
        return self._reach(server) if server else self._run(served)

    def _server(self, served: ServedModel) -> UpstreamServer | None:
        """The service's own server, or the one of the settings for all."""
        own = Upstreams(self._settings.home / "upstreams").find(served.service)
        url = self._settings.model_url
        return own or (UpstreamServer(url, served.name) if url else None)

    def _reach(self, server: UpstreamServer) -> OpenAITextModel:
        from assay.generation.openai_compatible import OpenAITextModel  # noqa: PLC0415 - slow

        key = self._settings.model_key
        return OpenAITextModel(server.url, key.get_secret_value() if key else None, server.model)

    def _run(self, served: ServedModel) -> EmbeddedTextModel:
        settings = self._settings
        logs = settings.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        name = served.model.hex[:18]
        return EmbeddedTextModel(self._weights(served.model), served.name, logs / f"{name}.log")

    def _weights(self, asset_id: Digest) -> Path:
        """The weights as a file: written from the store where a fresh check does not find them."""
        models = self._settings.home / "models"
        models.mkdir(parents=True, exist_ok=True)
        asset = self._show_asset(asset_id)
        if asset.metadata.sealed:
            return self._sealed_weights(asset, models / asset_id.raw.hex())
        cid = self._weights_cid(asset)
        path = models / f"{cid}{_WEIGHTS_SUFFIX}"
        if not _has_digest(path, self._store.digest_of(cid)):
            path.unlink(missing_ok=True)
            self._store.get(cid, path)
        return path

    def _sealed_weights(self, asset: Asset, path: Path) -> Path:
        """The weights of a model that was sealed here: opened, where they are not already."""
        path.parent.chmod(0o700)  # in the clear on this disk: for this user alone
        try:
            self._open_sealed(asset, path)
        except DestinationExistsError:  # damaged since
            remove(path)
            self._open_sealed(asset, path)
        found = [path] if path.is_file() else sorted(path.glob(f"*{_WEIGHTS_SUFFIX}"))
        if not found:
            raise NoWeights(asset.asset_id)
        return found[0]

    def _weights_cid(self, asset: Asset) -> Cid:
        for entry in self._store.ls(asset.metadata.content):
            if entry.name.endswith(_WEIGHTS_SUFFIX):
                return entry.cid
        raise NoWeights(asset.asset_id)


def _has_digest(path: Path, digest: Digest) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest() == digest.raw
    except FileNotFoundError:
        return False
