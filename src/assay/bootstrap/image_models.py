"""The image models: our own generator, pipeline folders, assets with either, a server by URL."""

# ruff: noqa: PLC0415

from __future__ import annotations

import asyncio
import platform
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.core.cid import DAG_PB, Cid
from assay.core.digest import Digest
from assay.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assay.bootstrap.workspace import Workspace
    from assay.content.recipes import Recipe
    from assay.content.use_cases.regenerate import Redrawn
    from assay.generation.images.digits.training import TrainingPlan
    from assay.generation.images.port import GeneratedImage, ImageModel, ImageRequest
    from assay.market.metering import ServedModel

OWN = "digits"
_DIGITS_GENERATOR = "assay-digits"
_PIPELINE_INDEX = "model_index.json"


class NotAnImageModel(InputError):
    """What is named holds no image model that Assay runs."""

    def __init__(self, named: str) -> None:
        super().__init__(
            f"{named} is no image model.",
            hint=f"Give `{OWN}`, a diffusers folder, the id of a model asset with one, or nothing.",
        )
        self.named = named


class NoImageServer(UnavailableError):
    """A picture came from a server, and none is set."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The picture was drawn by {name!r} on a server, and no server is set.",
            hint="Set ASSAY_IMAGE_URL, and ASSAY_IMAGE_KEY if it wants one.",
        )
        self.name = name


@dataclass(frozen=True, eq=False)
class OpenedModel:
    """A model that can draw, and what recipes say of its weights.

    Attributes:
        asset: id that the weights have, or would have, in the registry; None for a server.
        weights: their CID; None for a server.
    """

    model: ImageModel
    asset: Digest | None
    weights: Cid | None


class ImageParts:
    """What `workspace.images` holds."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._opened: dict[str, OpenedModel] = {}
        self._opening = threading.Lock()  # the service draws in several threads

    @property
    def own_folder(self) -> Path:
        """Where our own generator is, once it is trained."""
        return self._generators / OWN

    @property
    def trained(self) -> bool:
        """True if our own generator is there."""
        from assay.generation.images.digits.folder import is_generator

        return is_generator(self.own_folder)

    def lay_out_dataset(self) -> Path:
        """The examples with their card, as a folder to publish."""
        from assay.generation.images.digits.data import lay_out_dataset

        return lay_out_dataset(self._generators / "digits-dataset")

    def train(
        self, plan: TrainingPlan, dataset: Digest, advance: Callable[[int], None] | None
    ) -> Path:
        """Train our own generator, in place of an earlier one."""
        from assay.generation.images.digits.folder import train_into

        self._opened.pop(OWN, None)
        return train_into(self.own_folder, plan, dataset=dataset.hex, advance=advance)

    def own_facts(self) -> Mapping[str, Any]:
        """What `generator.json` says of our own generator.

        Raises:
            WeightsDamaged: it is not what was trained.
        """
        from assay.generation.images.digits.folder import open_generator

        return open_generator(self.own_folder).facts

    def open(self, named: str | None) -> OpenedModel:
        """The model with this name.

        Args:
            named: `digits`, a folder, an asset id; None: the server if one is set, else `digits`.

        Raises:
            NotAnImageModel: it is none of these, or a folder without a model.
            InputError, UnavailableError, IntegrityError: it cannot be had or opened.
        """
        settings = self._workspace.settings
        if named is None and settings.image_url:
            return self._server(settings.image_model)
        key = named or OWN
        with self._opening:
            if key not in self._opened:
                self._opened[key] = self._find(key)
            return self._opened[key]

    def image_model(self, served: ServedModel) -> ImageModel:
        """The model that draws for a service that is sold: its own asset.

        Raises:
            NotAnImageModel: the asset holds none.
            InputError, UnavailableError, IntegrityError: it cannot be had or opened.
        """
        return self.open(served.model.hex).model

    def redraw(self, recipe: Recipe) -> Redrawn:
        """Draw again by the recipe's own weights.

        Raises:
            NoImageServer: a server drew it, and none is set.
            InputError, UnavailableError, IntegrityError: weights missing, or unable to draw it.
        """
        from assay.content.recipes import Machine
        from assay.content.use_cases.regenerate import Redrawn

        image = draw(self._model_of(recipe), recipe.again())
        machine = Machine(platform.machine(), image.threads)
        return Redrawn(image.png, dict(image.libraries), machine)

    def close(self) -> None:
        """Release what models hold."""
        opened, self._opened = list(self._opened.values()), {}
        for one in opened:
            asyncio.run(one.model.close())

    @property
    def _generators(self) -> Path:
        settings = self._workspace.settings
        return settings.generators or settings.home / "generators"

    def _find(self, named: str) -> OpenedModel:
        folder = self.own_folder if named == OWN else Path(named)
        if folder.is_dir():
            from assay.store.sealing import measure

            asset = measure(folder).digest
            return OpenedModel(self._from_folder(folder, folder.name), asset, Cid(DAG_PB, asset))
        try:
            asset_id = Digest.parse(named)
        except InputError:
            raise NotAnImageModel(named) from None
        return self._from_asset(asset_id)

    def _from_asset(self, asset_id: Digest) -> OpenedModel:
        from assay.market.use_cases.browse import show_asset

        asset = show_asset(
            asset_id, registry=self._workspace.market.registry(), blobs=self._workspace.store
        )
        if asset.metadata.sealed:
            raise InputError(
                f"The model {asset_id} is sealed.",
                hint="Write it to a folder with `assay asset pull`, and name that folder.",
            )
        content = asset.metadata.content
        model = self._from_folder(self._written(content), asset.metadata.name)
        return OpenedModel(model, asset_id, content)

    def _written(self, content: Cid) -> Path:
        """Stored weights as a folder; taken as they are where a fresh check finds them whole."""
        from assay.store.retrieval import remove
        from assay.store.sealing import measure

        folder = self._generators / str(content)
        if folder.exists() and measure(folder).digest != content.digest:
            remove(folder)
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._workspace.store.get(content, folder)
        return folder

    def _from_folder(self, folder: Path, name: str, threads: int | None = None) -> ImageModel:
        from assay.generation.images.digits.folder import is_generator

        if folder.is_dir() and is_generator(folder):
            from assay.generation.images.digits.model import DigitsModel

            return DigitsModel(folder)
        if (folder / _PIPELINE_INDEX).is_file():
            from assay.generation.images.diffusers_folder import DiffusersModel

            return DiffusersModel(folder, name, threads=threads)
        raise NotAnImageModel(str(folder))

    def _server(self, name: str) -> OpenedModel:
        from assay.generation.images.openai_compatible import OpenAIImageModel

        settings = self._workspace.settings
        assert settings.image_url, "the caller has asked"
        key = settings.image_key.get_secret_value() if settings.image_key else None
        model = OpenAIImageModel(settings.image_url, key, name, timeout_s=settings.image_timeout_s)
        return OpenedModel(model, None, None)

    def _model_of(self, recipe: Recipe) -> ImageModel:
        if recipe.weights is None:
            if not self._workspace.settings.image_url:
                raise NoImageServer(recipe.name)
            return self._server(recipe.name).model
        if recipe.generator.startswith(_DIGITS_GENERATOR) and self.trained:
            own = self.open(OWN)
            if own.weights == recipe.weights:
                return own.model
        folder = self._written(recipe.weights)
        return self._from_folder(folder, recipe.name, recipe.machine.threads)


def draw(model: ImageModel, request: ImageRequest) -> GeneratedImage:
    """One picture, waited for."""
    return asyncio.run(model.generate(request))
