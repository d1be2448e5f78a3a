"""Making content again says whether the bytes are the same, and what has changed if not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.content.errors import NoRecipe, RecipeMalformed, UnknownContent
from assay.content.model import ContentMetadata, Provenance
from assay.content.recipes import Machine, Recipe
from assay.content.texts.fingerprint import fingerprint_text
from assay.content.use_cases.picture_differences import picture_differences
from assay.content.use_cases.regenerate import Redrawn, find_recipe, regenerate_content
from assay.core.address import Address
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.generation.images.png import write_png
from assay.store.disk import DiskStore
from tests.fakes.content import FakeContentContract, FakeContentIndex
from tests.unit.content.test_recipes import made

SAME_MACHINE = Machine("x86_64")
CREATOR = Address("0x" + "11" * 20)
PIXELS = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
PICTURE = write_png(PIXELS)


@pytest.fixture
def blobs(tmp_path: Path) -> DiskStore:
    return DiskStore(tmp_path / "store")


def test_the_same_bytes_are_identical(blobs: DiskStore) -> None:
    found = regenerate_content(
        recipe_of(PICTURE), redraw=drawing(PICTURE), compare=picture_differences, blobs=blobs
    )

    assert found.identical
    assert (found.changes, found.differences) == ((), ())
    assert found.as_json()["verdict"] == "identical"


def test_other_bytes_are_told_with_what_has_changed(blobs: DiskStore) -> None:
    blobs.add_bytes(PICTURE)
    brighter = write_png(np.where(PIXELS > 40, PIXELS + 9, PIXELS))

    found = regenerate_content(
        recipe_of(PICTURE),
        redraw=drawing(brighter, numpy="3.0.0", machine=Machine("aarch64", 4)),
        compare=picture_differences,
        blobs=blobs,
    )

    assert found.as_json()["verdict"] == "differs"
    assert found.changes == (
        "numpy was 2.4.6, is 3.0.0",
        "the machine was x86_64, is aarch64",
        "threads were None, are 4",
    )
    assert found.differences[0] == "18.8% of the pixels differ, by up to 9 of 255: to be seen"


def test_pixels_in_another_packing_are_told_to_be_the_same(blobs: DiskStore) -> None:
    blobs.add_bytes(PICTURE)
    repacked = PICTURE[:-12] + b"\x00\x00\x00\x01tEXt0" + bytes(4) + PICTURE[-12:]

    differences = picture_differences(write_png(PIXELS), PICTURE)
    found = regenerate_content(
        recipe_of(PICTURE), redraw=drawing(repacked), compare=lambda *_: differences, blobs=blobs
    )

    assert not found.identical
    assert "every pixel is the same" in found.differences[0]


def test_without_the_recorded_picture_only_digests_are_compared(blobs: DiskStore) -> None:
    found = regenerate_content(
        recipe_of(b"gone"), redraw=drawing(PICTURE), compare=picture_differences, blobs=blobs
    )

    assert not found.identical
    assert "not in the store" in found.differences[0]


def test_a_picture_of_another_size_is_told_by_its_size() -> None:
    size, _ = picture_differences(PICTURE, write_png(PIXELS[:2]))

    assert size == "the size is 4 x 4 instead of 4 x 2 pixels"


def test_the_fingerprint_tells_a_noisy_picture_from_another_one() -> None:
    randomness = np.random.default_rng(3)
    scene = np.kron(randomness.integers(0, 255, (16, 16, 3)), np.ones((12, 12, 1)))
    noise = randomness.integers(-4, 5, scene.shape)
    other = np.kron(randomness.integers(0, 255, (16, 16, 3)), np.ones((12, 12, 1)))
    recorded, noisy, unlike = (
        write_png(np.clip(one, 0, 255).astype(np.uint8)) for one in (scene, scene + noise, other)
    )

    assert "is recognised" in picture_differences(noisy, recorded)[1]
    assert "is not recognised" in picture_differences(unlike, recorded)[1]


def test_a_recipe_is_found_by_its_cid(blobs: DiskStore) -> None:
    cid = blobs.add_bytes(made().encode())

    assert find(str(cid), blobs) == made()


def test_a_recipe_is_found_by_the_token_that_names_it(blobs: DiskStore) -> None:
    contract = FakeContentContract(CREATOR)
    content_id = mint(contract, blobs, recipe=blobs.add_bytes(made().encode()))

    assert find(content_id.hex, blobs, contract) == made()


def test_what_has_no_recipe_is_refused(blobs: DiskStore) -> None:
    contract = FakeContentContract(CREATOR)
    content_id = mint(contract, blobs, recipe=None)

    with pytest.raises(NoRecipe):
        find(content_id.hex, blobs, contract)
    with pytest.raises(UnknownContent):
        find(Digest.of(b"other").hex, blobs, contract)
    with pytest.raises(RecipeMalformed):
        find(str(blobs.add_bytes(b"{}")), blobs)
    with pytest.raises(InputError):
        find("seven", blobs)


def recipe_of(picture: bytes) -> Recipe:
    return replace(made(), output=Digest.of(picture), output_bytes=len(picture))


def drawing(
    picture: bytes, machine: Machine = SAME_MACHINE, **libraries: str
) -> Callable[[Recipe], Redrawn]:
    return lambda _recipe: Redrawn(picture, {"numpy": "2.4.6", **libraries}, machine)


def find(subject: str, blobs: DiskStore, contract: FakeContentContract | None = None) -> Recipe:
    contract = contract or FakeContentContract(CREATOR)
    return find_recipe(
        subject, blobs=blobs, contract=lambda: contract, index=FakeContentIndex(contract)
    )


def mint(contract: FakeContentContract, blobs: DiskStore, recipe: Cid | None) -> Digest:
    content_id = Digest.of(PICTURE)
    metadata = ContentMetadata(
        content=blobs.add_bytes(PICTURE),
        content_digest=content_id,
        content_bytes=len(PICTURE),
        media_type="image/png",
        prompt_digest=made().prompt_digest,
        model=None,
        call=None,
        creator=CREATOR,
        fingerprint=fingerprint_text("stands for a picture's"),
        recipe=recipe,
    )
    cid = blobs.add_bytes(metadata.encode())
    contract.mint(content_id, Provenance(made().prompt_digest, None, CREATOR, cid), 0)
    return content_id
