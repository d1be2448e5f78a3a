"""Fit how sure a comparison of pictures may be, and check it on pictures that were not fitted.

    python bench/image_confidence.py PICTURES DISTRACTORS [--pictures 120] [--changes 6] [--json]

Pictures of the first folder are changed in ways taken by chance (`pictures.transformations`) and
held against their own fingerprint and against the likeliest wrong ones: what the search vectors
find among the other pictures and the distractors, pages that share everything but their picture,
and pages of text with other words. Half of the pictures gives the weights, which go
into `src/assay/content/images/calibration.py`; the other half says how often a stated confidence
was right.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from rich.progress import track

from assay.content.images.calibration import Measures, terms
from assay.content.images.comparing import best_finding
from assay.content.images.describing import fingerprint_picture, index_vectors, query_vectors
from assay.content.images.fingerprint import ImageFingerprint
from assay.content.images.query import query_of
from assay.content.images.reading import Picture, read_picture
from assay.content.images.registered import Registered
from pictures import page
from pictures.duplicates import Seen
from pictures.sample import Sample
from pictures.transformations import TRANSFORMATIONS

SEED = 11
LIKELIEST = 6
RANDOM_OTHERS = 2
RIDGE = 0.1
PLAIN_DEVIATION = 4.0
BINS = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One comparison; a picture of one colour and a twin in another folder are left out.

    Attributes:
        picture: number of the picture that was changed.
        change: name of the transformation.
        measures: None where no way to lay one on the other was found.
        copy: whether it was held against its own fingerprint.
    """

    picture: int
    change: str
    measures: Measures | None
    copy: bool


def read(folder: Path, count: int, taken: Seen) -> list[Picture]:
    """So many pictures of a folder, by chance; none that looks like a taken one, nor plain ones."""
    paths = sorted(folder.rglob("*.jpg"))
    Random(SEED).shuffle(paths)
    found: list[Picture] = []
    for path in paths:
        if len(found) == count:
            break
        picture = read_picture(path.read_bytes())
        if picture.pixels.std() > PLAIN_DEVIATION and taken.add(Sample(path.name, path)):
            found.append(picture)
    return found


def cases(pictures: list[Picture], distractors: list[Picture], changes: int) -> list[Case]:
    """Every picture under some changes, held against itself and against the likeliest others."""
    prints = [fingerprint_picture(one) for one in track([*pictures, *distractors], "describing")]
    vectors, owners = _details(prints)
    found = []
    for number, picture in enumerate(track(pictures, "comparing")):
        random = Random(number)
        for name in random.sample(list(TRANSFORMATIONS), changes):
            asked = Picture(TRANSFORMATIONS[name](picture.pixels, random), "image/png")
            others = _likeliest(asked, vectors, owners) + random.sample(range(len(prints)), 2)
            others = [other for other in dict.fromkeys(others) if other != number]
            for other in (number, *others[: LIKELIEST + RANDOM_OTHERS]):
                best = best_finding(query_of(asked), Registered(prints[other]))
                measures = best.measures if best else None
                found.append(Case(number, name, measures, other == number))
    return found


def templates(pictures: list[Picture]) -> list[Case]:
    """Pages that share all but their picture, and pages of text that share all but their words."""
    found = []
    for number, (first, second) in enumerate(track(list(pairwise(pictures)), "same pages")):
        sized = cv2.resize(second.pixels, (first.width, first.height))
        pages = [page.screenshot(one, Random(number)) for one in (first.pixels, sized)]
        texts = [_text_page(Random(number), Random(f"{number} {side}")) for side in (0, 1)]
        for name, (own, other) in (("same page", pages), ("same layout", texts)):
            asked, registered = Picture(own, "image/png"), Picture(other, "image/png")
            for held, copy in ((registered, False), (_saved(asked), True)):
                best = best_finding(query_of(asked), Registered(fingerprint_picture(held)))
                found.append(Case(number, name, best.measures if best else None, copy))
    return found


