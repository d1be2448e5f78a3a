"""The trained generator draws what is asked for, always the same, and refuses the rest."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import load_file, save_file

from assay.core.chat import ParameterOutOfRange
from assay.core.image_request import ImageRequest
from assay.errors import IntegrityError, UnavailableError
from assay.generation.images.digits import data
from assay.generation.images.digits.data import DigitsChanged, load_examples
from assay.generation.images.digits.folder import (
    DEFAULT_GUIDANCE,
    DEFAULT_STEPS,
    FACTS_NAME,
    WEIGHTS_NAME,
    open_generator,
    train_into,
)
from assay.generation.images.digits.model import DigitsModel
from assay.generation.images.digits.sampling import sample
from assay.generation.images.digits.training import TrainingPlan
from assay.generation.images.errors import PackageMissing, SettingUnknown, WeightsDamaged

LEAST_ACCURACY = 0.97


@pytest.fixture(scope="module")
def model(trained_digits: Path) -> DigitsModel:
    return DigitsModel(trained_digits)


@pytest.fixture(scope="module")
def classifier():
    """A support vector machine that knows nothing of the generator."""
    from sklearn.svm import SVC  # noqa: PLC0415 - slow

    examples = load_examples()
    return SVC(gamma=0.16, C=10).fit(examples.pictures, examples.labels)


def test_an_independent_classifier_reads_what_was_asked_for(trained_digits, classifier) -> None:
    labels = np.repeat(np.arange(10), 50)
    layers = open_generator(trained_digits).layers

    drawn = sample(layers, labels.tolist(), seed=11, steps=DEFAULT_STEPS, guidance=DEFAULT_GUIDANCE)

    read = classifier.predict(drawn.reshape(len(labels), -1))
    assert np.mean(read == labels) >= LEAST_ACCURACY


def test_it_reads_it_in_the_finished_picture_too(model: DigitsModel, classifier) -> None:
    asked = [(digit, seed) for digit in range(10) for seed in range(6)]

    pictures = [model.draw(ImageRequest(str(digit), seed)).png for digit, seed in asked]

    read = classifier.predict(np.vstack([ink_of(picture) for picture in pictures]))
    assert np.mean(read == [digit for digit, _ in asked]) >= 0.95


def test_pictures_of_one_digit_differ_as_handwriting_does(trained_digits: Path) -> None:
    drawn = sample(open_generator(trained_digits).layers, (3,) * 40, seed=1, steps=20, guidance=1.5)

    spread = drawn.std(axis=0).mean()
    real = load_examples()
    assert spread > 0.5 * real.pictures[real.labels == 3].std(axis=0).mean()


async def test_the_same_request_gives_the_same_bytes(trained_digits: Path) -> None:
    request = ImageRequest("数字七", seed=3)

    first = await DigitsModel(trained_digits).generate(request)
    second = await DigitsModel(trained_digits).generate(request)

    assert first.png == second.png
    assert (first.width, first.height, first.steps, first.guidance) == (256, 256, 20, "1.5")


def test_another_seed_gives_another_picture(model: DigitsModel) -> None:
    drawn = {model.draw(ImageRequest("a seven", seed)).png for seed in range(5)}

    assert len(drawn) == 5


def test_several_digits_stand_side_by_side(model: DigitsModel) -> None:
    image = model.draw(ImageRequest("2026", seed=3))

    assert image.width > 2 * image.height == 512
    assert image.settings == {"digits": [2, 0, 2, 6]}


@pytest.mark.parametrize(("width", "height"), [(64, 64), (300, 200), (1024, 512), (None, 128)])
def test_a_picture_has_the_size_asked_for(
    model: DigitsModel, width: int | None, height: int
) -> None:
    image = model.draw(ImageRequest("42", seed=1, width=width, height=height))

    with Image.open(io.BytesIO(image.png)) as picture:
        assert picture.size == (image.width, image.height)
    assert (width or image.width, height) == (image.width, image.height)


@pytest.mark.parametrize(("width", "height"), [(16, 16), (None, 8), (40, 256), (4096, 4096)])
def test_sizes_that_cannot_hold_it_are_refused(
    model: DigitsModel, width: int | None, height: int
) -> None:
    with pytest.raises(ParameterOutOfRange):
        model.draw(ImageRequest("2026", seed=1, width=width, height=height))


def test_a_negative_prompt_is_refused(model: DigitsModel) -> None:
    with pytest.raises(SettingUnknown):
        model.draw(ImageRequest("7", seed=1, negative_prompt="8"))


def test_training_again_makes_the_same_bytes(tmp_path: Path) -> None:
    plan = TrainingPlan(seed=4, steps=20)

    one = train_into(tmp_path / "one", plan, dataset=None)
    two = train_into(tmp_path / "two", plan, dataset=None)
    other = train_into(tmp_path / "other", TrainingPlan(seed=5, steps=20), dataset=None)

    assert files_of(one) == files_of(two)
    assert files_of(one)[WEIGHTS_NAME] != files_of(other)[WEIGHTS_NAME]


def test_the_record_says_how_it_was_trained(trained_digits: Path) -> None:
    facts = json.loads((trained_digits / FACTS_NAME).read_bytes())

    assert facts["training"] == {"batch": 256, "rate": "0.002", "seed": 1, "steps": 1000}
    assert float(facts["accuracy"]) >= LEAST_ACCURACY
    assert facts["dataset"] in (trained_digits / "README.md").read_text()


def test_damaged_weights_are_refused(trained_digits: Path, tmp_path: Path) -> None:
    weights = load_file(trained_digits / WEIGHTS_NAME)
    facts = (trained_digits / FACTS_NAME).read_bytes()
    cut = (trained_digits / WEIGHTS_NAME).read_bytes()[:-7]
    narrow = {**weights, "layer.1": weights["layer.1"][:, :5].copy()}
    for number, (record, write) in enumerate(
        [
            (facts, lambda path: path.write_bytes(cut)),
            (facts, lambda path: path.write_bytes(b"\x80\x04K\x07.")),
            (facts, lambda path: save_file(narrow, path)),
            (facts, lambda path: None),
            (b"[]", lambda path: save_file(weights, path)),
            (b'{"generator": "other/1"}', lambda path: save_file(weights, path)),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / FACTS_NAME).write_bytes(record)
        write(folder / WEIGHTS_NAME)

        with pytest.raises(WeightsDamaged):
            DigitsModel(folder).draw(ImageRequest("7", seed=1))


def test_without_the_package_of_digits_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(data, "find_spec", lambda _name: None)

    with pytest.raises(PackageMissing) as missing:
        load_examples()

    assert isinstance(missing.value, UnavailableError)
    assert "pip install" in missing.value.hint


def test_other_digits_than_the_published_ones_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(data, "_SHA256", "00" * 32)

    with pytest.raises(DigitsChanged) as changed:
        load_examples()

    assert isinstance(changed.value, IntegrityError)


def ink_of(png: bytes) -> np.ndarray:
    """A picture of one digit as the 8 x 8 numbers that the classifier learnt on."""
    with Image.open(io.BytesIO(png)) as picture:
        light = np.asarray(picture.convert("L"), np.float64)
    ink = light < 75
    side = int(len(ink) * 0.96)
    first = (len(ink) - side) // 2
    # The writing is 8 of 10 cells wide: without the border that drawing adds.
    border = side // 10
    inner = ink[first + border : first + side - border, first + border : first + side - border]
    edges = np.linspace(0, len(inner), 9).astype(int)
    cells = [[inner[a:b, c:d].mean() for c, d in pairwise(edges)] for a, b in pairwise(edges)]
    return np.array(cells).reshape(-1) * 2 - 1


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
