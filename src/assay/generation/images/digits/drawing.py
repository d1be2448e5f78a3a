"""From glyphs of 8 x 8 numbers to a picture: ink on marbled paper, all of it decided by the seed.

    pixels = draw(glyphs, seed=3, width=256, height=256)     # (256, 256, 3), 8-bit sRGB

Three layers, the lower first:

1. *Paper*: fractal value noise of four sizes, cut into seven tones of a palette with a darker line
   between them, so that every picture has detail of its own down to a few pixels.
2. *Halo*: the paper is lighter around the writing.
3. *Ink*: each glyph, enlarged by Catmull-Rom splines and cut off softly near half ink, with a
   wavering edge and a grain.

Only additions, multiplications, divisions, comparisons and rounding of single numbers are used,
which IEEE 754 fixes to the bit: the pixels are the same on every machine.

Sources: K. Perlin, An Image Synthesizer, SIGGRAPH 1985 (noise); E. Catmull and R. Rom, A Class of
Local Interpolating Splines, 1974.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from assay.generation.images.digits.data import SIDE
from assay.generation.images.digits.network import Exact
from assay.generation.images.digits.sampling import uniform

SMALLEST_SIDE = 32
_MARGIN = 0.02  # of the smaller side of a cell
_ADVANCE = 0.68  # cells overlap: the writing fills two thirds of their width
_TONES = 7
# Light to dark: three tones of paper and the ink, in sRGB.
_PALETTES = (
    ((244, 236, 216), (214, 190, 150), (150, 86, 60), (28, 36, 60)),
    ((226, 238, 240), (150, 190, 200), (60, 110, 130), (20, 24, 40)),
    ((238, 240, 222), (176, 196, 140), (84, 124, 84), (52, 20, 30)),
    ((248, 230, 224), (226, 170, 150), (160, 84, 90), (30, 20, 50)),
)


def default_width(digits: int, height: int) -> int:
    """How wide a picture of so many digits is, where nobody says it."""
    return height + round((digits - 1) * height * _ADVANCE * (1 - 2 * _MARGIN))


def draw(glyphs: Exact, *, seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """(height, width, 3) pixels.

    Args:
        glyphs: (digits, 8, 8) in -1..1, drawn from left to right.
        seed: of palette, paper and ink.
    """
    palette = np.array(_PALETTES[int(uniform("palette", seed, 1)[0] * len(_PALETTES))], np.float64)
    coverage = _lay_out((glyphs + 1) / 2, width, height)
    paper = _paper(palette, seed, width, height)
    halo = np.clip((coverage - 0.08) / 0.3, 0, 1)[..., None] * 0.55
    paper = paper * (1 - halo) + palette[0] * halo
    edge = coverage + _noise("edge", seed, width, height, 8) * 0.16 - 0.08
    ink = np.clip((edge - 0.4) / 0.12, 0, 1)[..., None]
    grain = 0.75 + 0.5 * _fractal("ink", seed, width, height, (24, 12, 6))[..., None]
    pixels = paper * (1 - ink) + palette[3] * grain * ink
    rounded: NDArray[np.uint8] = np.rint(np.clip(pixels, 0, 255)).astype(np.uint8)
    return rounded


def _paper(palette: Exact, seed: int, width: int, height: int) -> Exact:
    height_field = _fractal("paper", seed, width, height, (64, 32, 16, 8))
    level = np.clip((height_field - 0.25) * 2, 0, 1) * (_TONES - 0.001)
    band = np.floor(level)
    within = level - band
    tone = (band + 0.5) / _TONES * 2  # 0..2: along the three tones of paper
    lower = np.floor(tone).astype(np.int64)
    share = (tone - lower)[..., None]
    paper = palette[lower] * (1 - share) + palette[lower + 1] * share
    line = np.clip(np.minimum(within, 1 - within) * 12, 0, 1)
    grain = _noise("grain", seed, width, height, 2)
    shade: Exact = paper * ((0.8 + 0.2 * line) * (0.92 + 0.16 * grain))[..., None]
    return shade


def _lay_out(coverages: Exact, width: int, height: int) -> Exact:
    """How much ink each pixel has, 0..1 and a little beyond: the glyphs side by side, centred."""
    count = len(coverages)
    cells_wide = 1 + (count - 1) * _ADVANCE
    side = int(min(height, width / cells_wide) * (1 - 2 * _MARGIN))
    advance = int(side * _ADVANCE)
    left = (width - side - (count - 1) * advance) // 2
    top = (height - side) // 2
    page = np.zeros((height, width))
    for place, coverage in enumerate(coverages):
        at = left + place * advance
        region = page[top : top + side, at : at + side]
        region[:] = np.maximum(region, _enlarge(coverage, side))
    return page


def _enlarge(coverage: Exact, side: int) -> Exact:
    """An 8 x 8 glyph, with one more of paper around it, at side x side pixels."""
    padded = np.pad(coverage, 4)
    position = (np.arange(side) + 0.5) / side * (SIDE + 2) + 2.5
    first = np.floor(position).astype(np.int64) - 1
    taps = [(first + tap, _catmull_rom(position - (first + tap))) for tap in range(4)]
    down = np.zeros((side, padded.shape[1]))
    for row, weight in taps:
        down += weight[:, None] * padded[row]
    enlarged = np.zeros((side, side))
    for column, weight in taps:
        enlarged += weight * down[:, column]
    return enlarged


def _catmull_rom(distance: Exact) -> Exact:
    away = np.abs(distance)
    near = (1.5 * away - 2.5) * away * away + 1
    far = ((2.5 - 0.5 * away) * away - 4) * away + 2
    return np.where(away < 1, near, np.where(away < 2, far, 0.0))


def _fractal(label: str, seed: int, width: int, height: int, cells: tuple[int, ...]) -> Exact:
    """Noise of several sizes, in 0..1; each size counts a little more than half of the last."""
    total, weights, weight = np.zeros((height, width)), 0.0, 1.0
    for cell in cells:
        total += weight * _noise(f"{label}/{cell}", seed, width, height, cell)
        weights += weight
        weight *= 0.55
    return total / weights


def _noise(label: str, seed: int, width: int, height: int, cell: int) -> Exact:
    """Random values on a lattice of `cell` pixels, joined smoothly."""
    rows, columns = height // cell + 2, width // cell + 2
    lattice = uniform(label, seed, rows * columns).reshape(rows, columns)
    row, down = _place(height, cell)
    column, across = _place(width, cell)
    down, across = down[:, None], across[None]
    upper = lattice[row][:, column] * (1 - across) + lattice[row][:, column + 1] * across
    lower = lattice[row + 1][:, column] * (1 - across) + lattice[row + 1][:, column + 1] * across
    return upper * (1 - down) + lower * down


def _place(length: int, cell: int) -> tuple[NDArray[np.int64], Exact]:
    """Which lattice point is before each pixel, and how far on it is, smoothed at both ends."""
    position = (np.arange(length) + 0.5) / cell
    before = np.floor(position).astype(np.int64)
    on = position - before
    return before, on * on * (3 - 2 * on)
