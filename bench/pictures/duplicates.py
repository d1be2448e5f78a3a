"""Pictures that packages share, scaled, turned or saved anew: only one of them may stay.

Two are alike if PDQ, in any of eight orientations, puts them at a distance of at most 70, far above
its published threshold of 31; or if `TWINS` names both, where PDQ misses what the eye sees.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pictures.peers import PdqHash
from pictures.sample import Sample

ALIKE_DISTANCE = 70
_CURVES = "soft-ui-design-system/package/assets/img/curved-images/"
_STAMPS = "tuxpaint-stamps-default/usr/share/tuxpaint/stamps/"
_CLIPART = "openclipart-png/usr/share/openclipart/png/"
_PORTRAITS = "wesnoth-1.16-data/usr/share/games/wesnoth/1.16/data/core/images/portraits/"
TWINS = (
    *(
        frozenset(folder + name for name in names)
        for folder, *names in (
            (_CURVES, "curved.jpg", "curved-11.jpg", "curved14.jpg"),
            (_CURVES, "curved11.jpg", "curved13.jpg"),
            (_CURVES, "curved6.jpg", "curved-6.jpg"),
            ("soft-ui-design-system/package/assets/img/", "jordan.jpg", "bruce-mars.jpg"),
            ("material-kit/package/assets/img/", "landing.jpg", "profile_city.jpg"),
            (_PORTRAITS, "monsters/fire_ant.png", "monsters/giant_ant.png"),
            (_PORTRAITS, "monsters/scorpion.png", "monsters/scorpion-elder.png"),
            (_PORTRAITS, "undead/zombie-horse.png", "undead/zombie-rider.png"),
            (_PORTRAITS, "undead/zombie-boar.png", "monsters/woodland_boar.png"),
            (_PORTRAITS, "orcs/ruler.png", "orcs/ruler-2.png"),
        )
    ),
    *(
        frozenset((_STAMPS + stamp, _CLIPART + drawing))
        for stamp, drawing in (
            ("animals/birds/cartoon/tux.png", "computer/icons/lemon-theme/actions/samba.png"),
            ("animals/insects/cartoon/ladybug.png", "animals/bugs/ladybug_01.png"),
            (
                "clothes/hats/feathered_hat.png",
                "people/clothing/hats/pimp_hat_james_birkett_01.png",
            ),
            ("clothes/hats/propeller_hat.png", "people/clothing/hats/propeller.png"),
            ("food/fruit/cartoon/apple.png", "food/fruit/apple.png"),
            ("food/fruit/cartoon/cherries.png", "food/fruit/cherries.png"),
            ("food/fruit/cartoon/grapes.png", "food/fruit/grape_01.png"),
            ("food/fruit/cartoon/lemon_slice.png", "food/fruit/lemon1.png"),
            ("food/fruit/cartoon/orange.png", "food/fruit/orange.png"),
            ("food/fruit/cartoon/pineapple.png", "food/fruit/pineapple.png"),
            ("seasonal/christmas/candy_cane.png", "food/desserts/candy_10.png"),
            ("seasonal/halloween/jackolantern_mean.png", "food/pumpkin2_yemu_01.png"),
            ("town/houses/cartoon/igloo.png", "buildings/homes/home10.png"),
            ("town/houses/cartoon/tent.png", "buildings/homes/home13.png"),
            ("town/houses/cartoon/tepee.png", "buildings/homes/home11.png"),
            ("town/houses/cartoon/wooden_cottage.png", "buildings/homes/home12.png"),
        )
    ),
)
"""Names of pictures of the packages that show the same, cut, coloured or dressed differently: each
group was looked at."""


class Seen:
    """The pictures that are in the corpus so far."""

    def __init__(self) -> None:
        self._hashes: NDArray[np.uint8] = np.empty((0, 32), np.uint8)
        self._names: set[str] = set()

    def has(self, sample: Sample) -> bool:
        """Whether it, or one like it, was taken."""
        twins = {sample.name}.union(*(group for group in TWINS if sample.name in group))
        if twins & self._names:
            return True
        if not len(self._hashes):
            return False
        differ = np.bitwise_count(self._hashes[None] ^ _hashes(sample.path)[:, None]).sum(axis=2)
        return bool(differ.min() <= ALIKE_DISTANCE)

    def add(self, sample: Sample) -> bool:
        """Take a picture unless one like it was taken; whether it was new."""
        if self.has(sample):
            return False
        self._hashes = np.concatenate([self._hashes, _hashes(sample.path)[:1]])
        self._names.add(sample.name)
        return True


def _hashes(path: Path) -> NDArray[np.uint8]:
    """Of the eight orientations, kept beside the picture."""
    kept = path.with_suffix(".json")
    if not kept.exists():
        hashes = PdqHash().orientations(path.read_bytes())
        kept.write_text(json.dumps([one.tobytes().hex() for one in hashes]))
    return np.stack(
        [np.frombuffer(bytes.fromhex(one), np.uint8) for one in json.loads(kept.read_text())]
    )
