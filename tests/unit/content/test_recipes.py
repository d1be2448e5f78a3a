"""A recipe survives being stored, says what a mint needs, and refuses what is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.content.errors import RecipeMalformed
from assay.content.recipes import Drawn, Machine, Recipe
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.core.image_request import ImageRequest
from assay.errors import IntegrityError

names = st.text(st.characters(codec="utf-8"), max_size=20)
whole = st.integers(1, 1000)
digests = st.binary(min_size=32, max_size=32).map(Digest)
requests = st.builds(
    ImageRequest,
    prompt=names,
    seed=st.integers(0, 2**32 - 2),
    negative_prompt=names,
    width=st.none() | whole,
    height=st.none() | whole,
    steps=st.none() | whole,
    guidance=st.none() | st.floats(0, 100),
)
recipes = st.builds(
    Recipe,
    generator=names,
    name=names,
    model=st.none() | digests,
    weights=st.none() | st.binary().map(Cid.raw),
    request=requests,
    drawn=st.builds(
        Drawn,
        width=whole,
        height=whole,
        steps=st.none() | whole,
        guidance=st.none() | st.just("7.5"),
        scheduler=st.none() | names,
        settings=st.dictionaries(names, whole | names | st.lists(whole)),
    ),
    libraries=st.dictionaries(names, names),
    machine=st.builds(Machine, architecture=names, threads=st.none() | whole),
    output=digests,
    output_bytes=whole,
)


@given(recipes)
def test_what_is_stored_is_what_is_read(recipe: Recipe) -> None:
    assert Recipe.decode(recipe.encode()) == recipe


@given(recipes)
def test_the_prompt_digest_of_a_mint_is_that_of_the_stored_request(recipe: Recipe) -> None:
    stored = json.loads(recipe.encode())["request"]

    assert ImageRequest.from_json(stored).prompt_digest == recipe.prompt_digest


@given(recipes, st.binary(max_size=3))
def test_damage_is_said_to_be_damage(recipe: Recipe, junk: bytes) -> None:
    data = recipe.encode()
    for damaged in (data[: len(data) // 2], junk, b"null", b"[]", b'{"assay":"recipe/1"}'):
        with pytest.raises(RecipeMalformed) as refused:
            Recipe.decode(damaged)
        assert isinstance(refused.value, IntegrityError)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("assay", "recipe/2"),
        ("model", "0x12"),
        ("weights", "Qm"),
        ("output", {}),
        ("machine", None),
        ("libraries", []),
        ("request", {"prompt": "7"}),
        ("drawn", {"width": "wide"}),
    ],
)
def test_a_wrong_field_is_refused(field: str, value: object) -> None:
    document = {**made().as_json(), field: value}

    with pytest.raises(RecipeMalformed):
        Recipe.decode(json.dumps(document).encode())


def test_drawing_again_spells_out_what_was_left_open() -> None:
    again = made().again()

    assert (again.width, again.height, again.steps, again.guidance) == (256, 256, 20, 1.5)
    assert (again.prompt, again.seed) == ("a seven", 3)


def made() -> Recipe:
    return Recipe(
        generator="assay-digits/1",
        name="assay-digits",
        model=Digest.of(b"model"),
        weights=Cid.raw(b"weights"),
        request=ImageRequest("a seven", seed=3),
        drawn=Drawn(256, 256, 20, "1.5", "euler", {"digits": [7]}),
        libraries={"numpy": "2.4.6"},
        machine=Machine("x86_64"),
        output=Digest.of(b"png"),
        output_bytes=3,
    )
