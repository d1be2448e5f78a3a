"""Generate, register, regenerate and trace: from Python and from the command line."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import assay
from assay.bootstrap.image_models import NoImageServer, NotAnImageModel
from assay.content.recipes import Recipe
from assay.core.cid import Cid
from assay.core.digest import Digest
from assay.errors import InputError
from assay.generation.images import png
from assay.generation.images.errors import PromptNotDrawable, WeightsDamaged

_MAIN = "from assay.cli.main import main; main()"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, trained_digits: Path) -> Path:
    """A home folder whose generator is trained, but not registered."""
    home = tmp_path_factory.mktemp("home") / ".assay"
    shutil.copytree(trained_digits, home / "generators" / "digits")
    return home


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[assay.Client]:
    with assay.connect(home=home) as client:
        yield client


def command(home: Path, *arguments: str, **settings: str) -> tuple[int, Any]:
    """Run `assay content ... --json`; the exit code and the JSON on either stream."""
    done = subprocess.run(
        [sys.executable, "-c", _MAIN, "content", *arguments, "--json"],
        env={**os.environ, "ASSAY_HOME": str(home), **settings},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or done.stderr)


def test_a_picture_is_stored_with_a_recipe_that_names_its_weights(client: assay.Client) -> None:
    (image,) = client.images.generate("a seven", seed=3)

    recipe = Recipe.decode(client.store.read_bytes(image.recipe_cid))
    assert client.store.read_bytes(image.content) == image.png
    assert image.content_id == Digest.of(image.png) == recipe.output
    assert recipe.request.prompt == "a seven"
    assert recipe.weights is not None
    assert {entry.name for entry in client.store.ls(recipe.weights)} == {
        "README.md",
        "digits.safetensors",
        "generator.json",
    }


def test_the_generator_is_registered_with_the_dataset_it_was_trained_on(
    client: assay.Client,
) -> None:
    (image,) = client.images.generate("a seven", seed=3)

    assert image.recipe.model is not None
    model = client.market.show(image.recipe.model.hex)
    (dataset,) = [client.market.show(one.hex) for one in model.metadata.datasets]
    assert (model.metadata.kind, dataset.metadata.kind) == ("model", "dataset")
    assert dataset.metadata.licence == model.metadata.licence == "CC-BY-4.0"
    linked = {node.id for node in client.trace(model.asset_id.hex).nodes}
    assert f"asset:{dataset.asset_id.hex}" in linked


def test_the_same_bytes_are_made_again(client: assay.Client) -> None:
    (image,) = client.images.generate("数字二零二六", seed=8, guidance=2.0, steps=12)

    again = client.images.regenerate(str(image.recipe_cid))

    assert again.identical
    assert again.png == image.png


def test_another_machine_makes_the_same_bytes_from_the_stored_weights(
    client: assay.Client, tmp_path: Path
) -> None:
    (image,) = client.images.generate("5", seed=1)
    weights = image.recipe.weights
    assert weights is not None

    with assay.connect(home=tmp_path / ".assay") as other:
        client.store.get(weights, tmp_path / "weights")
        other.store.add(tmp_path / "weights")
        cid = other.store.add_bytes(client.store.read_bytes(image.recipe_cid))

        assert other.images.regenerate(str(cid)).identical


def test_another_encoder_is_told_from_another_picture(
    client: assay.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (image,) = client.images.generate("a seven", seed=3)
    monkeypatch.setattr(png, "_LEVEL", 1)
    monkeypatch.setattr(png.zlib, "ZLIB_RUNTIME_VERSION", "9.9")

    again = client.images.regenerate(str(image.recipe_cid))

    assert not again.identical
    assert any("zlib was" in change for change in again.changes)
    assert "every pixel is the same" in again.differences[0]


def test_damaged_weights_draw_nothing(client: assay.Client, home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(home / "generators" / "digits", broken)
    (broken / "digits.safetensors").write_bytes(b"no weights")

    with pytest.raises(WeightsDamaged):
        client.images.generate("7", model=str(broken))


def test_what_is_no_model_is_refused(client: assay.Client, tmp_path: Path) -> None:
    for named in ("sdxl", str(tmp_path)):
        with pytest.raises(NotAnImageModel):
            client.images.generate("7", model=named)


def test_what_a_server_drew_needs_a_server(client: assay.Client) -> None:
    (image,) = client.images.generate("7", seed=1)
    drawn_elsewhere = {**image.recipe.as_json(), "weights": None, "generator": "openai-images/1"}
    cid = client.store.add_bytes(json.dumps(drawn_elsewhere).encode())

    with pytest.raises(NoImageServer):
        client.images.regenerate(str(cid))


def test_values_out_of_range_are_refused(client: assay.Client) -> None:
    with pytest.raises(PromptNotDrawable):
        client.images.generate("a cat")
    with pytest.raises(InputError):
        client.images.generate("7", count=0)
    with pytest.raises(InputError):
        client.images.generate("7", seed=-1)
    with pytest.raises(InputError):
        client.images.train(steps=0)


def test_an_asset_draws_what_its_folder_draws(client: assay.Client) -> None:
    (image,) = client.images.generate("9", seed=2)
    assert image.recipe.model is not None

    (same,) = client.images.generate("9", seed=2, model=image.recipe.model.hex)

    assert same.png == image.png


def test_a_minted_picture_is_made_again_by_its_token_and_recognised_when_cropped(
    client: assay.Client,
) -> None:
    (image,) = client.images.generate("42", seed=77)
    minted = client.images.mint(image, royalty_percent="5")

    token = minted.token.content_id
    again = client.images.regenerate(token.hex)
    with Image.open(io.BytesIO(image.png)) as picture:
        width, height = picture.size
        cropped = io.BytesIO()
        picture.crop((20, 15, width - 25, height - 10)).save(cropped, "JPEG", quality=70)
    found = client.content.verify(cropped.getvalue())
    linked = {node.id for node in client.trace(token.hex).nodes}

    assert token == image.content_id
    assert minted.metadata.recipe == image.recipe_cid
    assert again.identical
    assert found.token is not None
    assert (found.verdict, found.token.content_id) == ("altered", token)
    assert image.recipe.model is not None
    (dataset,) = client.market.show(image.recipe.model.hex).metadata.datasets
    assert f"asset:{dataset.hex}" in linked


def test_commands_do_the_same(home: Path, client: assay.Client, tmp_path: Path) -> None:
    _ = client
    code, made = command(
        home, "generate", "42", "--seed", "9", "--n", "2", "--out", str(tmp_path / "out.png")
    )
    assert code == 0
    first, second = made["images"]
    assert (first["seed"], second["seed"]) == (9, 10)
    assert Digest.of(Path(first["path"]).read_bytes()).hex == first["content_id"]
    assert Path(second["path"]) == tmp_path / "out-10.png"

    code, again = command(home, "regenerate", first["recipe"], "--out", str(tmp_path / "again.png"))
    assert (code, again["verdict"]) == (0, "identical")
    assert (tmp_path / "again.png").read_bytes() == Path(first["path"]).read_bytes()

    altered = {**client_json(client, first["recipe"])}
    altered["request"]["parameters"]["seed"] = 10
    wrong = client.store.add_bytes(json.dumps(altered).encode())
    code, differs = command(home, "regenerate", str(wrong))
    assert (code, differs["verdict"]) == (1, "differs")
    assert "of the pixels differ" in differs["differences"][0]

    code, refused = command(home, "generate", "seven cats")
    assert (code, refused["error"]["type"]) == (2, "PromptNotDrawable")


def test_several_are_minted_past_one_that_is_anothers_and_again_without_harm(
    home: Path, client: assay.Client
) -> None:
    (taken,) = client.images.generate("8", seed=301)
    client.images.mint(taken, account="local-2")
    asked = ("generate", "8", "--seed", "300", "--n", "3", "--mint")

    code, made = command(home, *asked)
    again_code, again = command(home, *asked)

    assert (code, again_code) == (1, 1)
    tokens = [one["token"] for one in made["images"]]
    assert [token is not None for token in tokens] == [True, False, True]
    assert "minted already" in made["images"][1]["refused"]
    assert [one["token"] and one["token"]["transaction"] for one in again["images"]] == [
        token and token["transaction"] for token in tokens
    ]


def test_what_was_drawn_before_a_failure_is_listed(
    home: Path, client: assay.Client, tmp_path: Path
) -> None:
    _ = client
    (tmp_path / "out-401.png").mkdir()

    code, made = command(
        home, "generate", "8", "--seed", "400", "--n", "2", "--out", str(tmp_path / "out.png")
    )

    assert code == 2
    assert [Path(one["path"]).name for one in made["images"]] == ["out-400.png"]
    assert (tmp_path / "out-400.png").is_file()


def test_the_first_picture_trains_the_generator(tmp_path: Path) -> None:
    code, trained = command(tmp_path / ".assay", "train", "--steps", "20", "--no-publish")
    assert code == 0
    folder = Path(trained["folder"])

    code, made = command(tmp_path / ".assay", "generate", "7", "--seed", "1", "--no-publish")

    assert code == 0
    assert made["images"][0]["model"] == trained["model"]
    assert json.loads((folder / "generator.json").read_bytes())["training"]["steps"] == 20


def client_json(client: assay.Client, cid: str) -> Any:
    return json.loads(client.store.read_bytes(Cid.parse(cid)))
