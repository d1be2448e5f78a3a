"""`client.images`: generate pictures with their recipes, and make them again.

with assay.connect() as client:
    (image,) = client.images.generate("a seven", seed=3)
    Path("seven.png").write_bytes(image.png)
    client.images.regenerate(str(image.recipe_cid)).identical
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.bootstrap import Workspace
from assay.bootstrap.image_models import OWN, ImageParts, OpenedModel, draw
from assay.client.content import ContentClient
from assay.client.market import MarketClient
from assay.content.errors import AlreadyMinted
from assay.content.recipes import Drawn, Machine, Recipe
from assay.content.use_cases.mint import Minted
from assay.content.use_cases.regenerate import Regeneration, find_recipe, regenerate_content
from assay.core.chat import LARGEST_SEED, pick_seed
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.errors import InputError
from assay.generation.images.digits.training import TrainingPlan
from assay.market.errors import AlreadyRegistered
from assay.market.model import AssetKind

MOST_IMAGES = 100
_LONGEST_TITLE = 200
_OWN_NAME = "assay-digits"
_DATASET_NAME = "handwritten-digits"
_MINTED_BEFORE = "minted before by this account, and left as it is"


@dataclass(frozen=True, eq=False)
class MadeImage:
    """A picture in the store, with its recipe.

    Attributes:
        content: CID of the PNG.
        content_id: SHA-256 of the PNG; the id that it would be minted as.
    """

    png: bytes
    content: Cid
    content_id: Digest
    recipe: Recipe
    recipe_cid: Cid

    def as_json(self) -> dict[str, Any]:
        """What `assay content generate --json` prints of each."""
        return {
            "content_id": self.content_id.hex,
            "content": str(self.content),
            "bytes": len(self.png),
            "recipe": str(self.recipe_cid),
            "prompt_digest": self.recipe.prompt_digest.hex,
            "model": self.recipe.model.hex if self.recipe.model else None,
            "generator": self.recipe.generator,
            "seed": self.recipe.request.seed,
            "width": self.recipe.drawn.width,
            "height": self.recipe.drawn.height,
        }


@dataclass(frozen=True, slots=True)
class OwnGenerator:
    """Our own generator as it is published.

    Attributes:
        accuracy: share of drawn digits that are read as the digit asked for, in decimal.
    """

    folder: Path
    model: Digest
    dataset: Digest
    accuracy: str

    def as_json(self) -> dict[str, Any]:
        """What `assay content train --json` prints."""
        return {
            "folder": str(self.folder),
            "model": self.model.hex,
            "dataset": self.dataset.hex,
            "accuracy": self.accuracy,
        }


class ImageClient:
    """Image generation on one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._market = MarketClient(workspace)

    @property
    def needs_training(self) -> bool:
        """True if our own generator is the one that would draw, and is not trained yet."""
        return not (self._parts.trained or self._workspace.settings.image_url)

    def train(
        self,
        *,
        seed: int = 1,
        steps: int | None = None,
        account: str | None = None,
        publish: bool = True,
        advance: Callable[[int], None] | None = None,
    ) -> OwnGenerator:
        """Train our own generator on the digits that a package ships, and register both.

        Args:
            steps: of training; 3000 if None, which take half a minute.
            account: who registers; the configured account if None.
            publish: register dataset and model, so that pictures are traced to them.
            advance: told of each step done.

        Raises:
            PackageMissing: the package with the digits is not installed.
            InputError: a value is out of range.
        """
        if steps is not None and not 1 <= steps <= 1_000_000:
            raise InputError(f"{steps} steps are outside 1 to 1000000.")
        if not 0 <= seed <= LARGEST_SEED:
            raise InputError(f"A seed of {seed} is outside 0 to {LARGEST_SEED}.")
        plan = TrainingPlan(seed=seed) if steps is None else TrainingPlan(seed=seed, steps=steps)
        dataset = self._workspace.store.add(self._parts.lay_out_dataset()).digest
        self._parts.train(plan, dataset, advance)
        return self._own(publish=publish, account=account)

    def generate(
        self,
        prompt: str,
        *,
        seed: int | None = None,
        count: int = 1,
        model: str | None = None,
        negative_prompt: str = "",
        width: int | None = None,
        height: int | None = None,
        steps: int | None = None,
        guidance: float | None = None,
        publish: bool = True,
        account: str | None = None,
        advance: Callable[[int], None] | None = None,
        drawn: Callable[[MadeImage], None] = lambda _image: None,
    ) -> list[MadeImage]:
        """Draw, and store each picture with its recipe. Nothing is minted.

        Our own generator is trained first where it is not (`train`), and registered.

        Args:
            seed: of the first picture, the next ones count on; picked if None.
            model: `digits`, a diffusers folder, or the id of a model asset; None: the server at
                ASSAY_IMAGE_URL, or `digits`.
            publish: register our own generator where it is not yet.
            account: who registers it.
            advance: told of each step of a training.
            drawn: given each picture as soon as it is stored.

        Raises:
            InputError: the model cannot draw this, or a value is out of range.
            UnavailableError: the model or its server fails.
            IntegrityError: weights are damaged, or a server answers nonsense.
        """
        if not 1 <= count <= MOST_IMAGES:
            raise InputError(f"{count} pictures are outside 1 to {MOST_IMAGES}.")
        first = pick_seed() if seed is None else seed
        requests = [
            ImageRequest(
                prompt=prompt,
                seed=(first + number) % (LARGEST_SEED + 1) if number else first,
                negative_prompt=negative_prompt,
                width=width,
                height=height,
                steps=steps,
                guidance=guidance,
            )
            for number in range(count)
        ]
        own = model == OWN or (model is None and not self._workspace.settings.image_url)
        if own:
            if not self._parts.trained:
                self.train(account=account, publish=publish, advance=advance)
            elif publish:
                self._own(publish=True, account=account)
        opened = self._parts.open(model)
        images = []
        for request in requests:
            image = self._make(opened, request)
            drawn(image)
            images.append(image)
        return images

    def mint(
        self,
        image: MadeImage,
        *,
        royalty_percent: str = "0",
        allow_copy: bool = False,
        account: str | None = None,
    ) -> Minted:
        """Make a picture a token, with its recipe, prompt and, where it is registered, model.

        Raises:
            AlreadyMinted: the bytes are a token already, whoever minted it.
            CopyRefused: it looks the same as somebody else's token, and `allow_copy` is not set.
        """
        recipe = image.recipe
        model = recipe.model
        if model and self._workspace.market.registry().assets([model])[0] is None:
            model = None
        return ContentClient(self._workspace).mint(
            image.png,
            recipe=str(image.recipe_cid),
            title=recipe.request.prompt[:_LONGEST_TITLE],
            model=model.hex if model else None,
            prompt_digest=recipe.prompt_digest.hex,
            royalty_percent=royalty_percent,
            allow_copy=allow_copy,
            account=account,
        )

    def mint_once(
        self,
        image: MadeImage,
        *,
        royalty_percent: str = "0",
        allow_copy: bool = False,
        account: str | None = None,
    ) -> Minted:
        """The same, but what the account has minted already is no error: to go on after a stop.

        Raises:
            AlreadyMinted: the bytes are a token of somebody else.
            CopyRefused: it looks the same as somebody else's token, and `allow_copy` is not set.
        """
        try:
            return self.mint(
                image, royalty_percent=royalty_percent, allow_copy=allow_copy, account=account
            )
        except AlreadyMinted as error:
            workspace = self._workspace
            if error.owner != workspace.address(account or workspace.settings.account):
                raise
            shown = ContentClient(workspace).show(image.content_id.hex)
            if shown.metadata is None:
                raise
            return Minted(shown.token, shown.metadata, (), (_MINTED_BEFORE,))

    def regenerate(self, subject: str) -> Regeneration:
        """Make a picture again, and hold its bytes against the recipe.

        Args:
            subject: the CID of a recipe, or the content id of a token.

        Raises:
            InputError: no such token, or one without a recipe.
            UnavailableError: the model is not to be had.
        """
        from assay.content.use_cases.picture_differences import (  # noqa: PLC0415 - slow
            picture_differences,
        )

        workspace = self._workspace
        if not subject.removeprefix("ipfs://").startswith("b"):
            workspace.sync()
        recipe = find_recipe(
            subject,
            blobs=workspace.store,
            contract=workspace.content_contract,
            index=workspace.content_index,
        )
        return regenerate_content(
            recipe, redraw=self._parts.redraw, compare=picture_differences, blobs=workspace.store
        )

    def _make(self, opened: OpenedModel, request: ImageRequest) -> MadeImage:
        image = draw(opened.model, request)
        digest = Digest.of(image.png)
        recipe = Recipe(
            generator=opened.model.generator,
            name=opened.model.name,
            model=opened.asset,
            weights=opened.weights,
            request=request,
            drawn=Drawn(
                image.width,
                image.height,
                image.steps,
                image.guidance,
                image.scheduler,
                image.settings,
            ),
            libraries=image.libraries,
            machine=Machine(platform.machine(), image.threads),
            output=digest,
            output_bytes=len(image.png),
        )
        store = self._workspace.store
        content = store.add_bytes(image.png)
        return MadeImage(image.png, content, digest, recipe, store.add_bytes(recipe.encode()))

    def _own(self, *, publish: bool, account: str | None) -> OwnGenerator:
        """Our trained generator, registered with its dataset where that is wanted and missing."""
        parts, store = self._parts, self._workspace.store
        folder = parts.own_folder
        facts = parts.own_facts()
        dataset = Digest.parse(facts["dataset"])
        model = store.add(folder).digest
        if publish and None in self._workspace.market.registry().assets([dataset, model]):
            self._publish(parts.lay_out_dataset(), AssetKind.DATASET, _DATASET_NAME, account)
            self._publish(folder, AssetKind.MODEL, _OWN_NAME, account, datasets=(dataset.hex,))
        return OwnGenerator(folder, model, dataset, str(facts["accuracy"]))

    def _publish(
        self,
        folder: Path,
        kind: AssetKind,
        name: str,
        account: str | None,
        datasets: tuple[str, ...] = (),
    ) -> None:
        try:
            self._market.publish(folder, kind=kind, name=name, datasets=datasets, account=account)
        except AlreadyRegistered:  # the same bytes, trained or laid out by another: as good
            return

    @property
    def _parts(self) -> ImageParts:
        return self._workspace.images