def _text_page(layout: Random, words: Random) -> NDArray[np.uint8]:
    size = layout.choice(((900, 1200), (1000, 800), (1200, 1600)))
    letters, pitch = layout.randint(13, 19), layout.randint(22, 32)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], 60), fill=(40, 50, 80))
    draw.text((40, 16), "The Daily Archive", font=page.font(26), fill="white")
    for top in range(100, size[1] - 40, pitch):
        line = " ".join(words.choice(page.WORDS) for _ in range(size[0] // 75))
        draw.text((50, top), line, font=page.font(letters), fill=(20, 20, 20))
    return np.asarray(image)


def _saved(picture: Picture) -> Picture:
    altered = TRANSFORMATIONS["crop_10+jpeg_50"](picture.pixels, Random(SEED))
    return Picture(altered, "image/jpeg")


def _details(prints: list[ImageFingerprint]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    rows = [(at, index_vectors(one)["picture-detail"]) for at, one in enumerate(prints)]
    pairs = [(at, np.frombuffer(one, "<f2")) for at, many in rows for one in many]
    owners, vectors = zip(*pairs, strict=True)
    return np.array(vectors, np.float32), np.array(owners)


def _likeliest(asked: Picture, vectors: NDArray[np.float32], owners: NDArray[np.intp]) -> list[int]:
    queries = [np.frombuffer(one, "<f2") for one in query_vectors(asked)["picture-detail"]]
    if not queries:
        return []
    nearness = (vectors @ np.array(queries, np.float32).T).max(axis=1)
    return [int(owners[at]) for at in np.argsort(-nearness)[: LIKELIEST + 1]]


def fit(found: list[Case]) -> tuple[Floats, float]:
    """Weights and bias of the most likely logistic model, held back by a ridge."""
    measured = [case for case in found if case.measures]
    rows = np.array([[*terms(case.measures), 1.0] for case in measured if case.measures])
    truth = np.array([case.copy for case in measured], float)
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([RIDGE] * (rows.shape[1] - 1) + [1e-6])
    for _ in range(60):
        stated = 1 / (1 + np.exp(-np.clip(rows @ weights, -40, 40)))
        slope = rows.T @ (stated - truth) + ridge @ weights
        bend = rows.T @ (rows * (stated * (1 - stated))[:, None]) + ridge
        weights -= np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
    return weights[:-1], float(weights[-1])


def check(found: list[Case], weights: Floats, bias: float) -> list[dict[str, float]]:
    """For each range of stated confidence how many cases there are and how many are copies."""
    totals = [terms(case.measures) @ weights + bias if case.measures else -40 for case in found]
    stated = 1 / (1 + np.exp(-np.clip(totals, -40, 40)))
    truth = np.array([case.copy for case in found], float)
    table = []
    for low, high in pairwise(BINS):
        inside = (stated >= low) & ((stated < high) | (high == 1.0))
        if inside.any():
            mean, true = float(stated[inside].mean()), float(truth[inside].mean())
            table.append({"cases": int(inside.sum()), "stated": mean, "true": true})
    return table


def main() -> None:
    """Measure, fit on the pictures of even numbers, check on those of odd numbers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pictures_folder", type=Path)
    parser.add_argument("distractors_folder", type=Path)
    parser.add_argument("--pictures", type=int, default=120)
    parser.add_argument("--distractors", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=6)
    parser.add_argument(
        "--leave-out",
        type=int,
        nargs="*",
        default=[],
        help="numbers of pictures that have a twin among the others, which a look at both showed",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="write every case as JSON lines")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    taken = Seen()
    pictures = read(arguments.pictures_folder, arguments.pictures, taken)
    distractors = read(arguments.distractors_folder, arguments.distractors, taken)
    found = cases(pictures, distractors, arguments.changes) + templates(pictures)
    found = [case for case in found if case.picture not in arguments.leave_out]
    if arguments.keep:
        with arguments.keep.open("w") as file:
            for case in found:
                measures = astuple(case.measures) if case.measures else None
                file.write(json.dumps([case.picture, case.change, case.copy, measures]) + "\n")
    weights, bias = fit([case for case in found if case.picture % 2 == 0])
    held_out = check([case for case in found if case.picture % 2], weights, bias)
    if arguments.json:
        print(json.dumps({"weights": weights.tolist(), "bias": bias, "held_out": held_out}))
        return
    print(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})\nBIAS = {bias:.2f}")
    print("on pictures of odd numbers, which were not fitted:")
    for line in held_out:
        print(f"  {line['stated']:.3f} stated, {line['true']:.3f} true, of {line['cases']}")


if __name__ == "__main__":
    main()
