"""Make generated content again from its recipe, and say whether the bytes are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assay.content.errors import NoRecipe
from assay.content.limits import ARTEFACT_LIMIT_BYTES, CONTENT_LIMIT_BYTES
from assay.content.ports import Blobs, ContentContract, ContentIndex
from assay.content.recipes import Machine, Recipe
from assay.content.use_cases.show import show_content
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import AssayError, InputError


@dataclass(frozen=True, eq=False)
class Redrawn:
    """A picture made now, and by what."""

    png: bytes
    libraries: dict[str, str]
    machine: Machine


Redraw = Callable[[Recipe], Redrawn]
"""Draws by the recipe's own weights and values."""

Compare = Callable[[bytes, bytes], tuple[str, ...]]
"""How two picture files differ, one sentence each: the one made now, the recorded one."""


@dataclass(frozen=True, eq=False)
class Regeneration:
    """What came of making content again.

    Attributes:
        changes: what is not as it was: libraries and machine, one sentence each.
        differences: how the picture differs from the recorded one, if that is in the store.
    """

    recipe: Recipe
    png: bytes
    digest: Digest
    changes: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """The very bytes of the recipe."""
        return self.digest == self.recipe.output

    def as_json(self) -> dict[str, Any]:
        """What `assay content regenerate --json` prints."""
        return {
            "verdict": "identical" if self.identical else "differs",
            "content_id": self.recipe.output.hex,
            "regenerated": self.digest.hex,
            "bytes": len(self.png),
            "generator": self.recipe.generator,
            "model": self.recipe.model.hex if self.recipe.model else None,
            "changes": list(self.changes),
            "differences": list(self.differences),
        }


def find_recipe(
    subject: str, *, blobs: Blobs, contract: Callable[[], ContentContract], index: ContentIndex
) -> Recipe:
    """The recipe with this CID, or that of the token with this content id.

    Args:
        contract: asked for only where a content id is given.

    Raises:
        InputError: neither a CID nor a content id; `UnknownContent`, `NoRecipe`.
        RecipeMalformed: the artefact is no recipe.
        IntegrityError: its bytes are damaged or missing.
    """
    try:
        content_id = Digest.parse(subject)
    except InputError:
        return read_recipe(Cid.parse(subject), blobs)
    shown = show_content(content_id, blobs=blobs, contract=contract(), index=index)
    if shown.metadata is None or shown.metadata.recipe is None:
        raise NoRecipe(content_id, shown.fault or "its metadata names none")
    return read_recipe(shown.metadata.recipe, blobs)


def read_recipe(cid: Cid, blobs: Blobs) -> Recipe:
    """Fetch a recipe.

    Raises:
        RecipeMalformed: it is none.
        IntegrityError: its bytes are damaged or missing.
    """
    return Recipe.decode(blobs.read_bytes(cid, limit=ARTEFACT_LIMIT_BYTES))


def regenerate_content(
    recipe: Recipe, *, redraw: Redraw, compare: Compare, blobs: Blobs
) -> Regeneration:
    """Draw again and hold the bytes against the recipe's digest.

    Raises:
        InputError, UnavailableError, IntegrityError: the model cannot draw it here.
    """
    again = redraw(recipe)
    digest = Digest.of(again.png)
    differences: tuple[str, ...] = ()
    if digest != recipe.output:
        recorded = _recorded(recipe.output, blobs)
        differences = (
            ("the recorded picture is not in the store, so only the digests can be compared",)
            if recorded is None
            else compare(again.png, recorded)
        )
    return Regeneration(recipe, again.png, digest, _changes(recipe, again), differences)


def _recorded(digest: Digest, blobs: Blobs) -> bytes | None:
    try:
        cid = blobs.find_digest(digest)
        return blobs.read_bytes(cid, limit=CONTENT_LIMIT_BYTES) if cid else None
    except AssayError:  # damaged, or not here: then there is nothing to compare with
        return None


def _changes(recipe: Recipe, again: Redrawn) -> tuple[str, ...]:
    names = sorted(recipe.libraries.keys() | again.libraries.keys())
    found = [
        f"{name} was {recipe.libraries.get(name, 'absent')}, "
        f"is {again.libraries.get(name, 'absent')}"
        for name in names
        if recipe.libraries.get(name) != again.libraries.get(name)
    ]
    before, now = recipe.machine, again.machine
    if before.architecture != now.architecture:
        found.append(f"the machine was {before.architecture}, is {now.architecture}")
    if before.threads != now.threads:
        found.append(f"threads were {before.threads}, are {now.threads}")
    return tuple(found)
